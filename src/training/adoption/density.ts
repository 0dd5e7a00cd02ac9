import { decode } from '../../engine/decode/decode.js';
import { DECODING, DEFAULT_DECODING, type Decoding } from '../../music/decoding.js';
import { seed } from '../../music/random.js';
import type { PianoRoll } from '../../music/roll.js';
import { BARS_PER_BLOCK, TICKS_PER_BAR } from '../../music/units.js';

/** How full blocks are, on the mean. */
export interface Density {
  readonly notesPerBar: number;
  /** How many sound at once. */
  readonly voices: number;
  /** Share of the bars in which nothing sounds. */
  readonly emptyBars: number;
}

/**
 * Between these a listener hears music, and not silence or a wall: the music that the shipped models learned from has 9
 * to 20 notes a bar, a slow tune 2, a sixteenth on every step of three parts 48, and a player ten fingers.
 */
const FEWEST_NOTES = 2;
const MOST_NOTES = 48;
const MOST_VOICES = 10;
const MOST_EMPTY = 0.25;

/** Nothing is left to chance here, so that its seed says nothing. */
const NO_CHANCE = seed(0);

/** Whether it is music, or which way it misses it. */
type Fullness = 'empty' | 'right' | 'full';

function fullnessOf({ notesPerBar, voices, emptyBars }: Density): Fullness {
  if (notesPerBar > MOST_NOTES || voices > MOST_VOICES) return 'full';
  return notesPerBar < FEWEST_NOTES || emptyBars > MOST_EMPTY ? 'empty' : 'right';
}

export const isSensible = (density: Density): boolean => fullnessOf(density) === 'right';

export function densityOf(rolls: readonly PianoRoll[], decoding: Partial<Decoding>): Density {
  let [notes, sounding, full] = [0, 0, 0];
  for (const roll of rolls) {
    const bars = new Set<number>();
    for (const { onset, duration } of decode(roll, { ...DEFAULT_DECODING, ...decoding }, { seed: NO_CHANCE })) {
      notes++;
      sounding += duration;
      for (let bar = Math.floor(onset / TICKS_PER_BAR); bar * TICKS_PER_BAR < onset + duration; bar++) bars.add(bar);
    }
    full += bars.size;
  }
  const count = rolls.length * BARS_PER_BLOCK;
  return { notesPerBar: notes / count, voices: sounding / (count * TICKS_PER_BAR), emptyBars: 1 - full / count };
}

/** Twentieths of a probability: finer, nobody hears. */
const GRAIN = 20;
/** A wall of notes takes long to read: so many blocks tell enough of where to look. */
const LOOKED_AT = 8;

/** The reading nearest to the defaults by which rolls are neither empty nor full; the defaults where there is none. */
export function readingOf(rolls: readonly PianoRoll[]): Partial<Decoding> {
  const some = rolls.slice(0, LOOKED_AT);
  const hasOnsets = some.some(({ roles }) => roles.some(({ onset }) => onset !== null));
  const { min, max } = DECODING.threshold;
  const missed = fullnessOf(densityOf(some, {}));
  if (missed === 'right') return {};
  const way = missed === 'full' ? 1 : -1;
  for (let step = 1; ; step++) {
    const threshold = (DEFAULT_DECODING.threshold * GRAIN + way * step) / GRAIN;
    if (threshold < min || threshold > max) return {};
    const reading = hasOnsets ? { threshold, onsetThreshold: threshold } : { threshold };
    const fullness = fullnessOf(densityOf(some, reading));
    if (fullness === 'right') return reading;
    if (fullness !== missed) return {};
  }
}

export const densityText = ({ notesPerBar, voices, emptyBars }: Density): string =>
  `${notesPerBar.toFixed(1)} notes a bar, ${voices.toFixed(1)} at once, ${(100 * emptyBars).toFixed(1)} % of the bars empty`;
