import { type Tick, tick } from '../../../music/units.js';
import type { Epoch } from '../../../transport/edge.js';

/**
 * From which tick on each epoch plays: what the one before it has scheduled plays until then. Written before the epoch
 * is made the current one, and read after; a reader checks that nothing was changed meanwhile, as for all that is shared.
 */
export interface EpochStarts {
  write(epoch: Epoch, from: Tick): void;
  /**
   * Where the epoch after `epoch` begins: an epoch that begins earlier and is newer, up to `newest`, overtakes it.
   * Realtime-safe: yes.
   */
  after(epoch: number, newest: number): Tick;
}

/** Epochs that may begin one after the other ahead of the song; beyond, the oldest begin at once. */
const KEPT = 64;

export const epochStartsMemory = (): SharedArrayBuffer => new SharedArrayBuffer(KEPT * 8);

export function epochStarts(memory: SharedArrayBuffer): EpochStarts {
  const starts = new Float64Array(memory);
  return {
    write: (epoch, from) => {
      starts[epoch % KEPT] = from;
    },
    after: (epoch, newest) => {
      if (newest - epoch > KEPT) return tick(Number.NEGATIVE_INFINITY);
      let first = Number.POSITIVE_INFINITY;
      for (let later = epoch + 1; later <= newest; later++) first = Math.min(first, starts[later % KEPT]);
      return tick(first);
    },
  };
}
