import type { Decoding } from '../../music/decoding.js';
import { byOnset, type Note } from '../../music/note.js';
import type { PianoRoll, RoleRoll } from '../../music/roll.js';
import { step, stepToTick, tick } from '../../music/units.js';
import { cutAtNextStrike, joinUnisons, type Placed } from './channels.js';
import { oneAtATime } from './monophony.js';
import { spansOf } from './spans.js';
import { velocityOf } from './velocity.js';
import { limitVoices } from './voices.js';

/** The last of MIDI's channels, 0..15. */
const LAST_CHANNEL = 15;

/**
 * A roll as notes, by the player's choices: sorted by onset, inside the block, no two of one pitch at once on a
 * channel. Voices are counted over all roles, before a note is cut, so that none is cut by one that does not sound.
 */
export function decode(roll: PianoRoll, decoding: Decoding): readonly Note[] {
  const pitchOf = ({ row }: Placed): number => roll.basePitch + row + decoding.transpose;
  const inRange = roll.roles
    .flatMap((role, index) => placed(role, index, decoding))
    .filter((span) => pitchOf(span) >= decoding.lowest && pitchOf(span) <= decoding.highest);
  return cutAtNextStrike(limitVoices(joinUnisons(inRange), decoding.voices))
    .map(
      (span): Note => ({
        onset: stepToTick(step(span.start)),
        duration: tick(Math.max(1, Math.round(stepToTick(step(span.length)) * decoding.gate))),
        pitch: pitchOf(span),
        velocity: velocityOf(span.start, span.probability, decoding),
        channel: span.channel,
      }),
    )
    .sort(byOnset);
}

/** A role's notes on the channel that is theirs. */
function placed(role: RoleRoll, index: number, decoding: Decoding): readonly Placed[] {
  const spans = spansOf(role, decoding);
  const channel = Math.min(decoding.channel - 1 + decoding.split * index, LAST_CHANNEL);
  return (role.voices === 1 ? oneAtATime(spans) : spans).map((span) => ({ ...span, channel }));
}
