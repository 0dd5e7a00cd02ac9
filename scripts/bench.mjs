// `npm run bench -- NAME [ARGS...]`: installs what is missing, builds, runs bench/NAME.ts. Figures, never verdicts.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, compile } from './build.mjs';
import { readyForAlsa } from './debian.mjs';
import { installPackages } from './packages.mjs';

process.chdir(join(import.meta.dirname, '..'));
const [name, ...rest] = process.argv.slice(2);
const benches = readdirSync('bench')
  .filter((file) => /^[a-z]+\.ts$/.test(file))
  .map((file) => file.slice(0, -3));
if (!benches.includes(name)) {
  console.error(`daimon: no bench ${name ?? ''}; there are: ${benches.join(', ')}.`);
  process.exit(2);
}
/** They look into /proc; and the first four play through ALSA's ports, which may have to be a VM's. */
if (['jitter', 'follow', 'stop', 'stamps', 'cpu', 'load', 'fuzz'].includes(name) && process.platform !== 'linux') {
  console.error(`daimon: the bench ${name} runs on Linux only.`);
  process.exit(2);
}
const lack =
  ['jitter', 'follow', 'stop', 'stamps'].includes(name) && !existsSync('/dev/snd/seq') ? readyForAlsa() : null;
if (lack !== null) {
  console.error(`daimon: the bench ${name} cannot run here: ${lack.missing}`);
  process.exit(2);
}
installPackages();
build();
if (!compile('test')) process.exit(1);
process.exitCode =
  spawnSync(process.execPath, [`.test-build/bench/${name}.js`, ...rest], { stdio: 'inherit' }).status ?? 1;
