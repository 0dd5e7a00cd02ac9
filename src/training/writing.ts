import { renameSync, writeFileSync } from 'node:fs';
import { DaimonError } from '../errors.js';

/** Does what writes files of a training or of its model. Throws DaimonError `file` where the system refuses. */
export async function writing<T>(folder: string, write: () => T | Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = 'mend that and give the same command again, or choose another --out';
    throw new DaimonError('file', `${folder} can't be written to (${reason}); ${advice}.`, { cause });
  }
}

/** Replaces a file in one move, so that a crash leaves the old one whole. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}
