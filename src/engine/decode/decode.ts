import type { Decoding } from '../../music/decoding.js';
import { byOnset, type Note } from '../../music/note.js';
import type { PianoRoll } from '../../music/roll.js';
import { step, stepToTick, tick } from '../../music/units.js';
import { type Span, spansOf } from './spans.js';
import { velocityOf } from './velocity.js';
import { limitVoices } from './voices.js';

/** A roll as notes, by the player's choices: sorted by onset, inside the block, no two of one pitch at once. */
export function decode(roll: PianoRoll, decoding: Decoding): readonly Note[] {
  const pitchOf = (span: Span): number => roll.basePitch + span.row + decoding.transpose;
  const inRange = spansOf(roll, decoding).filter((span) => {
    const pitch = pitchOf(span);
    return pitch >= decoding.lowest && pitch <= decoding.highest;
  });
  return limitVoices(inRange, decoding.voices)
    .map(
      (span): Note => ({
        onset: stepToTick(step(span.start)),
        duration: tick(Math.max(1, Math.round(stepToTick(step(span.length)) * decoding.gate))),
        pitch: pitchOf(span),
        velocity: velocityOf(span.start, span.probability, decoding),
        channel: decoding.channel - 1,
      }),
    )
    .sort(byOnset);
}
