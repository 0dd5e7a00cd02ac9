import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = '.test-build/test';
/** No single test may take longer (ms): the slowest, over real ports in a slow VM, take well under a minute. */
const TEST_TIMEOUT = 180_000;

/** The built test files of a folder under test/. Folders named in `skip` are suites of their own. */
function testFiles(folder, skip = []) {
  const root = join(BUILT, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isFile()) return entry.name.endsWith('.test.js') ? [join(root, entry.name)] : [];
      return skip.includes(entry.name) ? [] : testFiles(join(folder, entry.name));
    })
    .sort();
}

/** Runs a command with its output passed through and kept; gives its exit status and text. */
function run(file, args) {
  return new Promise((resolve) => {
    const { FORCE_COLOR: _, ...env } = process.env;
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (error) => resolve({ status: 1, text: `${text}\n${error.message}` }));
    child.on('close', (code) => resolve({ status: code ?? 1, text }));
  });
}

/** A number from the closing lines of node's test runner. */
const closing = (text, name) => Number(text.match(new RegExp(`^ℹ ${name} (\\d+)$`, 'm'))?.[1] ?? 0);

/** A suite's result; a runner that fails without a failed test (a crash, nothing found) counts as one failure. */
function tally({ status, text }) {
  const passed = closing(text, 'pass');
  const failed = closing(text, 'fail') + closing(text, 'cancelled') + closing(text, 'skipped') + closing(text, 'todo');
  return { passed, failed: failed === 0 && (status !== 0 || passed === 0) ? 1 : failed };
}

const runner = ['--test', '--test-reporter=spec', `--test-timeout=${TEST_TIMEOUT}`];

/** A check that is one command: one pass or one failure. */
export const command = (name, file, args) => ({
  name,
  run: async () => ({ passed: 0, failed: (await run(file, args)).status === 0 ? 0 : 1 }),
});

/** All tests of a folder under test/, two files at a time. */
export const folder = (name, path, skip) => ({
  name,
  run: async () => tally(await run(process.execPath, [...runner, '--test-concurrency=2', ...testFiles(path, skip)])),
});

/** All tests of a folder, one after the other in one boot of a VM whose kernel has an ALSA sequencer. */
export const folderInVm = (name, path) => ({
  name,
  run: async () => {
    const vm = ['--timeout', '600', '--', process.execPath, ...runner, '--test-concurrency=1'];
    return tally(await run('test/e2e/with-alsa', [...vm, ...testFiles(path)]));
  },
});

/** The folders of test/ that hold tests, by name. */
export const testFolders = () =>
  readdirSync(BUILT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && testFiles(entry.name).length > 0)
    .map((entry) => entry.name);
