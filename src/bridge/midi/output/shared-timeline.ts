import type { Timeline } from '../../../music/timeline.js';
import { bpm, type Millis, millis, tick } from '../../../music/units.js';

/** A Timeline to read into, over and over, so that reading allocates nothing. */
export type MutableTimeline = { -readonly [Field in keyof Timeline]: Timeline[Field] } & {
  /** So much later than the line notes go out; earlier below 0. */
  offset: Millis;
};

export const emptyTimeline = (): MutableTimeline => ({
  tempo: bpm(120),
  tickOrigin: tick(0),
  timeOrigin: millis(0),
  offset: millis(0),
});

/**
 * A timeline that one thread writes and others read, by seqlock: the sequence number is odd during a write, and a
 * reader that sees it odd, or changed across its read, reads again. A tempo of 0 stands for no timeline.
 *
 * A reader gives up when the writer has been put to sleep inside a write: on one core it would spin for as long as the
 * scheduler lets it, since it may be the more urgent thread. The signal that follows each write has it read again.
 *
 * Every word is moved by Atomics, which are sequentially consistent; with plain loads a weakly ordered processor
 * could read the numbers after it has checked the sequence.
 */
export interface SharedTimeline {
  write(line: Timeline | null, offset?: Millis): void;
  /**
   * False where there is no timeline; `into`, the same at each call, is then left as it was, and so where the read is
   * given up. Realtime-safe: yes.
   */
  read(into: MutableTimeline): boolean;
}

const SEQUENCE = 0;
/** Four float64 as eight words, after the sequence. */
const FIRST_WORD = 1;
const WORDS = 8;
/** A write takes some ten loads' time; a writer not done after thousands does not run. */
const TRIES = 1000;

export const timelineMemory = (): SharedArrayBuffer => new SharedArrayBuffer((FIRST_WORD + WORDS) * 4);

export function sharedTimeline(memory: SharedArrayBuffer): SharedTimeline {
  const shared = new Int32Array(memory);
  const floats = new Float64Array(WORDS / 2);
  const words = new Int32Array(floats.buffer);
  /** What the last whole read found. */
  let there = false;
  return {
    write: (line, offset = millis(0)) => {
      floats[0] = line?.tempo ?? 0;
      floats[1] = line?.tickOrigin ?? 0;
      floats[2] = line?.timeOrigin ?? 0;
      floats[3] = offset;
      Atomics.add(shared, SEQUENCE, 1);
      for (let i = 0; i < WORDS; i++) Atomics.store(shared, FIRST_WORD + i, words[i]);
      Atomics.add(shared, SEQUENCE, 1);
    },
    read: (into) => {
      for (let tries = 0; tries < TRIES; tries++) {
        const before = Atomics.load(shared, SEQUENCE);
        for (let i = 0; i < WORDS; i++) words[i] = Atomics.load(shared, FIRST_WORD + i);
        if ((before & 1) === 1 || Atomics.load(shared, SEQUENCE) !== before) continue;
        there = floats[0] !== 0;
        if (!there) return false;
        into.tempo = bpm(floats[0]);
        into.tickOrigin = tick(floats[1]);
        into.timeOrigin = millis(floats[2]);
        into.offset = millis(floats[3]);
        return true;
      }
      return there;
    },
  };
}
