import { majorFits, majorTonic } from '../../../music/common-key.js';
import { STEPS_PER_BLOCK } from '../../../music/units.js';
import { type GridNote, MIDI_PITCHES } from '../../corpus/grid.js';

export interface PitchFeatures {
  readonly scaleConsistency: number;
  readonly pitchRange: number;
  readonly meanPitch: number;
  readonly pitchCount: number;
  readonly meanInterval: number;
  readonly pitchClassShares: Float64Array;
  readonly pitchClassMoves: Float64Array;
}

const CLASSES = 12;

/** Which pitches begin, and how the top voice goes from one to the next. There is at least one note. */
export function pitchFeatures(notes: readonly GridNote[]): PitchFeatures {
  const tonic = majorTonic(notes);
  const counts = new Uint16Array(MIDI_PITCHES);
  const pitchClassShares = new Float64Array(CLASSES);
  const top = new Uint8Array(STEPS_PER_BLOCK);
  let sum = 0;
  for (const { onset, pitch } of notes) {
    counts[pitch]++;
    sum += pitch;
    pitchClassShares[aboveTonic(pitch, tonic)]++;
    if (pitch > top[onset]) top[onset] = pitch;
  }
  const lowest = counts.findIndex((n) => n > 0);
  const highest = counts.findLastIndex((n) => n > 0);
  return {
    scaleConsistency: Math.max(...majorFits(notes)),
    pitchRange: highest - lowest,
    meanPitch: sum / notes.length,
    pitchCount: counts.reduce((count, n) => count + (n > 0 ? 1 : 0), 0),
    pitchClassShares: pitchClassShares.map((n) => n / notes.length),
    ...melodyFeatures(top, tonic),
  };
}

const aboveTonic = (pitch: number, tonic: number): number => (pitch + CLASSES - tonic) % CLASSES;

/** `top`: the highest pitch that begins on each step; 0 where none does, as no note of a grid has the pitch 0. */
function melodyFeatures(top: Uint8Array, tonic: number): Pick<PitchFeatures, 'meanInterval' | 'pitchClassMoves'> {
  const pitchClassMoves = new Float64Array(CLASSES * CLASSES);
  let leaps = 0;
  let moves = 0;
  let last = 0;
  for (const pitch of top) {
    if (pitch === 0) continue;
    if (last > 0) {
      leaps += Math.abs(pitch - last);
      moves++;
      pitchClassMoves[aboveTonic(last, tonic) * CLASSES + aboveTonic(pitch, tonic)]++;
    }
    last = pitch;
  }
  if (moves === 0) return { meanInterval: 0, pitchClassMoves };
  return { meanInterval: leaps / moves, pitchClassMoves: pitchClassMoves.map((n) => n / moves) };
}
