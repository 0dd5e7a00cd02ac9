import type { Decoding } from '../../music/decoding.js';
import { OCTAVE } from '../../music/pitch-class.js';
import type { Span } from './spans.js';

/** A note as it is heard: at a MIDI pitch, 0..127, on a channel, 0..15. */
export interface Placed extends Span {
  readonly pitch: number;
  readonly channel: number;
  /** Who it was before the player's choices: its role's place, and its row as it was read. */
  readonly role: number;
  readonly drawn: number;
}

/** The last of MIDI's channels, 0..15. */
const LAST_CHANNEL = 15;

/** The pitch in the player's range: as it is, or moved there by octaves; null where it is left out. */
export function inRange(pitch: number, { lowest, highest, outside }: Decoding): number | null {
  if (pitch >= lowest && pitch <= highest) return pitch;
  if (outside === 'leave out') return null;
  const octaves = pitch < lowest ? Math.ceil((lowest - pitch) / OCTAVE) : Math.floor((highest - pitch) / OCTAVE);
  const folded = pitch + OCTAVE * octaves;
  return folded >= lowest && folded <= highest ? folded : null;
}

/**
 * The channel, 0..15, of a role, a register or a part, by its place from 0. Where the player's list names none, it is
 * the one so many after the first where these are split, those past 16 on 16, and the first where they are not.
 */
export const channelOf = (place: number, { channel, channels, split }: Decoding): number =>
  place < channels.length ? channels[place] - 1 : Math.min(channel - 1 + (split === 'off' ? 0 : place), LAST_CHANNEL);

/** A register's place, from 0, the highest: `splitAt` holds the lowest pitch of each but the lowest. */
export const registerOf = (pitch: number, splitAt: readonly number[]): number =>
  splitAt.filter((lowest) => pitch < lowest).length;
