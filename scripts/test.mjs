// `npm test [-- SUITE...]`: installs what is missing, checks, builds, runs every suite (or those named), and counts.
import './node-version.mjs';
import { join } from 'node:path';
import { build, compile } from './build.mjs';
import { readyForBrowser } from './chromium.mjs';
import { readyForAlsa, readyForClients, readyForOsc, readyForReference } from './debian.mjs';
import { installPackages } from './packages.mjs';
import { command, folder, folderInVm, testFolders } from './suites.mjs';

process.chdir(join(import.meta.dirname, '..'));
installPackages();
build();
if (!compile('test')) process.exit(1);

const suites = [
  command('format and lint', process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'ci', '.']),
  folder('architecture', '.', testFolders()),
  ...testFolders()
    .filter((name) => name !== 'e2e')
    .map((name) => folder(name, name, name === 'training' ? ['reference'] : [])),
  folder('reference', 'training/reference'),
  folder('e2e', 'e2e', ['alsa', 'browser', 'osc']),
  folder('e2e with OSC', 'e2e/osc'),
  folder('e2e with a browser', 'e2e/browser'),
  folderInVm('e2e with ALSA', 'e2e/alsa'),
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`daimon: no suite ${unknown.join(', ')}; there are: ${suites.map((suite) => suite.name).join(', ')}.`);
  process.exit(2);
}

/** What a suite wants of the machine: null, or what is missing. */
const READY = {
  clients: readyForClients,
  reference: readyForReference,
  'e2e with OSC': readyForOsc,
  'e2e with a browser': readyForBrowser,
  'e2e with ALSA': readyForAlsa,
};

const rows = [];
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n== ${suite.name}`);
  const start = performance.now();
  const lack = READY[suite.name]?.() ?? null;
  if (lack !== null) console.log(`${suite.name} cannot run here: ${lack.missing}`);
  const result = lack === null ? await suite.run() : { passed: 0, failed: lack.mustRun ? 1 : 0 };
  rows.push({ name: suite.name, ...result, seconds: (performance.now() - start) / 1000 });
}

const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
const line = (name, passed, failed, time) =>
  `${name.padEnd(18)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(time).padStart(10)}`;
console.log(`\n${line('suite', 'passed', 'failed', 'seconds')}`);
for (const row of rows) console.log(line(row.name, row.passed, row.failed, row.seconds.toFixed(1)));
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') > 0 || total('passed') === 0 ? 1 : 0;
