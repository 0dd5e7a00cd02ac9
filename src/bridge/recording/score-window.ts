import { unreachable } from '../../errors.js';
import type { Note } from '../../music/note.js';
import { type Bpm, TICKS_PER_BAR, type Tick, tick } from '../../music/units.js';
import { barOf, type Score } from './scribe.js';

/** Keeps the last bars of a score, to be copied. */
export interface ScoreWindow extends Score {
  /** It lasts until there. */
  readonly end: Tick;
  /** The bar line before which nothing is kept. */
  readonly start: Tick;
  /**
   * Writes what begins at or after a tick to another score that begins with its bar, in the order it was written here; with
   * the tempo and the marker that hold there.
   */
  copy(from: Tick, to: Score): void;
}

type Entry =
  | { readonly kind: 'note'; readonly at: Tick; readonly note: Note }
  | { readonly kind: 'tempo'; readonly at: Tick; readonly tempo: Bpm }
  | { readonly kind: 'marker'; readonly at: Tick; readonly text: string }
  | {
      readonly kind: 'message';
      readonly at: Tick;
      readonly status: number;
      readonly data1: number;
      readonly data2: number;
    };

/** Longer than a take that somebody remembers: eight and a half minutes at 120 BPM. */
export const WINDOW_BARS = 256;
/** Four hundred notes a bar; they are some 20 MB. */
const MOST_ENTRIES = 100_000;

export function scoreWindow(bars = WINDOW_BARS): ScoreWindow {
  let entries: Entry[] = [];
  let end = tick(0);
  let start = tick(0);

  const forget = (before: number): void => {
    if (before <= start) return;
    start = tick(before);
    const held = heldAt(entries, before);
    entries = entries.filter((entry) => entry.at >= before || held.includes(entry));
  };
  const add = (entry: Entry): void => {
    entries.push(entry);
    if (entries.length > MOST_ENTRIES) forget(barOf(entries[entries.length >> 1].at) + TICKS_PER_BAR);
  };

  return {
    get end() {
      return end;
    },
    get start() {
      return start;
    },
    note: (note) => add({ kind: 'note', at: note.onset, note }),
    tempo: (at, tempo) => add({ kind: 'tempo', at, tempo }),
    marker: (at, text) => {
      add({ kind: 'marker', at, text });
      forget(barOf(end) - bars * TICKS_PER_BAR);
    },
    message: (at, status, data1, data2) => add({ kind: 'message', at, status, data1, data2 }),
    lastUntil: (at) => {
      end = tick(Math.max(end, at));
    },
    copy: (from, to) => {
      const origin = barOf(from);
      const put = (entry: Entry): void => write(entry, origin, to);
      heldAt(entries, from).forEach(put);
      for (const entry of entries) if (entry.at >= from) put(entry);
      to.lastUntil(tick(end - origin));
    },
  };
}

/** A note in a score that begins with a tick of its own; null where it has ended by then. */
export function noteSince(origin: number, note: Note): Note | null {
  const [onset, end] = [Math.max(0, note.onset - origin), note.onset + note.duration - origin];
  return end <= onset ? null : { ...note, onset: tick(onset), duration: tick(end - onset) };
}

/** The last marker and the last tempo before a tick, but for those that another one takes over from on that very tick. */
function heldAt(entries: readonly Entry[], at: number): readonly Entry[] {
  return (['marker', 'tempo'] as const).flatMap((kind) => {
    const ofKind = entries.filter((entry) => entry.kind === kind);
    const last = ofKind.findLast((entry) => entry.at < at);
    return last === undefined || ofKind.some((entry) => entry.at === at) ? [] : last;
  });
}

function write(entry: Entry, origin: number, to: Score): void {
  const at = tick(Math.max(0, entry.at - origin));
  switch (entry.kind) {
    case 'note': {
      const note = noteSince(origin, entry.note);
      if (note !== null) to.note(note);
      break;
    }
    case 'tempo':
      to.tempo(at, entry.tempo);
      break;
    case 'marker':
      to.marker(at, entry.text);
      break;
    case 'message':
      to.message(at, entry.status, entry.data1, entry.data2);
      break;
    default:
      unreachable(entry);
  }
}
