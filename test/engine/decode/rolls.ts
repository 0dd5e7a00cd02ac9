import type { Random } from '#daimon/music/random.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CELLS, cell, PITCHES, type PianoRoll, type Role, type RoleRoll, WHOLE } from '#daimon/music/roll.js';
import { STEPS_PER_BLOCK } from '#daimon/music/units.js';

/** A note on the grid of a roll. */
export interface GridNote {
  readonly row: number;
  readonly start: number;
  readonly length: number;
}

/** The roll of zeros and ones that holds exactly these notes, as its only role. */
export const idealRoll = (notes: readonly GridNote[]): PianoRoll => ({ basePitch: 30, roles: [idealRole(notes)] });

/** The same as one role among others. */
export function idealRole(notes: readonly GridNote[], planes: 1 | 2 = 2, role: Role = WHOLE): RoleRoll {
  const sounding = new Float32Array(CELLS);
  const onset = new Float32Array(CELLS);
  for (const { row, start, length } of notes) {
    sounding.fill(1, cell(row, start), cell(row, start) + length);
    onset[cell(row, start)] = 1;
  }
  return { ...role, sounding, onset: planes === 2 ? onset : null };
}

/** Any notes at all that do not overlap: in chords, touching, of one step, and over the block's end. */
export function randomNotes(of: number): GridNote[] {
  const random = randomFrom(seed(of));
  const notes: GridNote[] = [];
  for (let row = 0; row < PITCHES; row += 1 + random.below(4)) {
    for (let start = random.below(20); start < STEPS_PER_BLOCK; ) {
      const length = Math.min(1 + random.below(random.below(4) === 0 ? 30 : 3), STEPS_PER_BLOCK - start);
      notes.push({ row, start, length });
      start += length + (random.below(2) === 0 ? 0 : random.below(20));
    }
  }
  return notes;
}

/** Any probabilities at all: from calm to dense by the seed, many of them on the thresholds' edges. */
export function randomRoll(of: number, planes: 1 | 2, roles: readonly Role[] = [WHOLE]): PianoRoll {
  const random = randomFrom(seed(of));
  const density = random.uniform();
  const probability = (r: Random): number => (r.uniform() < density ? r.uniform() : Math.round(r.uniform() * 4) / 8);
  const plane = (): Float32Array => Float32Array.from({ length: CELLS }, () => probability(random));
  return {
    basePitch: 30 + random.below(30),
    roles: roles.map((role) => ({ ...role, sounding: plane(), onset: planes === 2 ? plane() : null })),
  };
}
