import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { DaimonError } from '../errors.js';

/** Writes a file whole or not at all: whoever reads it, or finds it after a crash, has the old one or the new. */
export const writeWhole = (path: string, bytes: Uint8Array): Promise<void> =>
  withDraft(path, bytes, (draft) => rename(draft, path));

/** Shows that a file can be written, by writing it where there is none; what is there already stays as it is. */
export const claimFile = async (path: string, bytes: Uint8Array): Promise<void> =>
  (await find(path)) === null ? writeWhole(path, bytes) : withDraft(path, bytes, rm);

async function withDraft(path: string, bytes: Uint8Array, use: (draft: string) => Promise<void>): Promise<void> {
  // beside it, for a rename does not cross from one file system to another
  const draft = `${path}.part`;
  try {
    // a rename would put a plain file in the place of /dev/null
    if ((await find(path))?.isFile() === false) throw new Error('it is there, and is not a file');
    await writeFile(draft, bytes);
    await use(draft);
  } catch (error) {
    await rm(draft, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new DaimonError('file', `'${path}' could not be written (${why}); choose another place.`, { cause: error });
  }
}

/** Null where there is nothing; what else is wrong with the path, writing will tell. */
const find = (path: string) => stat(path).catch(() => null);
