import type { Timeline } from '../music/timeline.js';
import { bpm, millis, tick } from '../music/units.js';

/** A Timeline to read into, over and over, so that reading allocates nothing. */
export type MutableTimeline = { -readonly [Field in keyof Timeline]: Timeline[Field] };

export const emptyTimeline = (): MutableTimeline => ({ tempo: bpm(120), tickOrigin: tick(0), timeOrigin: millis(0) });

/**
 * A timeline that one thread writes and others read, by seqlock: the sequence number is odd during a write, and a
 * reader that sees it odd, or changed across its read, reads again. A tempo of 0 stands for no timeline.
 *
 * Every word is moved by Atomics, which are sequentially consistent; with plain loads a weakly ordered processor
 * could read the numbers after it has checked the sequence.
 */
export interface SharedTimeline {
  write(line: Timeline | null): void;
  /** False where there is no timeline; `into` is then left as it was. Realtime-safe: yes. */
  read(into: MutableTimeline): boolean;
}

const SEQUENCE = 0;
/** Three float64 as six words, after the sequence. */
const FIRST_WORD = 1;
const WORDS = 6;

export const timelineMemory = (): SharedArrayBuffer => new SharedArrayBuffer((FIRST_WORD + WORDS) * 4);

export function sharedTimeline(memory: SharedArrayBuffer): SharedTimeline {
  const shared = new Int32Array(memory);
  const floats = new Float64Array(WORDS / 2);
  const words = new Int32Array(floats.buffer);
  return {
    write: (line) => {
      floats[0] = line?.tempo ?? 0;
      floats[1] = line?.tickOrigin ?? 0;
      floats[2] = line?.timeOrigin ?? 0;
      Atomics.add(shared, SEQUENCE, 1);
      for (let i = 0; i < WORDS; i++) Atomics.store(shared, FIRST_WORD + i, words[i]);
      Atomics.add(shared, SEQUENCE, 1);
    },
    read: (into) => {
      for (;;) {
        const before = Atomics.load(shared, SEQUENCE);
        for (let i = 0; i < WORDS; i++) words[i] = Atomics.load(shared, FIRST_WORD + i);
        if ((before & 1) === 0 && Atomics.load(shared, SEQUENCE) === before) break;
      }
      if (floats[0] === 0) return false;
      into.tempo = bpm(floats[0]);
      into.tickOrigin = tick(floats[1]);
      into.timeOrigin = millis(floats[2]);
      return true;
    },
  };
}
