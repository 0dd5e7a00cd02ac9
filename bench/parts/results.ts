import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a bench leaves its figures and its plot: a folder that is asked for, else one that git ignores. */
export function resultsFolder(asked: string | undefined): string {
  const folder = asked ?? '.test-build/timing';
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes NAME.json and NAME.svg, and says so. */
export function writeResults(folder: string, name: string, figures: object, plot: string): void {
  const paths = [`${name}.json`, `${name}.svg`].map((file) => join(folder, file));
  writeFileSync(paths[0]!, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), ...figures }, null, 2)}\n`);
  writeFileSync(paths[1]!, plot);
  console.log(`\nwritten: ${paths.join(', ')}`);
}
