import { CELLS, cell, PITCHES, type PianoRoll } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { STEPS_PER_COLUMN } from './reach.js';

/** What two bars at an end of a roll let expect. */
export interface End {
  /** Of each role the probability that a note begins: [roles, 64, 32]. */
  readonly strikes: Float32Array;
  /** Their sum: how many notes begin. */
  readonly count: number;
  /** The mean row of notes that begin, 0..63. */
  readonly height: number;
  /** Shares of the twelve pitch classes in what sounds, counted from the roll's lowest pitch. */
  readonly classes: Float64Array;
}

export interface Ends {
  readonly first: End;
  readonly last: End;
}

/** So far is one step from the next in the middle of what the shipped models draw, about: by this each part counts alike. */
const USUAL = { count: 0.5, height: 3, classes: 0.3, strikes: 0.2 } as const;

/** Of silence too there is a little, so that nothing is divided by 0. */
const LEAST = 1e-6;

export const endsOf = (roll: PianoRoll): Ends => ({
  first: endOf(roll, 0),
  last: endOf(roll, STEPS_PER_BLOCK - STEPS_PER_COLUMN),
});

function endOf({ roles }: PianoRoll, from: number): End {
  const strikes = new Float32Array((roles.length * CELLS * STEPS_PER_COLUMN) / STEPS_PER_BLOCK);
  const classes = new Float64Array(12);
  let [at, count, rows, sounds] = [0, LEAST, 0, LEAST];
  for (const { sounding, onset } of roles) {
    for (let row = 0; row < PITCHES; row++) {
      for (let step = from; step < from + STEPS_PER_COLUMN; step++, at++) {
        const strike = (onset ?? sounding)[cell(row, step)];
        strikes[at] = strike;
        count += strike;
        rows += strike * row;
        classes[row % 12] += sounding[cell(row, step)];
        sounds += sounding[cell(row, step)];
      }
    }
  }
  return { strikes, count, height: rows / count, classes: classes.map((share) => share / sounds) };
}

/**
 * How ill two bars follow two others, the less the better: how far the number of notes (in doublings), their height
 * (in semitones) and their pitch classes (half the sum of differences) move, less how much is struck again (Dice).
 */
export function misfit(a: End, b: End): number {
  const again = (2 * a.strikes.reduce((sum, p, i) => sum + Math.min(p, b.strikes[i]), 0)) / (a.count + b.count);
  const moved = a.classes.reduce((sum, share, i) => sum + Math.abs(share - b.classes[i]), 0) / 2;
  return (
    Math.abs(Math.log2(a.count / b.count)) / USUAL.count +
    Math.abs(a.height - b.height) / USUAL.height +
    moved / USUAL.classes -
    again / USUAL.strikes
  );
}
