import { putPresetAside, renamePreset } from '../bridge/presets/own-presets.js';
import { findPreset, loadPresets, type Presets } from '../bridge/presets/preset-folder.js';
import { savePreset } from '../bridge/presets/save-preset.js';
import { DaimonError } from '../errors.js';
import type { Preset } from '../music/preset.js';

/** The presets at hand, one of which may be the player's own. What is rejected changes nothing. */
export interface Shelf {
  readonly presets: readonly Preset[];
  /** Throws DaimonError `preset`. */
  find(name: string): Preset;
  /**
   * Writes a preset into the player's folder, and has it at hand. Rejects with DaimonError `preset` where there is one of
   * that name already, unless it is to be replaced.
   */
  save(preset: Preset, replace: boolean): Promise<void>;
  /** Rejects with DaimonError `preset` for one that is not the player's, and for a name that another has. */
  rename(name: string, to: string): Promise<void>;
  /** Puts it aside; gives where. Rejects with DaimonError `preset` for one that is not the player's. */
  remove(name: string): Promise<string>;
}

export interface ShelfParts {
  /** Hears when there are others. */
  readonly onChanged: () => void;
  readonly load?: () => Promise<Presets>;
  readonly write?: (preset: Preset) => Promise<unknown>;
  readonly rename?: (name: string, to: string) => Promise<void>;
  readonly putAside?: (name: string) => Promise<string>;
}

export function newShelf(
  from: Pick<Presets, 'presets' | 'own'>,
  { onChanged, load = loadPresets, write = savePreset, rename = renamePreset, putAside = putPresetAside }: ShelfParts,
): Shelf {
  let { presets, own } = from;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each finds the files as the one before it has left them. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done.catch(() => {});
    return done;
  };
  const checkFree = (name: string, advice: string): void => {
    if (presets.some((other) => other.name === name))
      throw new DaimonError('preset', `There is a preset '${name}' already: ${advice}.`);
  };
  const checkOwn = (name: string): void => {
    findPreset(presets, name);
    if (own.has(name)) return;
    throw new DaimonError('preset', `'${name}' comes with daimon, and stays: save it under a name of your own.`);
  };
  const loadAnew = async (): Promise<void> => {
    ({ presets, own } = await load());
    onChanged();
  };

  return {
    get presets() {
      return presets;
    },
    find: (name) => findPreset(presets, name),
    save: (preset, replace) =>
      inTurn(async () => {
        if (!replace) checkFree(preset.name, 'give another name, or say "replace"');
        await write(preset);
        presets = [...presets.filter(({ name }) => name !== preset.name), preset];
        own = new Set([...own, preset.name]);
        onChanged();
      }),
    rename: (name, to) =>
      inTurn(async () => {
        checkOwn(name);
        checkFree(to, 'give another name');
        await rename(name, to);
        await loadAnew();
      }),
    remove: (name) =>
      inTurn(async () => {
        checkOwn(name);
        const path = await putAside(name);
        await loadAnew();
        return path;
      }),
  };
}
