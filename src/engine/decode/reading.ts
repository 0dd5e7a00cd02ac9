import { cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { expectedCounts, expectedNotes } from './expectation.js';
import { mean, type Span, type Thresholds } from './spans.js';
import { strikesOf } from './strikes.js';

/**
 * Reads a role's two planes, 64 x 256, as at most so many voices (64: any number). No note is without a strike; each
 * lasts until its pitch is struck again, until fewer notes are expected to sound, or to the block's end. Planes of
 * zeros and ones are read note for note by whatever thresholds. A note is as sure as its pitch sounds; in a role of
 * one voice as that the role sounds at all: a singer who wavers between two pitches is not the softer for it.
 * Sorted by row, then start.
 */
export function spansOfVoices(
  sounding: Float32Array,
  onset: Float32Array,
  voices: number,
  thresholds: Thresholds,
): Span[] {
  const strikes = strikesOf(sounding, onset, voices, thresholds);
  const held = holdOn(strikes, sounding, expectedNotes(sounding, thresholds.threshold, voices));
  const sings = voices === 1 ? expectedCounts(sounding).map((sum) => Math.min(sum, 1)) : null;
  const spans: Span[] = [];
  for (let row = 0; row < PITCHES; row++) {
    const [from, to] = [cell(row, 0), cell(row, STEPS_PER_BLOCK)];
    for (let at = from; at < to; at++) {
      if (strikes[at] === 0) continue;
      let end = at + 1;
      while (end < to && held[end] === 1) end++;
      const [start, length] = [at - from, end - at];
      const probability = sings === null ? mean(sounding, at, end) : mean(sings, start, start + length);
      spans.push({ row, start, length, probability });
    }
  }
  return spans;
}

/**
 * 1 in the cells into which a note is held: on each step the new strikes take their places among the notes that are
 * expected to sound, and of those that sounded before, the most probable keep the places left, of equals the higher.
 * It does not matter where the rest of the probability is: a singer unsure of the next pitch stays on this one.
 */
function holdOn(strikes: Uint8Array, sounding: Float32Array, counts: Uint8Array): Uint8Array {
  const held = new Uint8Array(strikes.length);
  for (let step = 1; step < STEPS_PER_BLOCK; step++) {
    let places = counts[step];
    const before: number[] = [];
    for (let at = cell(PITCHES - 1, step); at >= 0; at -= STEPS_PER_BLOCK) {
      if (strikes[at] === 1) places--;
      else if (strikes[at - 1] === 1 || held[at - 1] === 1) before.push(at);
    }
    if (before.length > places) before.sort((a, b) => sounding[b] - sounding[a] || b - a);
    for (const at of before.slice(0, Math.max(places, 0))) held[at] = 1;
  }
  return held;
}
