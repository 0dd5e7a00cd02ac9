import { cell, PITCHES, type RoleRoll } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';

/** A role's note on the roll's grid: before the player's choices, in the model's key. */
export interface Span {
  /** 0..63, from the roll's base pitch. */
  readonly row: number;
  /** 0..255. */
  readonly start: number;
  /** In steps, 1 or more; `start + length` never passes the block's end. */
  readonly length: number;
  /** Mean probability that the note sounds, over its steps. */
  readonly probability: number;
}

export interface Thresholds {
  readonly threshold: number;
  readonly onsetThreshold: number;
  readonly fragmentThreshold: number;
}

/**
 * Reads both planes of a role together. A note begins where onset is above its threshold, or where sounding rises above its own;
 * it lasts while it sounds and no new onset comes; what still sounds at the block's end ends there. A note of one step
 * wants an onset above the fragment threshold: most of those a model draws are noise. Without an onset plane only
 * rises begin notes, and sounding stands in for onset. Sorted by row, then start.
 */
export function spansOf(role: RoleRoll, { threshold, onsetThreshold, fragmentThreshold }: Thresholds): Span[] {
  const { sounding, onset } = role;
  const spans: Span[] = [];
  for (let row = 0; row < PITCHES; row++) {
    const strikes = (step: number): boolean => onset !== null && onset[cell(row, step)] > onsetThreshold;
    const sounds = (step: number): boolean => sounding[cell(row, step)] > threshold;
    for (let start = 0; start < STEPS_PER_BLOCK; ) {
      if (!strikes(start) && !sounds(start)) {
        start++;
        continue;
      }
      let end = start + 1;
      while (end < STEPS_PER_BLOCK && sounds(end) && !strikes(end)) end++;
      const certainty = (onset ?? sounding)[cell(row, start)];
      if (end - start > 1 || certainty > fragmentThreshold) {
        spans.push({ row, start, length: end - start, probability: mean(sounding, cell(row, start), cell(row, end)) });
      }
      start = end;
    }
  }
  return spans;
}

function mean(plane: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += plane[i];
  return sum / (to - from);
}
