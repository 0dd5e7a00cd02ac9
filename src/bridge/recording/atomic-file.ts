import { rename, rm, writeFile } from 'node:fs/promises';
import { DaimonError } from '../../errors.js';

/** Writes a file whole or not at all: whoever reads it, or finds it after a crash, has the old one or the new. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  // beside it, for a rename does not cross from one file system to another
  const draft = `${path}.part`;
  try {
    await writeFile(draft, bytes);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new DaimonError('file', `'${path}' could not be written (${why}); choose another place.`, { cause: error });
  }
}
