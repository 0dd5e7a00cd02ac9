import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DaimonError } from '../../errors.js';
import type { Preset } from '../../music/preset.js';
import { shippedFolder, userFolder } from '../../package.js';
import { didYouMean } from '../../suggest.js';
import { parsePreset } from './preset-file.js';

/** What daimon plays unless told otherwise: the model as it is. */
export const DEFAULT_PRESET = 'plain';

/** Where presets are looked for. The player's come last: one of the same name stands in for the shipped one. */
export const presetFolders = (): readonly string[] => [shippedFolder('presets'), userFolder('presets')];

/** A preset is a dozen lines; what is longer is something else. */
const MAX_BYTES = 16 * 1024;
/** More than anyone scrolls through, and still one message to a new client. */
const MAX_PRESETS = 512;

export interface Presets {
  /** The default first, the others by name. */
  readonly presets: readonly Preset[];
  /** The names of those that are the player's, in the last of the folders. */
  readonly own: ReadonlySet<string>;
  /** Files and folders that were left out, each with its reason. */
  readonly broken: readonly DaimonError[];
}

/**
 * Loads every `NAME.toml` of the folders. A broken one, or a folder that can't be read, is left out and named; a folder
 * that is not there is empty.
 */
export async function loadPresets(folders: readonly string[] = presetFolders()): Promise<Presets> {
  const found = new Map<string, Preset>();
  const broken: DaimonError[] = [];
  let own = new Set<string>();
  for (const folder of folders) {
    own = new Set();
    for (const file of await tomlFiles(folder, broken)) {
      try {
        const preset = await loadPreset(join(folder, file));
        if (found.size >= MAX_PRESETS && !found.has(preset.name))
          throw new DaimonError('preset', `The preset ${join(folder, file)} is one more than ${MAX_PRESETS}.`);
        found.set(preset.name, preset);
        own.add(preset.name);
      } catch (error) {
        broken.push(asPresetError(join(folder, file), error));
      }
    }
  }
  return { presets: [...found.values()].sort(byRank), own, broken };
}

/** The preset of this name; throws `preset` with the nearest name. Names are looked up, never made into a path. */
export function findPreset(presets: readonly Preset[], name: string): Preset {
  const found = presets.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  const names = presets.map((preset) => preset.name);
  const shown = name.length > 64 ? `${name.slice(0, 61)}...` : name;
  const near = didYouMean(shown, names);
  throw new DaimonError('preset', `There is no preset '${shown}'.${near || ` There are ${names.join(', ')}.`}`);
}

async function tomlFiles(folder: string, broken: DaimonError[]): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith('.toml')).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    const reason = error instanceof Error ? error.message : String(error);
    const what = `The preset folder ${folder} could not be read (${reason}); look at its rights, or do without it.`;
    broken.push(new DaimonError('file', what, { cause: error }));
    return [];
  }
}

async function loadPreset(path: string): Promise<Preset> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw new DaimonError('preset', `The preset ${path} is longer than ${MAX_BYTES} bytes.`);
  const name = basename(path, '.toml');
  return parsePreset(name, await readFile(path, 'utf8'), path);
}

const asPresetError = (path: string, error: unknown): DaimonError =>
  error instanceof DaimonError
    ? error
    : new DaimonError('preset', `The preset ${path} could not be read: ${error}.`, { cause: error });

const byRank = (a: Preset, b: Preset): number =>
  Number(b.name === DEFAULT_PRESET) - Number(a.name === DEFAULT_PRESET) || (a.name < b.name ? -1 : 1);
