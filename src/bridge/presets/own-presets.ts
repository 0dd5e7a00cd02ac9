import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DaimonError } from '../../errors.js';
import { PLAIN_NAME, userFolder } from '../../package.js';
import { badName } from './save-preset.js';

/** Beside the presets, where nothing is loaded from. */
const DELETED = 'deleted';

/**
 * Gives the file of one of the player's presets another name; a title that is but its name follows. Rejects with
 * DaimonError `preset` where there is a file of that name: none is ever written over.
 */
export async function renamePreset(name: string, to: string, folder = userFolder('presets')): Promise<void> {
  if (!PLAIN_NAME.test(to)) throw badName(to);
  const retitled = (text: string): string => text.replace(`title = "${name}"`, `title = "${to}"`);
  if (await movedTo(pathOf(folder, name), pathOf(folder, to), retitled)) return;
  throw new DaimonError('preset', `There is a preset '${to}' already: give another name.`);
}

/** Puts the file of one of the player's presets aside, beside those put aside before; gives its path. */
export async function putPresetAside(name: string, folder = userFolder('presets')): Promise<string> {
  const aside = join(folder, DELETED);
  await mkdir(aside, { recursive: true }).catch((cause: unknown) => {
    throw new DaimonError('file', `The folder ${aside} can't be made: look at the rights of the one it is in.`, {
      cause,
    });
  });
  for (let count = 1; ; count++) {
    const path = pathOf(aside, count === 1 ? name : `${name}-${count}`);
    if (await movedTo(pathOf(folder, name), path)) return path;
  }
}

const pathOf = (folder: string, name: string): string => join(folder, `${name}.toml`);

/** False where there is a file already. The old file goes last, so that there is always a whole one. */
async function movedTo(from: string, to: string, edit = (text: string): string => text): Promise<boolean> {
  try {
    await writeFile(to, edit(await readFile(from, 'utf8')), { flag: 'wx' });
    await rm(from);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    const why = error instanceof Error ? error.message : String(error);
    throw new DaimonError('file', `The preset ${from} could not be moved to ${to} (${why}).`, { cause: error });
  }
}
