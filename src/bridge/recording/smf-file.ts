import JZZ from 'jzz';
import addSmf from 'jzz-midi-smf';
import type { Note } from '../../music/note.js';
import { BEATS_PER_BAR, type Bpm, TICKS_PER_BEAT, type Tick } from '../../music/units.js';
import { MESSAGES, messageLength } from '../midi/midi-messages.js';

/** The part of jzz-midi-smf that writes; a track is an array of messages, each with its tick `tt`. */
interface Message extends Readonly<ArrayLike<number>> {
  tt: number;
}
interface Smf extends Array<Message[]> {
  /** One character for each byte. */
  dump(): string;
}
interface Midi {
  (bytes: readonly number[]): Message;
  smfSeqName(name: string): Message;
  smfTimeSignature(beats: number, unit: number): Message;
  smfBPM(tempo: number): Message;
  smfMarker(text: string): Message;
  readonly SMF: { new (type: 1, ticksPerBeat: number): Smf; readonly MTrk: new () => Message[] };
}

addSmf(JZZ);
const { MIDI } = JZZ as unknown as { readonly MIDI: Midi };

/**
 * A Standard MIDI File in the making, in 4/4 and our own ticks: a track of tempo, meter and markers, then one for each
 * channel. Not all in one: jzz-midi-smf writes running status across a meta event, which the format forbids and some
 * programs refuse (https://github.com/jazz-soft/test-midi-files/issues/11). It can be had as bytes at any time, and
 * every note in it has its end. The same calls give the same bytes.
 */
export interface SmfFile {
  /** Messages so far. */
  readonly size: number;
  tempo(at: Tick, tempo: Bpm): void;
  marker(at: Tick, text: string): void;
  /** `onset` counts from the start of the file; no two notes of a pitch and channel may overlap. */
  note(note: Note): void;
  /** Any other channel message. */
  message(at: Tick, status: number, data1: number, data2: number): void;
  /** The file lasts at least so long. */
  lastUntil(at: Tick): void;
  bytes(): Uint8Array;
}

const { noteOn, noteOff } = MESSAGES;
/** The release velocity of senders that measure none. */
const RELEASE_VELOCITY = 64;

export function smfFile(title: string): SmfFile {
  const score = new MIDI.SMF.MTrk();
  const channels = new Map<number, Message[]>();
  let size = 0;
  let end = 0;

  const add = (track: Message[], at: number, message: Message): void => {
    message.tt = Math.round(at);
    // what comes is nearly in order already, so its place is found from the end, where the end-of-track event stays
    let place = track.length - 1;
    while (place > 0 && follows(track[place - 1], message)) place--;
    track.splice(place, 0, message);
    end = Math.max(end, message.tt);
    size++;
  };
  const trackOf = (channel: number): Message[] => {
    let track = channels.get(channel);
    if (track === undefined) {
      track = new MIDI.SMF.MTrk();
      channels.set(channel, track);
      add(track, 0, MIDI.smfSeqName(`channel ${channel + 1}`));
    }
    return track;
  };

  add(score, 0, MIDI.smfSeqName(title));
  add(score, 0, MIDI.smfTimeSignature(BEATS_PER_BAR, 4));

  return {
    get size() {
      return size;
    },
    tempo: (at, tempo) => add(score, at, MIDI.smfBPM(tempo)),
    marker: (at, text) => add(score, at, MIDI.smfMarker(text)),
    note: ({ onset, duration, pitch, velocity, channel }) => {
      const track = trackOf(channel);
      add(track, onset, MIDI([noteOn.status | channel, pitch, velocity]));
      add(track, onset + duration, MIDI([noteOff.status | channel, pitch, RELEASE_VELOCITY]));
    },
    message: (at, status, data1, data2) => {
      add(trackOf(status & 0x0f), at, MIDI([status, data1, data2].slice(0, messageLength(status))));
    },
    lastUntil: (at) => {
      end = Math.max(end, Math.round(at));
    },
    bytes: () => {
      const smf = new MIDI.SMF(1, TICKS_PER_BEAT);
      const inOrder = [...channels].sort(([a], [b]) => a - b).map(([, track]) => track);
      for (const track of [score, ...inOrder]) {
        track[track.length - 1].tt = end;
        smf.push(track);
      }
      return Buffer.from(smf.dump(), 'latin1');
    },
  };
}

/** Whether `there` must stand after `added`: it is later, or it is a note's beginning at the very end of another. */
const follows = (there: Message, added: Message): boolean =>
  there.tt > added.tt || (there.tt === added.tt && isKind(added, noteOff.status) && isKind(there, noteOn.status));

const isKind = (message: Message, status: number): boolean => (message[0] & 0xf0) === status;
