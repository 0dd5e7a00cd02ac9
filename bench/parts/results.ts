import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Git ignores it, and the VM with the ports can write there. */
const OWN = '.test-build/timing';

/** Where a bench leaves its figures and its plot: a folder that is asked for, else our own. */
export function resultsFolder(asked: string | undefined): string {
  const folder = asked ?? OWN;
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A file on the way to them, whatever folder is asked for. */
export function onTheWay(name: string): string {
  mkdirSync(OWN, { recursive: true });
  return join(OWN, name);
}

/** Writes NAME.json and NAME.svg, and says so. */
export function writeResults(folder: string, name: string, figures: object, plot: string): void {
  const paths = [`${name}.json`, `${name}.svg`].map((file) => join(folder, file));
  writeFileSync(paths[0]!, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), ...figures }, null, 2)}\n`);
  writeFileSync(paths[1]!, plot);
  console.log(`\nwritten: ${paths.join(', ')}`);
}
