import { stringify } from 'smol-toml';
import type { Preset } from '../../music/preset.js';
import { keysOf } from './preset-keys.js';
import { themeKeysOf } from './theme-keys.js';

/** A preset as the text of its file, which reads back as the same preset. */
export function presetText(preset: Preset): string {
  const { title, description, seed, theme } = preset;
  const { knobs, ...keys } = keysOf(preset);
  // tables come last in TOML
  return stringify({
    title,
    description,
    ...(seed === null ? {} : { seed }),
    ...(theme === null ? {} : themeKeysOf(theme)),
    ...keys,
    ...(Object.keys(knobs ?? {}).length === 0 ? {} : { knobs }),
  });
}
