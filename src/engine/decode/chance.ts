import { deriveSeed, MAX_SEED, type Seed } from '../../music/random.js';
import { PITCHES } from '../../music/roll.js';
import type { Placed } from './placing.js';

/**
 * Whether a note is played, by its own dice: the same for the same block, whatever else is chosen, and what is played
 * by one chance is played by any higher one.
 */
export const isPlayed = ({ role, drawn, start }: Placed, chance: number, blockSeed: Seed): boolean =>
  chance === 1 || deriveSeed(deriveSeed(blockSeed, start), role * PITCHES + drawn) / (MAX_SEED + 1) < chance;
