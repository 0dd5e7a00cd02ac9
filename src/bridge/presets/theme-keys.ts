import { z } from 'zod';
import { COLUMNS, cellsOf, ROWS, type Theme } from '../../music/sketch.js';
import { numberIn, wholeIn, wordOf } from '../control/schema.js';

const BYTES_PER_NUMBER = 4;
const CELLS = ROWS * COLUMNS;
/** Four times the latent of a shipped model, 24 x 2 x 8. */
const MAX_CHANNELS = 96;

const latent = z.base64({ error: 'a latent as daimon writes it, in base64' }).transform((text, context) => {
  // a copy of its own, for it has to begin on a multiple of four
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  const channels = bytes.length / BYTES_PER_NUMBER / CELLS;
  const values = Number.isInteger(channels) ? new Float32Array(bytes.buffer) : new Float32Array();
  if (channels >= 1 && channels <= MAX_CHANNELS && values.length > 0 && values.every(Number.isFinite))
    return { shape: { channels, rows: ROWS, columns: COLUMNS }, values };
  context.addIssue(`a latent of 1 to ${MAX_CHANNELS} x ${ROWS} x ${COLUMNS} finite 32-bit numbers in base64`);
  return z.NEVER;
});

/** How a preset's file tells its theme; `vary` is how far all that is not held leaves the latent. */
export const themeKeys = {
  latent: z.exactOptional(latent),
  hold: z.exactOptional(
    z.array(wholeIn(1, COLUMNS), { error: `a list of columns, 1 to ${COLUMNS}, as in [1, 2, 3, 4]` }).max(COLUMNS),
  ),
  holdRow: z.exactOptional(wordOf(['low', 'high', 'both'])),
  vary: z.exactOptional(numberIn(0, 1)),
};

type ThemeKeys = { [K in keyof typeof themeKeys]: z.infer<(typeof themeKeys)[K]> | undefined };

/** Nothing but a latent: all of it stays. With `hold` what is not held is drawn afresh, unless `vary` says how far. */
export function themeOf({ latent, hold, holdRow = 'both', vary }: ThemeKeys): Theme | null {
  if (latent === undefined) return null;
  return { latent, cells: cellsOf(hold ?? [], holdRow), amount: vary ?? (hold === undefined ? 0 : 1) };
}

/** The keys of a theme, by which `themeOf` makes it again. A theme holds the same columns in both rows, or one row's. */
export function themeKeysOf({ latent, cells, amount }: Theme) {
  const heldIn = (row: 'low' | 'high'): number[] => {
    const ofRow = row === 'low' ? cells.slice(0, COLUMNS) : cells.slice(COLUMNS);
    return ofRow.flatMap((isHeld, column) => (isHeld ? [column + 1] : []));
  };
  const [low, high] = [heldIn('low'), heldIn('high')];
  const holdRow = low.length === 0 ? 'high' : high.length === 0 ? 'low' : 'both';
  const hold = low.length === 0 ? high : low;
  return {
    latent: Buffer.from(latent.values.buffer, latent.values.byteOffset, latent.values.byteLength).toString('base64'),
    ...(hold.length === 0 ? {} : { hold, holdRow }),
    vary: amount,
  } as const;
}
