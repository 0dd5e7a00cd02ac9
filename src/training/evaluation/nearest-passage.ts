import { type GridNote, MIDI_PITCHES } from '../corpus/grid.js';
import { type BarIndex, HALF_BAR, lowestOf, shapeKey } from './bar-index.js';

/** At most so many passages are compared with one window, rarest half bars first: a common figure has thousands. */
const MOST_CANDIDATES = 4000;
/** The longest window, in half bars. */
const LONGEST = 8;
/** Pitches of a window, with room for what a transposition moves beyond them. */
const ROWS = 3 * MIDI_PITCHES;

/** A half bar of the window that the index knows. */
interface Anchor {
  /** Which half bar of the window. */
  readonly half: number;
  readonly shape: number;
  readonly lowest: number;
  /** How often it occurs. */
  readonly places: number;
}

/**
 * The largest Dice similarity, 2|A and B| / (|A| + |B|) of the onsets, of a window with an equally long passage that
 * begins on a bar line, over all transpositions. Looks only at passages that share a half bar exactly up to
 * transposition; 0 where there is none. The function keeps its scratch memory from call to call.
 */
export function nearestPassage(index: BarIndex): (window: readonly GridNote[], halfBars: number) => number {
  const { offsets, steps, pitches, first, shapes, lowest, placesAt, places } = index;
  const cells = new Uint8Array(LONGEST * HALF_BAR * ROWS);

  /** Dice of the window with the passage from half bar `at` on, moved by `up`; 0 as soon as it can't exceed `bar`. */
  const dice = (at: number, up: number, halfBars: number, size: number, bar: number): number => {
    const from = offsets[at];
    const to = offsets[at + halfBars];
    const both = to - from + size;
    const least = (bar * both) / 2;
    let hits = to - from;
    const base = at * HALF_BAR;
    for (let i = from; i < to; i++) {
      if (cells[(steps[i] - base) * ROWS + pitches[i] - up + MIDI_PITCHES] === 0 && --hits <= least) return 0;
    }
    return (2 * hits) / both;
  };

  return (window, halfBars) => {
    const anchors = anchorsOf(index, window, halfBars);
    for (const { onset, pitch } of window) cells[onset * ROWS + pitch + MIDI_PITCHES] = 1;
    let best = 0;
    let room = MOST_CANDIDATES;
    for (let k = 0; k < anchors.length && room > 0; k++) {
      const { half, shape, lowest: low } = anchors[k];
      const stop = Math.min(placesAt[shape] + room, placesAt[shape + 1]);
      room -= stop - placesAt[shape];
      for (let p = placesAt[shape]; p < stop; p++) {
        const at = places[p] - half;
        if (at < 0 || at + halfBars > index.halfBars) continue;
        if (first[at] !== first[at + halfBars - 1] || (at - first[at]) % 2 !== 0) continue;
        const up = lowest[places[p]] - low;
        if (metBefore(anchors, k, at, up)) continue;
        best = Math.max(best, dice(at, up, halfBars, window.length, best));
      }
    }
    for (const { onset, pitch } of window) cells[onset * ROWS + pitch + MIDI_PITCHES] = 0;
    return best;
  };

  /** Whether an earlier anchor led to this passage in this transposition already: they were all followed to the end. */
  function metBefore(anchors: readonly Anchor[], k: number, at: number, up: number): boolean {
    for (let j = 0; j < k; j++) {
      const { half, shape, lowest: low } = anchors[j];
      if (shapes[at + half] === shape && lowest[at + half] - low === up) return true;
    }
    return false;
  }
}

/** Rarest first. */
function anchorsOf({ known, placesAt }: BarIndex, window: readonly GridNote[], halfBars: number): Anchor[] {
  const anchors: Anchor[] = [];
  let i = 0;
  for (let half = 0; half < halfBars; half++) {
    const from = i;
    while (i < window.length && window[i].onset < (half + 1) * HALF_BAR) i++;
    if (i === from) continue;
    const lowest = lowestOf(window, from, i);
    const shape = known.get(shapeKey(window, from, i, lowest));
    if (shape !== undefined) anchors.push({ half, shape, lowest, places: placesAt[shape + 1] - placesAt[shape] });
  }
  return anchors.sort((a, b) => a.places - b.places || a.half - b.half);
}
