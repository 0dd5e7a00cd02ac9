import { DaimonError } from '../../errors.js';
import type { Preset } from '../../music/preset.js';
import { shippedFolder, userFolder } from '../../package.js';
import { didYouMean } from '../../suggest.js';
import { loadToml, type TomlFiles } from '../toml-folder.js';
import { parsePreset } from './preset-file.js';

/** What daimon plays unless told otherwise: the model as it is. */
export const DEFAULT_PRESET = 'plain';

/** Where presets are looked for. The player's come last: one of the same name stands in for the shipped one. */
export const presetFolders = (): readonly string[] => [shippedFolder('presets'), userFolder('presets')];

const PRESET_FILES: TomlFiles<Preset> = {
  what: 'preset',
  code: 'preset',
  // a preset is a dozen lines; what is longer is something else
  maxBytes: 16 * 1024,
  // more than anyone scrolls through, and still one message to a new client
  most: 512,
  parse: parsePreset,
};

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
  const { found, own, broken } = await loadToml(folders, PRESET_FILES);
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

const byRank = (a: Preset, b: Preset): number =>
  Number(b.name === DEFAULT_PRESET) - Number(a.name === DEFAULT_PRESET) || (a.name < b.name ? -1 : 1);
