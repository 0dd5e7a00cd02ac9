import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DaimonError, type ErrorCode } from '../errors.js';

/** What files `NAME.toml` of a folder hold: presets, maps of controllers. */
export interface TomlFiles<T> {
  /** In a word, and as the code of what is wrong with one. */
  readonly what: string;
  readonly code: ErrorCode;
  readonly maxBytes: number;
  /** How many there may be. */
  readonly most: number;
  /** Throws DaimonError with the file, the key, its value and the legal range. */
  readonly parse: (name: string, text: string, file: string) => T;
}

export interface Loaded<T> {
  /** By name, in the order in which they were found. */
  readonly found: ReadonlyMap<string, T>;
  /** The names of those that are in the last of the folders. */
  readonly own: ReadonlySet<string>;
  /** Files and folders that were left out, each with its reason. */
  readonly broken: readonly DaimonError[];
}

/**
 * Loads every `NAME.toml` of the folders; one of the same name in a later folder stands in for the earlier one. A broken
 * one, or a folder that can't be read, is left out and named; a folder that is not there is empty.
 */
export async function loadToml<T>(folders: readonly string[], files: TomlFiles<T>): Promise<Loaded<T>> {
  const { what, code, most } = files;
  const found = new Map<string, T>();
  const broken: DaimonError[] = [];
  let own = new Set<string>();
  for (const folder of folders) {
    own = new Set();
    for (const file of await tomlFiles(folder, what, broken)) {
      const path = join(folder, file);
      try {
        const name = basename(file, '.toml');
        const one = await loadOne(path, name, files);
        if (found.size >= most && !found.has(name))
          throw new DaimonError(code, `The ${what} ${path} is one more than ${most}.`);
        found.set(name, one);
        own.add(name);
      } catch (error) {
        broken.push(asRefusal(path, error, files));
      }
    }
  }
  return { found, own, broken };
}

async function tomlFiles(folder: string, what: string, broken: DaimonError[]): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith('.toml')).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = `The ${what} folder ${folder} could not be read (${reason}); look at its rights, or do without it.`;
    broken.push(new DaimonError('file', sentence, { cause: error }));
    return [];
  }
}

async function loadOne<T>(path: string, name: string, { what, code, maxBytes, parse }: TomlFiles<T>): Promise<T> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new DaimonError(code, `The ${what} ${path} is longer than ${maxBytes} bytes.`);
  return parse(name, await readFile(path, 'utf8'), path);
}

const asRefusal = (path: string, error: unknown, { what, code }: TomlFiles<unknown>): DaimonError =>
  error instanceof DaimonError
    ? error
    : new DaimonError(code, `The ${what} ${path} could not be read: ${error}.`, { cause: error });
