import { complaintsOf, SMF, type Smf, type SmfChunk, type SmfEvent } from './smf-parser.js';

/** A note as the file has it, in ticks of the file. `end` is where its note off was found, or the end of its track. */
export interface FileNote {
  readonly onset: number;
  readonly end: number;
  readonly pitch: number;
  /** 0..15. */
  readonly channel: number;
  /** Index into the file's tracks. */
  readonly track: number;
}

export interface Meter {
  /** In ticks of the file. */
  readonly tick: number;
  readonly numerator: number;
  readonly denominator: number;
}

export interface MidiFile {
  readonly kind: 'song';
  readonly ticksPerQuarter: number;
  /** The tracks' names, in the order of the file; empty where a track has none. */
  readonly tracks: readonly string[];
  /** Of all tracks and channels, by onset. */
  readonly notes: readonly FileNote[];
  /** By tick; empty where the file names no meter. */
  readonly meters: readonly Meter[];
}

/** Why a file is not used, as the end of a sentence. */
export interface BrokenFile {
  readonly kind: 'broken';
  readonly reason: string;
}

/** Songs are under 200 KB; the parser needs some 350 bytes for each byte of a file made to cost the most. */
export const MAX_FILE_BYTES = 1 << 20;
/** Sequencers write a few dozen. */
const MAX_CHUNKS = 256;
/** Close to three hours at 120 beats a minute: a later note comes from a damaged delta time, not from music. */
const MAX_QUARTERS = 20_000;

/** What the parser mends by guessing at lost or overwritten bytes: notes read past such a place are not the song's. */
const DAMAGE = new Map([
  ['Invalid MIDI file type', 'its type is none of 0, 1 and 2'],
  ['Invalid track length', 'a track states a length that cannot be'],
  ['Incomplete data', 'it ends inside a track'],
  ['Incomplete track data', 'a track ends inside a message'],
  ['Bad byte sequence', 'a delta time or length runs past four bytes'],
  ['Bad MIDI value set to 0', 'a data byte is above 127'],
  ['Unexpected MIDI message', 'a track holds a message that files may not hold'],
]);

const broken = (reason: string): BrokenFile => ({ kind: 'broken', reason });

/**
 * Reads a Standard MIDI File of type 0 or 1. Note offs close the oldest open note of their pitch and channel in their
 * track; notes left open end with the track. Never throws: a file that can't be used comes back with its reason.
 */
export function readMidi(bytes: Uint8Array): MidiFile | BrokenFile {
  if (bytes.length === 0) return broken('it is empty');
  if (bytes.length > MAX_FILE_BYTES) return broken(`it is larger than ${MAX_FILE_BYTES >> 20} MiB`);
  const smf = parse(bytes);
  if (typeof smf === 'string') return broken(smf);
  if (smf.type === 2) return broken('it is of type 2, patterns without a common time');
  if (smf.ppqn === undefined) return broken(`it counts SMPTE frames (${smf.fps} a second), not beats`);
  if (smf.length > MAX_CHUNKS) return broken(`it has ${smf.length} tracks, more than ${MAX_CHUNKS}`);
  const notes: FileNote[] = [];
  const meters: Meter[] = [];
  const chunks = Array.from(smf).filter(({ type }) => type === 'MTrk');
  const tracks = chunks.map((chunk, track) => readTrack(chunk, track, notes, meters));
  for (const { msg, off } of complaintsOf(smf, chunks) ?? []) {
    const reason = DAMAGE.get(msg);
    if (reason !== undefined) return broken(`${reason} (byte ${off ?? '?'})`);
  }
  notes.sort((a, b) => a.onset - b.onset);
  meters.sort((a, b) => a.tick - b.tick || a.numerator - b.numerator || a.denominator - b.denominator);
  const quarters = (notes.at(-1)?.onset ?? 0) / smf.ppqn;
  if (!(quarters <= MAX_QUARTERS))
    return broken(`its last note lies ${Math.round(quarters)} beats in, more than ${MAX_QUARTERS}`);
  return { kind: 'song', ticksPerQuarter: smf.ppqn, tracks, notes, meters };
}

function parse(bytes: Uint8Array): Smf | string {
  try {
    return new SMF(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason === 'Not a MIDI file') return 'it has no MIDI header';
    if (reason === 'Invalid MIDI header') return 'its header divides the beat by nothing';
    if (reason === 'No MIDI tracks') return 'it has no track';
    return `it can't be parsed (${reason})`;
  }
}

/** Adds a track's notes and meters to those of the others, and gives its name. */
function readTrack(chunk: SmfChunk, track: number, notes: FileNote[], meters: Meter[]): string {
  let name = '';
  const open = new Map<number, { readonly onsets: number[]; closed: number }>();
  let now = 0;
  for (let i = 0; i < chunk.length; i++) {
    const event: SmfEvent = chunk[i];
    now = event.tt;
    if (event.ff === END_OF_TRACK) break;
    if (event.ff === TRACK_NAME && name === '') name = event.dd ?? '';
    if (event.ff === TIME_SIGNATURE) addMeter(event, meters);
    if (event.ff !== undefined) continue;
    const command = event[0] & 0xf0;
    if (command !== NOTE_ON && command !== NOTE_OFF) continue;
    const key = ((event[0] & 0x0f) << 7) | event[1];
    const held = open.get(key);
    if (command === NOTE_ON && event[2] > 0) {
      if (held) held.onsets.push(now);
      else open.set(key, { onsets: [now], closed: 0 });
    } else if (held && held.closed < held.onsets.length) {
      notes.push(noteOf(key, held.onsets[held.closed++], now, track));
    }
  }
  for (const [key, { onsets, closed }] of open) {
    for (const onset of onsets.slice(closed)) notes.push(noteOf(key, onset, now, track));
  }
  return name;
}

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
const TRACK_NAME = 0x03;
const END_OF_TRACK = 0x2f;
const TIME_SIGNATURE = 0x58;

const noteOf = (key: number, onset: number, end: number, track: number): FileNote => ({
  onset,
  end,
  pitch: key & 127,
  channel: key >> 7,
  track,
});

/** Data of a time signature: numerator, then the power of two that the denominator is. */
function addMeter(event: SmfEvent, meters: Meter[]): void {
  const data = event.dd ?? '';
  if (data.length < 2) return;
  meters.push({ tick: event.tt, numerator: data.charCodeAt(0), denominator: 2 ** data.charCodeAt(1) });
}
