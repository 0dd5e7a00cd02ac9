import { cutNotes, type GridNote, lineOf, onGrid } from '../music/line.js';
import type { Phrase } from '../music/phrase.js';
import {
  BARS_PER_BLOCK,
  STEPS_PER_BAR,
  step,
  TICKS_PER_BAR,
  TICKS_PER_BEAT,
  TICKS_PER_BLOCK,
  type Tick,
  tick,
} from '../music/units.js';

/** What somebody plays to us, as far back as a block goes. */
export interface Heard {
  /** In the order in which they ended. */
  readonly notes: readonly HeardNote[];
  /** Notes that are held; `end` says nothing yet. */
  readonly held: readonly HeardNote[];
  /**
   * Whole bars, added to the song's ticks: where a song jumps, what is heard after it still comes after what was heard
   * before, on the same beat of a later bar.
   */
  readonly ahead: Tick;
}

/** Counted in the song's ticks, and `ahead`. */
interface HeardNote {
  readonly onset: Tick;
  readonly end: Tick;
  /** MIDI pitch, 0..127. */
  readonly pitch: number;
  /** 0..15. */
  readonly channel: number;
}

export type HeardEvent =
  | { readonly kind: 'on' | 'off'; readonly tick: Tick; readonly pitch: number; readonly channel: number }
  /** The song goes on elsewhere, at once or after a stop. */
  | { readonly kind: 'jump'; readonly from: Tick; readonly to: Tick };

/** Ten fingers on every sixteenth of a block come to 2560 notes. */
const MAX_NOTES = 4096;
/** Channel 10 as musicians count. */
const DRUM_CHANNEL = 9;
/** So many silent bars part one phrase from the next. */
const REST_BARS = 2;
/** Of a bar in which nothing begins, so much must sound for it to be the phrase's: a finger lifts late. */
const LEAST_STEPS = STEPS_PER_BAR / 2;

export const NOTHING_HEARD: Heard = { notes: [], held: [], ahead: tick(0) };

export function hear(heard: Heard, event: HeardEvent): Heard {
  if (event.kind === 'jump') return jumped(heard, event.from, event.to);
  const { pitch, channel } = event;
  if (channel === DRUM_CHANNEL) return heard;
  const now = tick(event.tick + heard.ahead);
  const ended = heard.held.filter((note) => note.pitch === pitch && note.channel === channel);
  const held = heard.held.filter((note) => !ended.includes(note));
  return {
    ...heard,
    notes: ended.length === 0 ? heard.notes : kept(heard.notes, ended, now),
    held: event.kind === 'on' ? [...held, { onset: now, end: now, pitch, channel }] : held,
  };
}

/**
 * The last phrase: back to where two bars were silent, and at most 16 bars, on the sixteenth grid; notes still held end
 * now. Null where nothing was heard.
 */
export function phraseHeard({ notes, held, ahead }: Heard, now: Tick): Phrase | null {
  const all = [...notes, ...held.map((note) => ({ ...note, end: tick(now + ahead) }))];
  const line = lineOf(all.map((note) => onGrid(note, TICKS_PER_BEAT)));
  const bars = new Set(line.flatMap(barsOf));
  const last = Math.max(...bars);
  let first = last;
  for (let bar = last; bar > last - BARS_PER_BLOCK && first - bar <= REST_BARS; bar--) if (bars.has(bar)) first = bar;
  const span = last - first + 1;
  if (line.length === 0) return null;
  const cut = cutNotes(line, step(first * STEPS_PER_BAR), span * STEPS_PER_BAR);
  return cut.length === 0 ? null : { bars: span, parts: [{ name: '', notes: cut }] };
}

/** The bar in which it begins, and those through half of which it sounds or more. */
function barsOf({ onset, end }: GridNote): number[] {
  const first = Math.floor(onset / STEPS_PER_BAR);
  const bars = [first];
  for (let bar = first + 1; end - bar * STEPS_PER_BAR >= LEAST_STEPS; bar++) bars.push(bar);
  return bars;
}

function jumped({ notes, held, ahead }: Heard, from: Tick, to: Tick): Heard {
  const bars = Math.ceil((from - to) / TICKS_PER_BAR);
  return {
    notes: kept(notes, held, tick(from + ahead)),
    held: [],
    ahead: tick(ahead + bars * TICKS_PER_BAR),
  };
}

/** With the notes that end now, without those that lie too far back. */
function kept(notes: readonly HeardNote[], ended: readonly HeardNote[], now: Tick): readonly HeardNote[] {
  const ends = ended.map((note) => ({ ...note, end: tick(Math.max(now, note.onset)) }));
  // a bar more than a phrase has: its last bar may have only begun
  return [...notes, ...ends].filter(({ end }) => end > now - TICKS_PER_BLOCK - TICKS_PER_BAR).slice(-MAX_NOTES);
}
