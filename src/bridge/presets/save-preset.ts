import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DaimonError } from '../../errors.js';
import type { Preset } from '../../music/preset.js';
import { PLAIN_NAME, userFolder } from '../../package.js';
import { writeWhole } from '../atomic-file.js';
import { presetText } from './preset-text.js';

/**
 * Writes a preset into the player's folder, in one move; gives the path. Throws DaimonError `preset` where its name can't
 * be a file's, `file` where the folder can't be written.
 */
export async function savePreset(preset: Preset, folder = userFolder('presets')): Promise<string> {
  if (!PLAIN_NAME.test(preset.name)) throw badName(preset.name);
  const path = join(folder, `${preset.name}.toml`);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new DaimonError('file', `The folder ${folder} can't be made: look at the rights of the one it is in.`, {
      cause,
    });
  });
  await writeWhole(path, Buffer.from(presetText(preset)));
  return path;
}

export const badName = (name: string): DaimonError =>
  new DaimonError(
    'preset',
    `${JSON.stringify(name.slice(0, 64))} can't name a preset: use up to 64 lower-case letters, digits and hyphens.`,
  );
