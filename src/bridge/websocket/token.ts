import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { DaimonError } from '../../errors.js';

/** As long as no guess will ever find, and short enough for a QR code that a tablet reads off a screen: 128 bits. */
const BYTES = 16;
const TOKEN = /^[\w-]{22,128}$/;
const MAX_FILE_BYTES = 256;

export const newToken = (): string => randomBytes(BYTES).toString('base64url');

/** Takes as long for one that is nearly right as for any other. */
export const isToken = (given: string, token: string): boolean => timingSafeEqual(digest(given), digest(token));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The token in a file, which is made where there is none: for its owner alone. Throws DaimonError `file` where others may
 * read it, where it holds no token, and where the system refuses.
 */
export async function keptToken(file: string): Promise<string> {
  try {
    return await writeToken(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw unusable(file, error);
  }
  const { mode, size } = await stat(file);
  // Windows has no such bits: there a file in the user's own folder is the user's
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new DaimonError('file', `The token in ${file} may be read by others: change that by chmod 600 ${file}.`);
  const text = size > MAX_FILE_BYTES ? '' : (await readFile(file, 'utf8').catch((error) => fail(file, error))).trim();
  if (TOKEN.test(text)) return text;
  throw new DaimonError(
    'file',
    `${file} holds no token (22 to 128 letters, digits, - and _): delete it, and daimon makes one.`,
  );
}

async function writeToken(file: string): Promise<string> {
  const token = newToken();
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${token}\n`);
  } finally {
    await handle.close();
  }
  return token;
}

const fail = (file: string, cause: unknown): never => {
  throw unusable(file, cause);
};

const unusable = (file: string, cause: unknown): DaimonError => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new DaimonError('file', `The token can't be kept in ${file} (${why}): name another by --token-file.`, {
    cause,
  });
};
