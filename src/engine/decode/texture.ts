import type { Decoding } from '../../music/decoding.js';
import { grouped } from './grouped.js';
import type { Placed } from './placing.js';

export type Texture = Decoding['texture'];

/** How many notes of these may sound at once, and which: all, whole chords, or one on each channel. */
export function textured(spans: readonly Placed[], texture: Texture): readonly Placed[] {
  switch (texture) {
    case 'polyphonic':
      return spans;
    case 'chordal':
      return chords(spans);
    case 'monophonic':
      return [...grouped(spans, ({ channel }) => channel).values()].flatMap(line);
  }
}

/**
 * Notes that are struck together, whatever their channels, as chords: all notes of one end together, with its longest,
 * or where the next one begins. A note struck alone is left out.
 */
function chords(spans: readonly Placed[]): readonly Placed[] {
  const struck = byStart(spans).filter(([, notes]) => new Set(notes.map(({ pitch }) => pitch)).size > 1);
  return struck.flatMap(([start, notes], i) => {
    const [next] = struck[i + 1] ?? [Number.POSITIVE_INFINITY];
    const length = Math.min(next - start, Math.max(...notes.map((note) => note.length)));
    return notes.map((note) => ({ ...note, length }));
  });
}

/** One note at a time, as a lead synthesizer plays: the most probable of those that begin together, of equals the highest, until the next begins. */
function line(spans: readonly Placed[]): readonly Placed[] {
  const struck = byStart(spans).map(([, notes]) =>
    notes.reduce((best, note) => ((note.probability - best.probability || note.pitch - best.pitch) > 0 ? note : best)),
  );
  return struck.map((note, i) => {
    const next = struck[i + 1];
    return next === undefined ? note : { ...note, length: Math.min(note.length, next.start - note.start) };
  });
}

const byStart = (spans: readonly Placed[]): (readonly [number, readonly Placed[]])[] =>
  [...grouped(spans, ({ start }) => start)].sort(([a], [b]) => a - b);
