import { MAX_ROLES, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BAR } from '../../music/units.js';
import { SPACER_PITCH } from '../../smf/note-choice.js';
import { MIDI_PITCHES } from './grid.js';
import { type PackedBlock, unpackNotes } from './planes.js';
import type { Song } from './song.js';

/** Where the onsets of the files went. Each is counted once; with all twelve transpositions, once in each. */
export interface Tally {
  readonly onsets: number;
  /** On channel 10. */
  readonly drums: number;
  /** Below or above the 64 pitches. */
  readonly outside: number;
  /** On a step where the same pitch of the same role began already. */
  readonly merged: number;
  /** In bars that are not of four quarters, or before or after all that are. */
  readonly otherMeter: number;
  /** In bars of four quarters that no window covers. */
  readonly unused: number;
  /** Found in the onset plane of one block or more. */
  readonly kept: number;
  /** All others. */
  readonly lost: number;
}

export const NOTHING: Tally = {
  onsets: 0,
  drums: 0,
  outside: 0,
  merged: 0,
  otherMeter: 0,
  unused: 0,
  kept: 0,
  lost: 0,
};

export const addTallies = (a: Tally, b: Tally): Tally => ({
  onsets: a.onsets + b.onsets,
  drums: a.drums + b.drums,
  outside: a.outside + b.outside,
  merged: a.merged + b.merged,
  otherMeter: a.otherMeter + b.otherMeter,
  unused: a.unused + b.unused,
  kept: a.kept + b.kept,
  lost: a.lost + b.lost,
});

/** Counts a song against its packed blocks, which are read back for it: `blocks[i]` is `song.windows[i]`, transposed. */
export function tallySong(
  song: Song,
  onsets: number,
  blocks: readonly PackedBlock[],
  basePitch: number,
  transpose: number,
): Tally {
  const fits = (pitch: number): boolean =>
    pitch !== SPACER_PITCH && pitch + transpose >= basePitch && pitch + transpose < basePitch + PITCHES;
  let outside = 0;
  let merged = 0;
  for (let pitch = 0; pitch < MIDI_PITCHES; pitch++) {
    if (fits(pitch)) merged += song.merged[pitch];
    else outside += song.struck[pitch];
  }
  const found = new Set<number>();
  blocks.forEach((bits, i) => {
    const { start, span } = song.windows[i];
    song.roles.forEach((_, role) => {
      for (const { onset, pitch } of unpackNotes(bits, role, basePitch - transpose)) {
        found.add(placeOf(role, start + (onset % span), pitch));
      }
    });
  });
  const places = placesOf(song);
  let otherMeter = 0;
  let unused = 0;
  let kept = 0;
  song.roles.forEach((notes, role) => {
    for (const { onset, pitch } of notes) {
      if (!fits(pitch)) continue;
      if (found.has(placeOf(role, onset, pitch))) kept++;
      else if (places[onset] === OTHER_METER) otherMeter++;
      else if (places[onset] === UNUSED) unused++;
    }
  });
  const lost = onsets - song.drums - outside - merged - otherMeter - unused - kept;
  return { onsets, drums: song.drums, outside, merged, otherMeter, unused, kept, lost };
}

/** A number for each role, step of the song and pitch. */
const placeOf = (role: number, onset: number, pitch: number): number =>
  (onset * MAX_ROLES + role) * MIDI_PITCHES + pitch;

const OTHER_METER = 0;
const UNUSED = 1;
const IN_WINDOW = 2;

/** For each step of the song, which of the three it is. */
function placesOf({ notes, runs, windows }: Song): Uint8Array {
  const places = new Uint8Array((notes.at(-1)?.onset ?? 0) + 1).fill(OTHER_METER);
  for (const { start, bars } of runs) places.fill(UNUSED, start, start + bars * STEPS_PER_BAR);
  for (const { start, span } of windows) places.fill(IN_WINDOW, start, start + span);
  return places;
}
