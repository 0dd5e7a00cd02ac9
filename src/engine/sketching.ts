import { unreachable } from '../errors.js';
import type { Latent } from '../music/latent.js';
import { inForm, withCells } from '../music/latent-columns.js';
import { slerp } from '../music/latent-mix.js';
import type { Seed } from '../music/random.js';
import type { Sketch } from '../music/sketch.js';
import { withSurroundings } from './endless/surroundings.js';

/** What a model gives to sketch with. */
export interface Pencil {
  /** A seed's noise, times temperature, through the prior. */
  draw(seed: Seed, temperature: number): Promise<Latent>;
  /** A block of the stream of a seed. */
  stream(seed: Seed, temperature: number, index: number): Promise<Latent>;
  /** Refuses a latent of another shape than the model's with a DaimonError. */
  check(latent: Latent): Latent;
}

/**
 * The latent that a sketch stands for; of a block in a stream with its surroundings. `turn` moves each block's own
 * latent, as knobs do, before they are put side by side: a neighbour is turned as it is where it plays itself.
 */
export async function sketched(
  sketch: Sketch,
  pencil: Pencil,
  turn: (latent: Latent) => Latent = (latent) => latent,
): Promise<Latent> {
  const block = async (one: Sketch): Promise<Latent> => turn(await latentOf(one, pencil));
  if (sketch.kind !== 'surrounded') return block(sketch);
  return withSurroundings(await block(sketch.before), await block(sketch.block), await block(sketch.after));
}

async function latentOf(sketch: Sketch, pencil: Pencil): Promise<Latent> {
  const of = (inner: Sketch): Promise<Latent> => latentOf(inner, pencil);
  switch (sketch.kind) {
    case 'seed':
      return pencil.draw(sketch.seed, sketch.temperature);
    case 'stream':
      return pencil.stream(sketch.seed, sketch.temperature, sketch.index);
    case 'surrounded':
      return sketched(sketch, pencil);
    case 'given':
      return pencil.check(sketch.latent);
    case 'morph':
      return slerp(await of(sketch.from), await of(sketch.to), sketch.amounts);
    case 'hold':
      return withCells(await of(sketch.of), await of(sketch.held), sketch.cells);
    case 'form':
      return inForm(await of(sketch.of), sketch.form);
    default:
      return unreachable(sketch);
  }
}
