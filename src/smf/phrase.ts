import { cutNotes, lineOf, onGrid } from '../music/line.js';
import type { Part, Phrase } from '../music/phrase.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, step } from '../music/units.js';
import { type BarRun, runsOfFourQuarters } from './bars.js';
import type { FileNote, MidiFile } from './midi-file.js';
import { isMusic } from './note-choice.js';

/**
 * Up to 16 bars of four quarters from a file, a part for each track and channel, without drums: from a bar on, counted
 * from 1, or from the first one with a note. It ends with the last bar in which a note begins, or where the bars of
 * four quarters do. Null where no note is there.
 */
export function phraseOf(file: MidiFile, bar: number | null): Phrase | null {
  const notes = file.notes.filter((note) => isMusic(note, { drums: false }));
  const place = placeOf(runsOfFourQuarters({ ...file, notes }), bar);
  if (place === null) return null;
  const cut = [...apart(notes).values()].map((own): Part => {
    const line = lineOf(own.map((note) => onGrid(note, file.ticksPerQuarter)));
    return { name: file.tracks[own[0].track], notes: cutNotes(line, place.start, place.bars * STEPS_PER_BAR) };
  });
  const parts = cut.filter((part) => part.notes.length > 0);
  if (parts.length === 0) return null;
  const last = Math.max(...parts.map((part) => part.notes[part.notes.length - 1].onset));
  const bars = Math.floor(last / STEPS_PER_BAR) + 1;
  return {
    bars,
    parts: parts.map(({ name, notes: line }) => ({ name, notes: cutNotes(line, step(0), bars * STEPS_PER_BAR) })),
  };
}

/** By track and channel. */
function apart(notes: readonly FileNote[]): ReadonlyMap<number, readonly FileNote[]> {
  const parts = new Map<number, FileNote[]>();
  for (const note of notes) {
    const key = 16 * note.track + note.channel;
    const others = parts.get(key);
    if (others) others.push(note);
    else parts.set(key, [note]);
  }
  return parts;
}

function placeOf(runs: readonly BarRun[], bar: number | null): BarRun | null {
  const asked = bar === null ? runs[0]?.start : (bar - 1) * STEPS_PER_BAR;
  const run = runs.find(({ start, bars }) => asked < start + bars * STEPS_PER_BAR);
  if (asked === undefined || run === undefined) return null;
  // a bar of another meter before may have moved the bar lines
  const skipped = Math.max(0, Math.ceil((asked - run.start) / STEPS_PER_BAR));
  const bars = Math.min(run.bars - skipped, BARS_PER_BLOCK);
  return bars > 0 ? { start: step(run.start + skipped * STEPS_PER_BAR), bars } : null;
}
