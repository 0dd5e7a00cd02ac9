import type { Chord } from '../music/chord.js';
import { STEPS_PER_BLOCK, step, TICKS_PER_STEP, type Tick } from '../music/units.js';

/** The chords that were played, where they were, in the order of the song. */
export type ChordLine = readonly PlacedChord[];

export interface PlacedChord {
  readonly tick: Tick;
  /** 0..11, C is 0. */
  readonly pitchClasses: readonly number[];
}

/** Two a bar for a long song, and a look through them for each block is nothing. */
export const MOST_CHORDS = 2048;

/** With another chord. What was played later in the song before is played over. */
export const withChord = (line: ChordLine, chord: PlacedChord): ChordLine =>
  [...line.filter(({ tick }) => tick < chord.tick), chord].slice(-MOST_CHORDS);

/** Those that hold in a block that starts at a tick, the one from before at its first step. */
export function chordsIn(line: ChordLine, start: Tick): readonly Chord[] {
  const placed = line.map(({ tick, pitchClasses }) => ({
    step: Math.round((tick - start) / TICKS_PER_STEP),
    pitchClasses,
  }));
  const before = placed.findLast((chord) => chord.step <= 0);
  const within = placed.filter((chord) => chord.step > 0 && chord.step < STEPS_PER_BLOCK);
  const all = before === undefined ? within : [{ ...before, step: 0 }, ...within];
  return all.map(({ step: at, pitchClasses }) => ({ step: step(at), pitchClasses }));
}
