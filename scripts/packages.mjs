import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { packages: {} });

/** The lock's packages that are not installed in the locked version; npm's own record of node_modules is believed. */
function missing() {
  const installed = read('node_modules/.package-lock.json').packages;
  return Object.entries(read('package-lock.json').packages)
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.peer)
    .filter(([path, entry]) => installed[path]?.version !== entry.version)
    .map(([path]) => path);
}

/** Runs `npm ci` where node_modules does not fit package-lock.json, and does nothing where it does. */
export function installPackages() {
  if (missing().length === 0) return;
  console.error('daimon: installing packages (npm ci), once');
  // Under npm its own script is known, and needs no shell; on Windows `npm` is a batch file, which does.
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? { file: process.execPath, args: [process.env.npm_execpath] }
    : { file: 'npm', args: [] };
  const run = spawnSync(npm.file, [...npm.args, 'ci'], {
    stdio: ['ignore', 2, 2],
    shell: npm.file === 'npm' && process.platform === 'win32',
  });
  if (run.status !== 0) {
    console.error('daimon: npm ci failed: see what it said above; without a network nothing can be installed.');
    process.exit(1);
  }
}
