import { homedir } from 'node:os';

/** The command line in hand as its user would type it; their home is `~`, so that what is kept of it fits elsewhere. */
export const typedCommand = (): string => ['daimon', ...process.argv.slice(2).map((word) => quoted(word))].join(' ');

/** A word as a shell would want it. */
export function quoted(word: string, home = homedir()): string {
  if (home.length > 1 && word.startsWith(`${home}/`)) return `~/${quoted(word.slice(home.length + 1), '')}`;
  return /^[\w./=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
