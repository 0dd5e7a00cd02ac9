import { findPreset } from '../bridge/presets/preset-folder.js';
import { savePreset } from '../bridge/presets/save-preset.js';
import { DaimonError } from '../errors.js';
import type { Preset } from '../music/preset.js';

/** The presets at hand. */
export interface Shelf {
  readonly presets: readonly Preset[];
  /** Throws DaimonError `preset`. */
  find(name: string): Preset;
  /**
   * Writes a preset into the player's folder, and has it at hand. Rejects with DaimonError `preset` where there is one of
   * that name already, unless it is to be replaced; nothing is lost then.
   */
  save(preset: Preset, replace: boolean): Promise<void>;
}

/** `onSaved` hears when there is another one. */
export function newShelf(
  from: readonly Preset[],
  onSaved: () => void,
  write: (preset: Preset) => Promise<unknown> = savePreset,
): Shelf {
  let presets = from;
  return {
    get presets() {
      return presets;
    },
    find: (name) => findPreset(presets, name),
    save: async (preset, replace) => {
      const { name } = preset;
      if (!replace && presets.some((other) => other.name === name)) {
        throw new DaimonError('preset', `There is a preset '${name}' already: give another name, or say "replace".`);
      }
      await write(preset);
      presets = [...presets.filter((other) => other.name !== name), preset];
      onSaved();
    },
  };
}
