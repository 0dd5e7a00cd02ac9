import { type Bpm, TICKS_PER_BAR, TICKS_PER_STEP, type Tick, tick } from '../../music/units.js';
import type { ClockMove } from '../../transport/clock/clock-state.js';
import type { Started } from '../../transport/conductor-state.js';
import type { Edge, Epoch } from '../../transport/edge.js';
import { claimFile, writeWhole } from '../atomic-file.js';
import { isNoteOff, isNoteOn } from '../midi/midi-messages.js';
import type { Sent } from '../midi/midi-out.js';
import { smfFile } from './smf-file.js';
import { type TempoChange, tempoTrack } from './tempo-track.js';

/**
 * Records what was sent, as a MIDI file on the musical grid: each note stands where it was planned, not where a busy
 * machine sent it. The file begins with the bar that playing began in, and bar lines stay bar lines: what is played
 * after a jump, or after a stop and a start elsewhere, follows on the next bar line, at its place within the bar.
 * Time stopped is not recorded: going on from where it stopped leaves no gap. The file lasts until the last stop.
 */
export interface Recorder {
  readonly path: string;
  /** The clock has moved. `from`: where the song was before; `epoch`: the one in force from now on. */
  moved(move: ClockMove, from: Tick, epoch: Epoch): void;
  /** The tempo that is played at from here on. */
  tempo(tempo: Bpm, at: Tick, epoch: Epoch): void;
  /** Marks the block's place with its preset and seed, and writes the file as it stands. */
  blockStarted(started: Started, epoch: Epoch): void;
  /** Listens to MidiOut: messages in the order they were sent. */
  sent(sent: Sent): void;
  /** Ends the notes that sound yet, and writes the file, if anything was played. Throws DaimonError 'file'. */
  finish(): Promise<void>;
}

/** Messages in the longest recording: some eight hours at ten notes a second, 100 MB in memory. */
const MAX_MESSAGES = 500_000;
/** A host says where it goes on in whole pulses or sixteenths: nearer than this it goes on from where it stopped. */
const SAME_PLACE = TICKS_PER_STEP;

/** Everything of an epoch from `epoch` on stands at its own tick plus `offset`. */
interface Stretch {
  readonly epoch: Epoch;
  readonly offset: number;
}

/**
 * Begins a recording. A path that can't be written shows at once; an older recording there lasts until something is
 * played. Throws DaimonError 'file'.
 */
export async function openRecorder(path: string, warn: (sentence: string) => void): Promise<Recorder> {
  const file = smfFile('daimon');
  const stretches: Stretch[] = [];
  const tempos = tempoTrack();
  const sounding = new Map<number, Edge & { readonly at: number }>();
  /** Where in the file the last note of each channel and pitch ends: a repeated place must not overlap itself. */
  const ends = new Map<number, number>();
  let playing = false;
  let model: string | null = null;
  /** Where playing last left off, to go on from. */
  let leftAt = tick(0);
  let writing: Promise<void> | null = null;
  let full = false;

  /** Where in the file a tick of an epoch stands; null before anything was played. */
  const place = (at: Tick, epoch: Epoch): Tick | null => {
    const stretch = stretches.findLast((each) => each.epoch <= epoch);
    return stretch === undefined ? null : tick(Math.max(0, Math.round(at + stretch.offset)));
  };
  const isFull = (): boolean => {
    if (!full && file.size >= MAX_MESSAGES) {
      full = true;
      warn(`The recording '${path}' is full and goes on no further; begin another.`);
    }
    return full;
  };
  const writeTempo = (change: TempoChange | null): void => {
    if (change !== null && !isFull()) file.tempo(change.at, change.tempo);
  };
  const endNote = (voice: number, until: number): void => {
    const on = sounding.get(voice);
    if (on === undefined) return;
    sounding.delete(voice);
    const onset = Math.max(on.at, ends.get(voice) ?? 0);
    if (until <= onset) return;
    ends.set(voice, until);
    const note = { pitch: on.data1, velocity: on.data2, channel: on.status & 0x0f };
    file.note({ onset: tick(onset), duration: tick(until - onset), ...note });
  };
  const leaveAt = (at: Tick): void => {
    leftAt = at;
    file.lastUntil(tick(at + (stretches.at(-1)?.offset ?? 0)));
  };
  const goOn = (at: Tick, epoch: Epoch): void => {
    const last = stretches.at(-1);
    if (last === undefined) stretches.push({ epoch, offset: -barOf(at) });
    else if (Math.abs(at - leftAt) > SAME_PLACE)
      stretches.push({ epoch, offset: barAfter(leftAt + last.offset) - barOf(at) });
  };
  const write = (): Promise<void> => {
    writing ??= writeWhole(path, file.bytes()).finally(() => {
      writing = null;
    });
    return writing;
  };

  await claimFile(path, file.bytes());
  return {
    path,
    moved: (move, from, epoch) => {
      if (playing) leaveAt(from);
      // a jump while stopped only moves the cursor; where playing goes on from there, `play` will say
      playing = move.kind === 'play' || (move.kind === 'jump' && playing);
      if (playing && move.kind !== 'stop') goOn(move.tick, epoch);
    },
    tempo: (tempo, at, epoch) => writeTempo(tempos.hear(tempo, place(at, epoch) ?? tick(0))),
    blockStarted: ({ block, from, repeated }, epoch) => {
      const where = place(from, epoch);
      if (where === null || isFull()) return;
      // named only where it changes: most takes have one, and who recorded knows it
      const drawnBy = (model ?? block.model) === block.model ? '' : `${block.model}: `;
      model = block.model;
      file.marker(where, `${drawnBy}${block.preset}, seed ${block.seed}${repeated ? ', again' : ''}`);
      write().catch((error: Error) => warn(error.message));
    },
    sent: ({ edge, epoch }) => {
      const at = place(edge.tick, epoch);
      if (at === null) return;
      const voice = (edge.status & 0x0f) * 128 + edge.data1;
      if (isNoteOff(edge.status, edge.data2)) endNote(voice, at);
      else if (isFull()) return;
      else if (isNoteOn(edge.status, edge.data2)) sounding.set(voice, { ...edge, at });
      else file.message(at, edge.status, edge.data1, edge.data2);
      file.lastUntil(at);
      writeTempo(tempos.reach(at));
    },
    finish: async () => {
      if (stretches.length === 0) return;
      writeTempo(tempos.end());
      const end = Math.max(...[...sounding.values()].map((on) => on.at + 1), ...ends.values(), 0);
      for (const voice of [...sounding.keys()]) endNote(voice, end);
      await writing?.catch(() => {});
      await write();
    },
  };
}

/** The bar line at or before a tick; one that comes early by less than a step is that of the bar it opens. */
const barOf = (at: number): number => Math.floor((at + SAME_PLACE) / TICKS_PER_BAR) * TICKS_PER_BAR;

/** The bar line at or after a tick, but for a step's overhang. */
const barAfter = (at: number): number => Math.ceil((at - SAME_PLACE) / TICKS_PER_BAR) * TICKS_PER_BAR;
