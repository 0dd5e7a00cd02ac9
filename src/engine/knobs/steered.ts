import { DaimonError } from '../../errors.js';
import type { Latent } from '../../music/latent.js';
import type { Knobs } from '../../music/sketch.js';
import { didYouMean } from '../../suggest.js';
import type { Knob, ModelKnobs, Move } from './knobs.js';

/** A move, and how often it is made. */
interface Turn {
  readonly move: Move;
  readonly times: number;
}

/**
 * A latent of any number of columns as the knobs have it. A knob at v goes |v| of the way from the block's own level, as
 * the knob counts it (all of it, a part or none: see `level`), to that of the knob's end, on its direction, in all columns
 * alike; a component adds itself v times. All start from the latent that is given, so that their order says nothing. Throws DaimonError `draw` for a name or a value that is none.
 */
export function steered(
  latent: Latent,
  { knobs, components }: Pick<ModelKnobs, 'knobs' | 'components'>,
  values: Knobs,
): Latent {
  const turned = Object.entries(values).filter(([, value]) => value !== 0);
  if (turned.length === 0) return latent;
  const means = columnMeans(latent);
  const turns = turned.map(([name, value]): Turn => {
    if (!(Math.abs(value) <= 1)) {
      throw new DaimonError('draw', `The knob "${name}" can't be at ${value}: give it a number from -1 to 1.`);
    }
    const knob = knobs.find((one) => one.name === name);
    if (knob !== undefined) return { move: knob.move, times: timesOf(knob, value, means) };
    const component = components.find((one) => one.name === name);
    if (component !== undefined) return { move: component.move, times: value };
    const names = [...knobs, ...components].map((one) => one.name);
    throw new DaimonError(
      'draw',
      `This model has no knob "${name}": ${names.length === 0 ? 'it has none' : `there are ${names.join(', ')}`}.${didYouMean(name, names)}`,
    );
  });
  return moved(latent, means, turns);
}

/** How many levels a knob's value is away from the block's own. */
export function timesOf({ level, ends }: Pick<Knob, 'level' | 'ends'>, value: number, means: Float64Array): number {
  const own = means.reduce((sum, x, i) => sum + x * (level.weights[i] ?? 0), level.bias);
  return Math.abs(value) * ((value < 0 ? ends[0] : ends[1]) - own);
}

/** Mean over the columns, [channels][rows]. */
export function columnMeans({ shape: { channels, rows, columns }, values }: Latent): Float64Array {
  const means = new Float64Array(channels * rows);
  for (let i = 0; i < values.length; i++) means[Math.floor(i / columns)]! += values[i]! / columns;
  return means;
}

/** Every column moved alike; its distance from the columns' mean scaled. */
export function moved(latent: Latent, means: Float64Array, turns: readonly Turn[]): Latent {
  const { columns } = latent.shape;
  const offset = new Float64Array(means.length);
  for (const { move, times } of turns) for (let i = 0; i < offset.length; i++) offset[i]! += times * move.offset[i]!;
  const widening = Math.exp(turns.reduce((sum, { move, times }) => sum + times * move.spread, 0)) - 1;
  return {
    shape: latent.shape,
    values: latent.values.map((x, i) => {
      const row = Math.floor(i / columns);
      return x + offset[row]! + widening * (x - means[row]!);
    }),
  };
}
