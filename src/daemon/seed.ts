import { randomInt } from 'node:crypto';
import type { Preset } from '../music/preset.js';
import { type Seed, seed } from '../music/random.js';

/** A seed chosen for the player has six digits at most: one to remember. */
const SEEDS = 1_000_000;

/** The take's seed: the one asked for, else the preset's, else any. */
export const chooseSeed = (asked: Seed | null, preset: Preset): Seed => asked ?? preset.seed ?? seed(randomInt(SEEDS));
