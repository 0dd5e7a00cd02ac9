import type { Chord } from '../../music/chord.js';
import type { Decoding } from '../../music/decoding.js';
import { byOnset, type Note } from '../../music/note.js';
import type { Seed } from '../../music/random.js';
import { PITCHES, type PianoRoll, type RoleRoll } from '../../music/roll.js';
import { plus, step, stepToTick, tick } from '../../music/units.js';
import { isPlayed } from './chance.js';
import { cutAtNextStrike, joinUnisons } from './channels.js';
import { thinned, thresholdsFor } from './density.js';
import { emptyBars, likeliestIn } from './empty-bars.js';
import { heldOn } from './legato.js';
import { partsOf } from './parts.js';
import { channelOf, inRange, type Placed, registerOf } from './placing.js';
import { type Preference, preferenceOf, shiftOf } from './preference.js';
import { ratcheted, strikesBy } from './ratchets.js';
import { spansOfVoices } from './reading.js';
import { repeated } from './repeats.js';
import { rescored } from './rescoring.js';
import { rested } from './rests.js';
import { type Span, spansOfSounding, type Thresholds } from './spans.js';
import { textured } from './texture.js';
import { velocityOf } from './velocity.js';
import { limitVoices } from './voices.js';

/** What a block is played under, beside the player's choices. */
export interface Moment {
  /** The block's: by it chance falls, each time alike. */
  readonly seed: Seed;
  /** Those to follow, as they are heard, in the order of their steps. */
  readonly chords?: readonly Chord[];
}

/**
 * A roll as notes, by the player's choices: sorted by onset, inside the block, no two of one pitch at once on a
 * channel. A pure function of what it is given, so that it can be asked again whenever a choice changes. In this order,
 * each step leaving all as it is where its choice is the default:
 *
 * 1. probabilities repeat (`repeats`);
 * 2. the onset threshold is found that gives the `density`, by doing 3 to 5 for each it tries;
 * 3. each role is read (thresholds), and its notes' pitches are chosen anew (`scale`, `follow`);
 * 4. pitches become those that are heard (`key`, `transpose`, `octave`), inside the range, on their channels;
 * 5. unisons are one note; `texture` and `voices` say which notes sound, before one is cut by another that does not;
 * 6. the surest of them are played (`density`), some of these (`chance`), some of the time (`rests`);
 * 7. notes get their lengths (`legato`, `gate`), strikes (`ratchets`) and velocities;
 * 8. bars in which nothing sounds get notes, by 3 to 5 with lower thresholds (`emptyBars`).
 */
export function decode(roll: PianoRoll, decoding: Decoding, { seed, chords = [] }: Moment): readonly Note[] {
  const heard = repeated(roll, decoding.repeats, decoding.repeatOf);
  const preference = preferenceOf(decoding, chords);
  const hasOnsets = heard.roles.every(({ onset }) => onset !== null);
  const count = (thresholds: Thresholds): number => sounding(heard, decoding, thresholds, preference).length;
  const thresholds = thresholdsFor(decoding.density, decoding, hasOnsets, count);
  const all = thinned(sounding(heard, decoding, thresholds, preference), decoding.density);
  const notes = all.filter((one) => isPlayed(one, decoding.chance, seed));
  const spans = heldOn(cutAtNextStrike(rested(notes, decoding.rests)), decoding.legato);
  const played = struck(spans, decoding);
  if (decoding.emptyBars === 'fill') {
    const again = (part: PianoRoll, lower: Thresholds): readonly Placed[] =>
      cutAtNextStrike(rested(sounding(part, decoding, lower, preference), decoding.rests));
    const isAllowed = (row: number): boolean => inRange(row + heard.basePitch + shiftOf(decoding), decoding) !== null;
    const likeliest = likeliestIn(emptyBars(played), heard, isAllowed, decoding, again);
    played.push(...struck(rested(likeliest, decoding.rests), decoding));
  }
  return played.sort(byOnset);
}

/** Steps 3 to 5: the notes that sound, each at its pitch and on its channel. */
function sounding(
  roll: PianoRoll,
  decoding: Decoding,
  thresholds: Thresholds,
  preference: Preference | null,
): readonly Placed[] {
  const all = roll.roles.flatMap((role, place) =>
    placed(role, place, roll.basePitch, decoding, thresholds, preference),
  );
  const notes = limitVoices(textured(joinUnisons(all), decoding.texture), decoding.voices);
  if (decoding.split !== 'parts') return notes;
  const parts = partsOf(notes);
  return notes.map((note, i) => ({ ...note, channel: channelOf(parts[i], decoding) }));
}

/** A role's notes where they are heard. Parts are told apart later: until then all are on one channel. */
function placed(
  role: RoleRoll,
  place: number,
  basePitch: number,
  decoding: Decoding,
  thresholds: Thresholds,
  preference: Preference | null,
): readonly Placed[] {
  const { split, splitAt } = decoding;
  const shift = basePitch + shiftOf(decoding);
  const ofRole = split === 'parts' ? 0 : channelOf(place, decoding);
  const heard: Placed[] = [];
  const hear = ({ row, start, length, probability }: Span, drawn: number): void => {
    const pitch = inRange(row + shift, decoding);
    if (pitch === null) return;
    const channel = split === 'registers' ? channelOf(registerOf(pitch, splitAt), decoding) : ofRole;
    heard.push({ row, start, length, probability, role: place, drawn, pitch, channel });
  };
  const read = spansOf(role, thresholds);
  if (preference === null) for (const span of read) hear(span, span.row);
  else {
    const known = read.map((span) => ({ ...span, drawn: span.row }));
    for (const span of rescored(known, role, preference, shift)) hear(span, span.drawn);
  }
  return heard;
}

/** A role without onsets is read as any number of voices: models whose music is in roles have both planes. */
function spansOf({ sounding, onset, voices }: RoleRoll, thresholds: Thresholds): Span[] {
  return onset === null
    ? spansOfSounding(sounding, thresholds)
    : spansOfVoices(sounding, onset, voices ?? PITCHES, thresholds);
}

/** The notes in ticks, each as often as it is struck. */
function struck(spans: readonly Placed[], decoding: Decoding): Note[] {
  const strikesAt = strikesBy(decoding.ratchets);
  const notes: Note[] = [];
  for (const { start, length, probability, pitch, channel } of spans) {
    const velocity = velocityOf(start, probability, decoding);
    for (const { after, ticks } of ratcheted(stepToTick(step(length)), strikesAt(start))) {
      const onset = plus(stepToTick(step(start)), tick(after));
      const duration = tick(Math.max(1, Math.round(ticks * decoding.gate)));
      notes.push({ onset, duration, pitch, velocity, channel });
    }
  }
  return notes;
}
