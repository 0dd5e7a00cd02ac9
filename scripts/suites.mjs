import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** No single test may take longer (ms): the slowest, over real ports in a slow VM, take a minute, and may be done again. */
const TEST_TIMEOUT = 300_000;

/** The test sources of a folder under test/, relative to it. Folders named in `skip` are suites of their own. */
function testSources(folder, skip = []) {
  return readdirSync(join('test', folder), { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isFile()) return entry.name.endsWith('.test.ts') ? [join(folder, entry.name)] : [];
      return skip.includes(entry.name) ? [] : testSources(join(folder, entry.name));
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

/** Runs the tests of a folder with node's runner, behind a command that it is given to. */
async function runTests(before, concurrency, path, skip) {
  const files = testSources(path, skip).map((file) => join('.test-build/test', file.replace(/\.ts$/, '.js')));
  // without a file, node would look for tests of its own accord
  if (files.length === 0) return { passed: 0, failed: 1 };
  const runner = ['--test', '--test-reporter=spec', `--test-timeout=${TEST_TIMEOUT}`];
  const [file, ...args] = [...before, process.execPath, ...runner, `--test-concurrency=${concurrency}`, ...files];
  return tally(await run(file, args));
}

/** A check that is one command: one pass or one failure. */
export const command = (name, file, args) => ({
  name,
  run: async () => ({ passed: 0, failed: (await run(file, args)).status === 0 ? 0 : 1 }),
});

/** All tests of a folder under test/, two files at a time. */
export const folder = (name, path, skip) => ({ name, run: () => runTests([], 2, path, skip) });

/** All tests of a folder, one after the other in one boot of a VM whose kernel has an ALSA sequencer. */
export const folderInVm = (name, path) => ({
  name,
  run: () => runTests(['test/e2e/with-alsa', '--timeout', '900', '--'], 1, path),
});

/** The folders of test/ that hold tests, by name. */
export const testFolders = () =>
  readdirSync('test', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && testSources(entry.name).length > 0)
    .map((entry) => entry.name);
