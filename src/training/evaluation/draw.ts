import { decode } from '../../engine/decode/decode.js';
import type { Decoding } from '../../music/decoding.js';
import { type LatentShape, noiseFrom } from '../../music/latent.js';
import { deriveSeed, type Seed } from '../../music/random.js';
import { type RollShape, rollOf } from '../../music/roll.js';
import { step, TICKS_PER_STEP } from '../../music/units.js';
import type { GridNote } from '../corpus/grid.js';
import type { Networks } from '../recipes/recipe.js';
import { type CompileOptions, compile } from '../tape/compile.js';

/** How a network's numbers are to be taken. */
export interface Reading {
  readonly noise: LatentShape;
  readonly roll: RollShape;
  readonly decoding: Decoding;
}

/** Draws blocks as the daemon would, with seeds that follow from one, and gives their notes. */
export async function drawBlocks(
  { generator, prior }: Pick<Networks, 'generator' | 'prior'>,
  { noise: shape, roll, decoding }: Reading,
  count: number,
  seed: Seed,
  options: CompileOptions,
): Promise<GridNote[][]> {
  const generate = await compile(generator, options);
  const locate = prior && (await compile(prior, options));
  const blocks: GridNote[][] = [];
  for (let i = 0; i < count; i++) {
    const own = deriveSeed(seed, i);
    const noise = noiseFrom(own, shape).values;
    const latent = locate ? (await locate.run({ noise })).latent! : noise;
    const values = (await generate.run({ latent })).roll!;
    const notes = decode(rollOf(values, roll), decoding, { seed: own });
    blocks.push(
      notes.map((note) => ({
        onset: step(note.onset / TICKS_PER_STEP),
        end: step((note.onset + note.duration) / TICKS_PER_STEP),
        pitch: note.pitch,
      })),
    );
  }
  await generate.close();
  await locate?.close();
  return blocks;
}
