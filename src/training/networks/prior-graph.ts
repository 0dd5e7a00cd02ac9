import type { Graph } from '../../engine/graph/graph.js';
import type { LatentShape } from '../../music/latent.js';
import type { Form } from '../recipes/forms.js';
import { add, scale, subtract } from '../tape/arithmetic.js';
import { FLOAT32, int } from '../tape/attribute.js';
import type { Values } from '../tape/compile.js';
import { matmul } from '../tape/linear.js';
import { channels, reshape } from '../tape/shape.js';
import { createTape, type Tape, type Tensor } from '../tape/tape.js';
import { inferenceLayers } from './layers.js';
import { TIME_FEATURES, TOLD, timeFeatures, velocity } from './velocity.js';

/** Heun steps from noise to latent. */
const DRAWING_STEPS = 6;

/** Noise has one channel more than the latent; the first number in it chooses the form, the others say nothing. */
export const noiseShapeFor = (shape: LatentShape): LatentShape => ({ ...shape, channels: shape.channels + 1 });

/**
 * The flow as one graph, `noise` -> `latent`: a form is chosen, columns that are alike get noise that is, scaled by a
 * temperature, and Heun's method, all its steps written out, carries it along.
 */
export function flowPriorGraph(
  weights: Values,
  forms: readonly Form[],
  roles: number,
  shape: LatentShape,
  { width, temperature }: { readonly width: number; readonly temperature: number },
): Graph {
  const tape = createTape();
  const layers = inferenceLayers(tape, weights, {});
  const { channels: c, rows, columns } = shape;
  const noise = tape.input('noise', [1, c + 1, rows, columns]);
  const chosen = choose(tape, reshape(tape, channels(tape, noise, c, c + 1), [1, rows * columns]), forms.length);
  const look = (values: (form: Form) => Float32Array, shapeOfOne: readonly number[]): Tensor => {
    const each = forms.map(values);
    const table = new Float32Array(each.length * each[0]!.length);
    each.forEach((row, i) => {
      table.set(row, i * row.length);
    });
    return reshape(tape, matmul(tape, chosen, tape.constant(table, [forms.length, each[0]!.length])), [
      1,
      ...shapeOfOne,
    ]);
  };
  const form = {
    told: look(({ told }) => told, [roles * TOLD, 1, columns]),
    mixing: look(({ mixing }) => mixing, [columns, columns]),
  };
  const beginning = look((f) => f.beginning, [columns, columns]);
  const copies = look(copiesOf, [columns, columns]);
  const columnsBy = (x: Tensor, shares: Tensor): Tensor =>
    reshape(tape, matmul(tape, reshape(tape, x, [1, c * rows, columns]), shares), [1, c * rows, 1, columns]);

  let x = columnsBy(scale(tape, channels(tape, noise, 0, c), temperature), beginning);
  const step = 1 / DRAWING_STEPS;
  for (let i = 0; i < DRAWING_STEPS; i++) {
    const at = (time: number) => tape.constant(timeFeatures(time), [1, TIME_FEATURES, 1, 1]);
    const first = velocity(layers, x, at(i * step), form, width);
    const guess = add(tape, x, scale(tape, first, step));
    const second = velocity(layers, guess, at((i + 1) * step), form, width);
    x = add(tape, x, scale(tape, add(tape, first, second), step / 2));
  }
  return tape.graph('prior', { latent: reshape(tape, columnsBy(x, copies), [1, c, rows, columns]) }, true);
}

/** The first of each row's normal numbers [n, k] chooses one of `count` equally likely things: [n, count], a one among zeros. */
function choose(tape: Tape, normals: Tensor, count: number): Tensor {
  const first = channels(tape, normals, 0, 1);
  const above = (bounds: readonly number[]): Tensor => {
    const truth = tape.emit('Greater', [first, tape.constant(bounds, [1, count])], [1, count]);
    return tape.emit('Cast', [truth], truth.shape, { to: int(FLOAT32) });
  };
  const bounds = quantiles(count);
  return subtract(tape, above(bounds.slice(0, -1)), above(bounds.slice(1)));
}

/** Numbers that cut the normal distribution in `count` equal parts, with what no noise reaches at either end. */
export function quantiles(count: number): number[] {
  const END = 10;
  const STEP = 1e-4;
  const bounds = [-END];
  let below = 0;
  for (let x = -END; bounds.length < count; x += STEP) {
    below += (STEP * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
    if (below >= bounds.length / count) bounds.push(x);
  }
  return [...bounds, END];
}

/** [8, 8]: a one where the column (second axis) holds what the other (first axis) holds. */
const copiesOf = ({ source }: Form): Float32Array => {
  const copies = new Float32Array(source.length ** 2);
  source.forEach((from, to) => {
    copies[from * source.length + to] = 1;
  });
  return copies;
};
