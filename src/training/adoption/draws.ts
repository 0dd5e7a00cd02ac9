import type { Network } from '../../engine/backends/backend.js';
import { DaimonError } from '../../errors.js';
import { latentSize, noiseFrom } from '../../music/latent.js';
import { deriveSeed, seed } from '../../music/random.js';
import { MAX_ROLES, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Signature } from './signature.js';

/** What a generator gave for standard normal noise. */
export interface Draws {
  readonly planes: number;
  /** Row-major [planes, 64, 256] of each. */
  readonly rolls: readonly Float32Array[];
  /** Another latent gives another roll. */
  readonly listens: boolean;
}

/** Enough that a mean over 16 bars of each moves by no tenth of itself with other seeds. */
const DRAWN = 32;
const DRAWN_FROM = seed(1);

/** Throws DaimonError `model` for a network that gives no rolls, or not the same for the same latent. */
export async function drawRolls(network: Network, { channels, flat }: Signature, from: string): Promise<Draws> {
  const shape = { channels, rows: 2, columns: 8 };
  const run = async (i: number): Promise<{ readonly data: Float32Array; readonly shape: readonly number[] }> => {
    const data = noiseFrom(deriveSeed(DRAWN_FROM, i), shape).values;
    return network.run({ data, shape: flat ? [1, latentSize(shape)] : [1, channels, 2, 8] });
  };
  const first = await run(0);
  const [batch, planes, ...rest] = first.shape;
  const isRoll = batch === 1 && rest.length === 2 && rest[0] === PITCHES && rest[1] === STEPS_PER_BLOCK;
  if (!isRoll || !(planes === 1 || (planes % 2 === 0 && planes <= 2 * MAX_ROLES))) {
    throw new DaimonError(
      'model',
      `${from} gives a roll of [${first.shape.join(', ')}]; wanted is [1, planes, 64, 256], pitches from the lowest up, ` +
        `with one plane, or with two (sounding, onset) for each of at most ${MAX_ROLES} roles.`,
    );
  }
  const rolls = [Float32Array.from(first.data)];
  for (let i = 1; i < DRAWN; i++) rolls.push(Float32Array.from((await run(i)).data));
  const again = await run(0);
  if (again.data.some((value, i) => value !== rolls[0][i])) {
    throw new DaimonError(
      'model',
      `${from} gives another roll each time for the same latent: export it for inference, with no noise or dropout in it.`,
    );
  }
  if (!rolls.every((roll) => roll.every(Number.isFinite))) {
    throw new DaimonError(
      'model',
      `${from} gives values that are no numbers: look at its weights, and export it again.`,
    );
  }
  return { planes, rolls, listens: rolls[1].some((value, i) => value !== rolls[0][i]) };
}
