import type { Block } from '../music/block.js';
import { FEEL } from '../music/feel.js';
import type { Note } from '../music/note.js';
import { plus, type Tick, tick } from '../music/units.js';
import type { Edge } from './edge.js';
import { byPlaying } from './edge-order.js';

/** `held` are the note-offs still to come, one for each note that sounds on. Both are in playing order. */
export interface Plan {
  readonly edges: readonly Edge[];
  readonly held: readonly Edge[];
}

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
/** The release velocity of senders that measure none. */
const RELEASE_VELOCITY = 64;

/**
 * What a block that starts at `start` plays from `from` up to `to`, its own notes and those `held` from before. A note
 * struck again while it sounds is ended first, so that each on has one off.
 */
export function planSpan(block: Block, start: Tick, from: Tick, to: Tick, held: readonly Edge[]): Plan {
  const edges: Edge[] = [];
  const sounding = new Map(held.map((off) => [voice(off), off]));
  block.notes.forEach((note, i) => {
    const onset = plus(start, note.onset);
    if (onset < from || onset >= to || isTwin(note, block.notes[i - 1])) return;
    const on = onOf(note, onset);
    const before = sounding.get(voice(on));
    if (before) edges.push(endedBy(onset)(before));
    edges.push(on);
    sounding.set(voice(on), offOf(note, start));
  });
  const offs = [...sounding.values()].sort(byPlaying);
  edges.push(...offs.filter((off) => off.tick <= to));
  return { edges: edges.sort(byPlaying), held: offs.filter((off) => off.tick > to) };
}

/**
 * A block taken up at `at`, ahead of its span from there: with `chase`, notes that should be sounding are struck late, as
 * hosts do. Without, they are left out, but for those that humanise has moved ahead of `at`: they belong to what follows.
 */
export function takenUp(block: Block, start: Tick, at: Tick, chase: boolean): Plan {
  const since = chase ? start : at - FEEL.humanise.max;
  const notes = soundingAt(block, start, at).filter((note) => plus(start, note.onset) >= since);
  const held = notes.map((note) => offOf(note, start)).sort(byPlaying);
  return { edges: notes.map((note) => onOf(note, at)), held };
}

/** Notes begun before `at` that would sound past it, had the block been played. */
function soundingAt(block: Block, start: Tick, at: Tick): readonly Note[] {
  const latest = new Map<number, Note>();
  block.notes.forEach((note, i) => {
    if (plus(start, note.onset) > at || isTwin(note, block.notes[i - 1])) return;
    latest.set(voice(onOf(note, at)), note);
  });
  return [...latest.values()].filter((note) => plus(start, note.onset) < at && offOf(note, start).tick > at);
}

/** The note-offs brought forward, so that nothing sounds past `at`. */
export const cutAt = (held: readonly Edge[], at: Tick): readonly Edge[] => held.map(endedBy(at));

const endedBy =
  (at: Tick) =>
  (off: Edge): Edge =>
    off.tick <= at ? off : { ...off, tick: at };

const onOf = ({ channel, pitch, velocity }: Note, at: Tick): Edge => ({
  tick: at,
  status: NOTE_ON | channel,
  data1: pitch,
  data2: velocity,
});

/** No note is shorter than a tick. It may end after the block, where one follows that it goes on into. */
const offOf = (note: Note, start: Tick): Edge => ({
  tick: tick(start + note.onset + Math.max(1, note.duration)),
  status: NOTE_OFF | note.channel,
  data1: note.pitch,
  data2: RELEASE_VELOCITY,
});

const voice = (edge: Edge): number => (edge.status & 0x0f) * 128 + edge.data1;

const isTwin = (note: Note, before: Note | undefined): boolean =>
  before !== undefined && note.onset === before.onset && note.pitch === before.pitch && note.channel === before.channel;
