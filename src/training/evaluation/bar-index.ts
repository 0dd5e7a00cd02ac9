import { STEPS_PER_BAR } from '../../music/units.js';
import { type GridNote, MIDI_PITCHES } from '../corpus/grid.js';
import type { Run } from './real-music.js';

export const HALF_BAR = STEPS_PER_BAR / 2;

/**
 * All half bars of the songs one is to be compared with, end to end; a passage is a slice of them. Half bars that are
 * equal up to transposition have one number, their shape.
 */
export interface BarIndex {
  readonly halfBars: number;
  /** Notes of half bar h: from `offsets[h]` to `offsets[h + 1]`. */
  readonly offsets: Uint32Array;
  /** Step from the beginning of everything, and pitch, of each note. */
  readonly steps: Uint32Array;
  readonly pitches: Uint8Array;
  /** First half bar of the run that half bar h lies in. */
  readonly first: Uint32Array;
  /** Of half bar h: its shape, -1 when it is empty, and its lowest pitch. */
  readonly shapes: Int32Array;
  readonly lowest: Uint8Array;
  /** Half bars of shape k, in order: `places` from `placesAt[k]` to `placesAt[k + 1]`. */
  readonly placesAt: Uint32Array;
  readonly places: Uint32Array;
  /** Shape by its key. */
  readonly known: ReadonlyMap<string, number>;
}

/** A half bar without regard to its key: what begins when, from its lowest pitch up. Empty when nothing does. */
export function shapeKey(notes: readonly GridNote[], from: number, to: number, lowest: number): string {
  let key = '';
  for (let i = from; i < to; i++) {
    key += String.fromCharCode((notes[i].onset % HALF_BAR) * MIDI_PITCHES + notes[i].pitch - lowest);
  }
  return key;
}

export function lowestOf(notes: readonly GridNote[], from: number, to: number): number {
  let lowest = MIDI_PITCHES - 1;
  for (let i = from; i < to; i++) if (notes[i].pitch < lowest) lowest = notes[i].pitch;
  return lowest;
}

export function indexBars(runs: readonly Run[]): BarIndex {
  const halfBars = 2 * runs.reduce((sum, { bars }) => sum + bars, 0);
  const count = runs.reduce((sum, { notes }) => sum + notes.length, 0);
  const offsets = new Uint32Array(halfBars + 1);
  const steps = new Uint32Array(count);
  const pitches = new Uint8Array(count);
  const first = new Uint32Array(halfBars);
  const shapes = new Int32Array(halfBars).fill(-1);
  const lowest = new Uint8Array(halfBars);
  const known = new Map<string, number>();
  let note = 0;
  let base = 0;
  for (const { bars, notes } of runs) {
    let i = 0;
    for (let h = base; h < base + 2 * bars; h++) {
      const from = i;
      while (i < notes.length && notes[i].onset < (h - base + 1) * HALF_BAR) {
        steps[note] = notes[i].onset + base * HALF_BAR;
        pitches[note++] = notes[i++].pitch;
      }
      offsets[h + 1] = note;
      first[h] = base;
      if (i === from) continue;
      lowest[h] = lowestOf(notes, from, i);
      const key = shapeKey(notes, from, i, lowest[h]);
      const shape = known.get(key) ?? known.size;
      known.set(key, shape);
      shapes[h] = shape;
    }
    base += 2 * bars;
  }
  return { halfBars, offsets, steps, pitches, first, shapes, lowest, ...placesOf(shapes, known.size), known };
}

function placesOf(shapes: Int32Array, count: number): Pick<BarIndex, 'placesAt' | 'places'> {
  const placesAt = new Uint32Array(count + 1);
  for (const shape of shapes) if (shape >= 0) placesAt[shape + 1]++;
  for (let k = 0; k < count; k++) placesAt[k + 1] += placesAt[k];
  const next = placesAt.slice();
  const places = new Uint32Array(placesAt[count]);
  shapes.forEach((shape, h) => {
    if (shape >= 0) places[next[shape]++] = h;
  });
  return { placesAt, places };
}
