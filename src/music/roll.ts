import { STEPS_PER_BLOCK } from './units.js';

export const PITCHES = 64;
/** Cells of one plane, pitch-major: cell = pitchIndex * 256 + step. */
export const CELLS = PITCHES * STEPS_PER_BLOCK;
/** The lowest pitch of the window unless a data set or a model says otherwise: MIDI 30 (F#1) to 93 (A6). */
export const DEFAULT_BASE_PITCH = 30;

/**
 * One block as probabilities in [0, 1] (or as zeros and ones, when it comes from a file).
 * `sounding`: a note sounds here. `onset`: a note begins here; null where the model has only the first plane,
 * and then two touching notes of one pitch can't be told from one.
 */
export interface PianoRoll {
  readonly basePitch: number;
  readonly sounding: Float32Array;
  readonly onset: Float32Array | null;
}

/** Cell index of a pitch row (0..63) and a step (0..255). */
export const cell = (row: number, step: number): number => row * STEPS_PER_BLOCK + step;
