import type { Note } from '../../music/note.js';
import { type Bpm, TICKS_PER_BAR, TICKS_PER_STEP, type Tick, tick } from '../../music/units.js';
import type { ClockMove } from '../../transport/clock/clock-state.js';
import type { Started } from '../../transport/conductor-state.js';
import type { Edge, Epoch } from '../../transport/edge.js';
import { isNoteOff, isNoteOn } from '../midi/midi-messages.js';
import type { Sent } from '../midi/midi-out.js';
import type { SmfFile } from './smf-file.js';
import { type TempoChange, tempoTrack } from './tempo-track.js';

/** Hears what is played, and how the song goes. */
export interface Listener {
  /** The clock has moved. `from`: where the song was before; `epoch`: the one in force from now on. */
  moved(move: ClockMove, from: Tick, epoch: Epoch): void;
  /** The tempo that is played at from here on. */
  tempo(tempo: Bpm, at: Tick, epoch: Epoch): void;
  /** A block begins to sound. */
  blockStarted(started: Started, epoch: Epoch): void;
  /** Listens to MidiOut: messages in the order they were sent. */
  sent(sent: Sent): void;
}

/** All of them hear it. */
export const toAll = (listeners: readonly Listener[]): Listener => ({
  moved: (...told) => {
    for (const each of listeners) each.moved(...told);
  },
  tempo: (...told) => {
    for (const each of listeners) each.tempo(...told);
  },
  blockStarted: (...told) => {
    for (const each of listeners) each.blockStarted(...told);
  },
  sent: (...told) => {
    for (const each of listeners) each.sent(...told);
  },
});

/** What is written to. */
export type Score = Pick<SmfFile, 'tempo' | 'marker' | 'note' | 'message' | 'lastUntil'>;

/**
 * Writes down what was sent, on the musical grid: each note stands where it was planned, not where a busy machine sent
 * it. The score begins with the bar that playing began in, and bar lines stay bar lines: what is played after a jump, or
 * after a stop and a start elsewhere, follows on the next bar line, at its place within the bar. Time stopped is not
 * written: going on from where it stopped leaves no gap. The score lasts until the last stop.
 */
export interface Scribe extends Listener {
  /** Where in the score playing began last; null before anything was played. */
  readonly began: Tick | null;
  /** Where in the score the song stands, at a tick of an epoch; null while nothing plays. */
  here(at: Tick, epoch: Epoch): Tick | null;
  /** Notes that sound yet, if they end there; null: with the last one that has ended. */
  sounding(until: Tick | null): readonly Note[];
  /** Writes the only tempo there was, if it has not lasted yet. */
  settle(): void;
}

/** A host says where it goes on in whole pulses or sixteenths: nearer than this it goes on from where it stopped. */
const SAME_PLACE = TICKS_PER_STEP;

/** Everything of an epoch from `epoch` on stands at its own tick plus `offset`. */
interface Stretch {
  readonly epoch: Epoch;
  readonly offset: number;
}

/** Once `isFull`, only notes that were begun are ended. */
export function newScribe(score: Score, isFull: () => boolean = () => false): Scribe {
  const stretches: Stretch[] = [];
  const tempos = tempoTrack();
  const sounding = new Map<number, Edge & { readonly at: number }>();
  /** Where in the score the last note of each channel and pitch ends: a repeated place must not overlap itself. */
  const ends = new Map<number, number>();
  let playing = false;
  let began: Tick | null = null;
  let model: string | null = null;
  /** Where playing last left off, to go on from. */
  let leftAt = tick(0);

  /** Where in the score a tick of an epoch stands; null before anything was played. */
  const place = (at: Tick, epoch: Epoch): Tick | null => {
    const stretch = stretches.findLast((each) => each.epoch <= epoch);
    return stretch === undefined ? null : tick(Math.max(0, Math.round(at + stretch.offset)));
  };
  const writeTempo = (change: TempoChange | null): void => {
    if (change !== null && !isFull()) score.tempo(change.at, change.tempo);
  };
  const noteUntil = (voice: number, on: Edge & { readonly at: number }, until: number): Note | null => {
    const onset = Math.max(on.at, ends.get(voice) ?? 0);
    if (until <= onset) return null;
    const note = { pitch: on.data1, velocity: on.data2, channel: on.status & 0x0f };
    return { onset: tick(onset), duration: tick(until - onset), ...note };
  };
  const endNote = (voice: number, until: number): void => {
    const on = sounding.get(voice);
    if (on === undefined) return;
    sounding.delete(voice);
    const note = noteUntil(voice, on, until);
    if (note === null) return;
    ends.set(voice, until);
    score.note(note);
  };
  const leaveAt = (at: Tick): void => {
    leftAt = at;
    score.lastUntil(tick(at + (stretches.at(-1)?.offset ?? 0)));
  };
  const goOn = (at: Tick, epoch: Epoch): void => {
    const last = stretches.at(-1);
    if (last === undefined) stretches.push({ epoch, offset: -barOf(at) });
    else if (Math.abs(at - leftAt) > SAME_PLACE)
      stretches.push({ epoch, offset: barAfter(leftAt + last.offset) - barOf(at) });
  };

  return {
    get began() {
      return began;
    },
    here: (at, epoch) => (playing ? place(at, epoch) : null),
    moved: (move, from, epoch) => {
      const wasPlaying = playing;
      if (playing) leaveAt(from);
      // a jump while stopped only moves the cursor; where playing goes on from there, `play` will say
      playing = move.kind === 'play' || (move.kind === 'jump' && playing);
      if (!playing || move.kind === 'stop') return;
      goOn(move.tick, epoch);
      if (!wasPlaying) began = place(move.tick, epoch);
    },
    tempo: (tempo, at, epoch) => writeTempo(tempos.hear(tempo, place(at, epoch) ?? tick(0))),
    blockStarted: ({ block, from, repeated }, epoch) => {
      const where = place(from, epoch);
      if (where === null || isFull()) return;
      // named only where it changes: most takes have one, and who recorded knows it
      const drawnBy = (model ?? block.model) === block.model ? '' : `${block.model}: `;
      model = block.model;
      score.marker(where, `${drawnBy}${block.preset}, seed ${block.seed}${repeated ? ', again' : ''}`);
    },
    sent: ({ edge, epoch }) => {
      const at = place(edge.tick, epoch);
      if (at === null) return;
      const voice = (edge.status & 0x0f) * 128 + edge.data1;
      if (isNoteOff(edge.status, edge.data2)) endNote(voice, at);
      else if (isFull()) return;
      else if (isNoteOn(edge.status, edge.data2)) sounding.set(voice, { ...edge, at });
      else score.message(at, edge.status, edge.data1, edge.data2);
      score.lastUntil(at);
      writeTempo(tempos.reach(at));
    },
    sounding: (until) => {
      const end = until ?? Math.max(...[...sounding.values()].map((on) => on.at + 1), ...ends.values(), 0);
      return [...sounding].flatMap(([voice, on]) => noteUntil(voice, on, Math.max(on.at + 1, end)) ?? []);
    },
    settle: () => writeTempo(tempos.end()),
  };
}

/** The bar line at or before a tick; one that comes early by less than a step is that of the bar it opens. */
export const barOf = (at: number): number => Math.floor((at + SAME_PLACE) / TICKS_PER_BAR) * TICKS_PER_BAR;

/** The bar line at or after a tick, but for a step's overhang. */
const barAfter = (at: number): number => Math.ceil((at - SAME_PLACE) / TICKS_PER_BAR) * TICKS_PER_BAR;
