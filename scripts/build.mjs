import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written after each good build; whatever is newer asks for another one. */
const STAMP = 'dist/.built';

/** Folders count too: theirs is the only time that a deleted or renamed file changes. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Runs the TypeScript compiler on a project folder; true when it found nothing wrong. */
export function compile(project) {
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, '-b', project], { stdio: ['ignore', 2, 2] }).status === 0;
}

/** Builds src and the panel into dist where a source is newer than the last build. */
export function build() {
  const sources = ['src', 'panel', 'tsconfig.json', 'package-lock.json'].map(newest);
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs > Math.max(...sources)) return;
  console.error('daimon: building');
  if (!compile('panel')) {
    console.error('daimon: the build failed: see what the compiler said above.');
    process.exit(1);
  }
  writeFileSync(STAMP, '');
}
