import { DaimonError } from '../errors.js';
import type { Block } from '../music/block.js';
import type { Preset } from '../music/preset.js';
import type { Tick } from '../music/units.js';
import type { Started } from '../transport/conductor-state.js';

/** A block that was heard. */
export interface Heard {
  /** Counts from 1 since the daemon started. */
  readonly number: number;
  /** Where it began to sound. */
  readonly from: Tick;
  readonly block: Block;
  /** As it was when it was heard. */
  readonly preset: Preset;
}

/** Every block heard, to be recalled. */
export interface History {
  /** Numbers a block that begins. One that comes again in its place, after a jump, keeps its number. */
  hear(started: Started): Heard;
  /** The newest last. */
  readonly heard: readonly Heard[];
  /** Throws DaimonError `history` for one that was never heard, or too long ago. */
  find(number: number): Heard;
}

/** Two hours at 120 BPM; with its notes a block takes some 50 kB. */
export const MOST_HEARD = 256;

export function newHistory(): History {
  let heard: readonly Heard[] = [];
  let count = 0;
  return {
    hear: ({ block, preset, from }) => {
      const known = heard.find((other) => other.block === block);
      if (known !== undefined) return known;
      const fresh = { number: ++count, from, block, preset };
      heard = [...heard.slice(1 - MOST_HEARD), fresh];
      return fresh;
    },
    get heard() {
      return heard;
    },
    find: (number) => {
      const found = heard.find((one) => one.number === number);
      if (found !== undefined) return found;
      const range = heard.length === 0 ? 'none was heard yet' : `there are ${heard[0].number} to ${count}`;
      throw new DaimonError('history', `There is no block ${number} to recall: ${range}.`);
    },
  };
}
