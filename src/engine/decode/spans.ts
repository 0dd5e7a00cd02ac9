import { cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';

/** A role's note on the roll's grid: before the player's choices, in the model's key. */
export interface Span {
  /** 0..63, from the roll's base pitch. */
  readonly row: number;
  /** 0..255. */
  readonly start: number;
  /** In steps, 1 or more; `start + length` never passes the block's end. */
  readonly length: number;
  /** How sure it is that the note sounds, 0..1: a mean over its steps. */
  readonly probability: number;
}

/** The choices of `Decoding` by which a role is read. */
export interface Thresholds {
  readonly threshold: number;
  readonly onsetThreshold: number;
  readonly fragmentThreshold: number;
}

/**
 * Reads a role of which only sounding is known, 64 x 256: a note lasts while it is above its threshold; one of a
 * single step wants to be above the fragment threshold, for most of those a model draws are noise. Sorted by row,
 * then start.
 */
export function spansOfSounding(sounding: Float32Array, { threshold, fragmentThreshold }: Thresholds): Span[] {
  const spans: Span[] = [];
  for (let row = 0; row < PITCHES; row++) {
    const sounds = (step: number): boolean => sounding[cell(row, step)] > threshold;
    for (let start = 0; start < STEPS_PER_BLOCK; start++) {
      if (!sounds(start)) continue;
      let end = start + 1;
      while (end < STEPS_PER_BLOCK && sounds(end)) end++;
      if (end - start > 1 || sounding[cell(row, start)] > fragmentThreshold) {
        spans.push({ row, start, length: end - start, probability: mean(sounding, cell(row, start), cell(row, end)) });
      }
      start = end;
    }
  }
  return spans;
}

/** Of the values from one index to before another. */
export function mean(values: Float32Array | Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / (to - from);
}
