import { STEPS_PER_BLOCK } from './units.js';

export const PITCHES = 64;
/** Cells of one plane, pitch-major: cell = pitchIndex * 256 + step. */
export const CELLS = PITCHES * STEPS_PER_BLOCK;
/** The lowest pitch of the window unless a data set or a model says otherwise: MIDI 30 (F#1) to 93 (A6). */
export const DEFAULT_BASE_PITCH = 30;
/** A quartet. Each role costs a training as much again in a block's cells: eight planes are what two cores bear. */
export const MAX_ROLES = 4;
/** It is printed, and stands in a list: no control characters, no commas, no space at either end. */
export const ROLE_NAME = /^(?! )[^\p{Cc},]{1,32}(?<! )$/u;

/** A part of the music with planes of its own: a melody, the chords, a voice of a chorale. */
export interface Role {
  readonly name: string;
  /** 1: it never has more than one note at once. null: it may have any number. */
  readonly voices: 1 | null;
}

/** The only role of music that was not taken apart. */
export const WHOLE: Role = { name: 'all', voices: null };

/**
 * A role's part of a block, as probabilities in [0, 1] (or as zeros and ones, when it comes from a file).
 * `sounding`: a note sounds here. `onset`: a note begins here; null where the model has only the first plane,
 * and then two touching notes of one pitch can't be told from one.
 */
export interface RoleRoll extends Role {
  readonly sounding: Float32Array;
  readonly onset: Float32Array | null;
}

/** One block, role by role. */
export interface PianoRoll {
  readonly basePitch: number;
  readonly roles: readonly RoleRoll[];
}

/** How a network's planes are to be taken: two for each role, or a single one, sounding. */
export interface RollShape {
  readonly basePitch: number;
  readonly planes: number;
  readonly roles: readonly Role[];
}

/** Cell index of a pitch row (0..63) and a step (0..255). */
export const cell = (row: number, step: number): number => row * STEPS_PER_BLOCK + step;

/** A network's numbers [planes, 64, 256] as a roll: role 0 sounding, role 0 onset, role 1 sounding, ... Copies. */
export function rollOf(values: Float32Array, { basePitch, planes, roles }: RollShape): PianoRoll {
  const plane = (index: number): Float32Array => values.slice(index * CELLS, (index + 1) * CELLS);
  return {
    basePitch,
    roles: roles.map((role, r) => ({
      ...role,
      sounding: plane(2 * r),
      onset: planes === 1 ? null : plane(2 * r + 1),
    })),
  };
}
