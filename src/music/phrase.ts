import { type GridNote, type Line, lineOf, verses } from './line.js';
import { STEPS_PER_BAR, step } from './units.js';

/** What somebody played, on the sixteenth grid, in whatever key. */
export interface Phrase {
  /** 1..16, of 4/4. */
  readonly bars: number;
  readonly parts: readonly Part[];
}

/** What came apart from the rest, as on a track of its own. */
export interface Part {
  /** Empty where it has none. */
  readonly name: string;
  /** Counted from the phrase's first bar line; all begin in its bars. */
  readonly notes: Line;
}

/** Of all parts together. */
export const phraseNotes = ({ parts }: Phrase): Line => lineOf(parts.flatMap(({ notes }) => notes));

/** A line of the phrase, over and over until a block is full. */
export const filling = (notes: Line, { bars }: Phrase): Line => verses(notes, step(0), step(bars * STEPS_PER_BAR));

/** Moved so many semitones, and by octaves on from there into a window of at least twelve pitches. */
export function movedInto(notes: Line, move: number, lowest: number, pitches: number): Line {
  const place = (pitch: number): number => {
    if (pitch < lowest) return pitch + 12 * Math.ceil((lowest - pitch) / 12);
    const over = pitch - (lowest + pitches - 1);
    return over > 0 ? pitch - 12 * Math.ceil(over / 12) : pitch;
  };
  return lineOf(notes.map((note): GridNote => ({ ...note, pitch: place(note.pitch + move) })));
}
