import { DaimonError } from '../errors.js';

/** Does what writes files of a training or of its model. Throws DaimonError `file` where the system refuses. */
export function writing<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = 'mend that and give the same command again, or choose another --out';
    throw new DaimonError('file', `${folder} can't be written to (${reason}); ${advice}.`, { cause });
  }
}
