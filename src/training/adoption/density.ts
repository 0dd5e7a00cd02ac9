import { decode } from '../../engine/decode/decode.js';
import { DECODING_RANGES, DEFAULT_DECODING, type Decoding } from '../../music/decoding.js';
import type { PianoRoll } from '../../music/roll.js';
import { step, TICKS_PER_STEP } from '../../music/units.js';
import { summarise } from '../evaluation/feature-table.js';

/** How full blocks are, on the mean. */
export interface Density {
  readonly notesPerBar: number;
  /** Share of the bars in which nothing sounds. */
  readonly emptyBars: number;
}

/**
 * Between these a listener hears music, and not silence or a wall: the music that the shipped models learned from has 9
 * to 20 notes a bar, a slow tune 2, and a sixteenth on every step of three parts 48.
 */
const FEWEST_NOTES = 2;
const MOST_NOTES = 48;
const MOST_EMPTY = 0.25;

export const isSensible = ({ notesPerBar, emptyBars }: Density): boolean =>
  notesPerBar >= FEWEST_NOTES && notesPerBar <= MOST_NOTES && emptyBars <= MOST_EMPTY;

export function densityOf(rolls: readonly PianoRoll[], decoding: Partial<Decoding>): Density {
  const { notesPerBar, emptyBarRatio } = summarise(
    rolls.map((roll) =>
      decode(roll, { ...DEFAULT_DECODING, ...decoding }).map(({ onset, duration, pitch }) => ({
        onset: step(onset / TICKS_PER_STEP),
        end: step((onset + duration) / TICKS_PER_STEP),
        pitch,
      })),
    ),
  );
  return { notesPerBar: notesPerBar.mean, emptyBars: emptyBarRatio.mean };
}

/** Twentieths of a probability: finer, nobody hears. */
const GRAIN = 20;

/** The reading nearest to the defaults by which rolls are neither empty nor full; the defaults where none is. */
export function readingOf(rolls: readonly PianoRoll[]): Partial<Decoding> {
  const { min, max } = DECODING_RANGES.threshold;
  const usual = DEFAULT_DECODING.threshold;
  const thresholds = Array.from({ length: GRAIN }, (_, i) => i / GRAIN)
    .filter((threshold) => threshold >= min && threshold <= max)
    .sort((a, b) => Math.abs(a - usual) - Math.abs(b - usual) || a - b);
  const hasOnsets = rolls.some(({ roles }) => roles.some(({ onset }) => onset !== null));
  const reading = (threshold: number): Partial<Decoding> =>
    threshold === usual ? {} : hasOnsets ? { threshold, onsetThreshold: threshold } : { threshold };
  return thresholds.map(reading).find((one) => isSensible(densityOf(rolls, one))) ?? {};
}
