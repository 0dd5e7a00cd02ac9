import { moved } from '../../engine/knobs/steered.js';
import type { Seed } from '../../music/random.js';
import { chancesFor, type DrawnBlock } from './blocks.js';
import type { Frame } from './frame.js';
import type { Instrument } from './instrument.js';
import { dot, ridge, type Vector } from './linear.js';
import type { Reading, Spread } from './spread.js';

/** How far the blocks of a pair are moved, in standard deviations of the columns: about as far as a knob goes. */
const REACH = 2.1;
const PENALTY = 1e-3;

/** How a number of the readings answers to moves. */
export interface Response {
  /** In its standard deviations for each coordinate of a move. */
  readonly gradient: Vector;
  /** Share of its answers' variance that the gradient tells. */
  readonly told: number;
}

/** Moves blocks to and fro by chance, and tells from what that did how each number answers, on the mean of all blocks. */
export async function responsesOf(
  instrument: Instrument,
  frame: Frame,
  { deviation }: Spread,
  blocks: readonly DrawnBlock[],
  pairs: number,
  seed: Seed,
): Promise<readonly Response[]> {
  const random = chancesFor(seed, 'pairs', 0);
  const amplitude = REACH / Math.sqrt(frame.size);
  const rows: Vector[] = [];
  const changes: Reading[] = [];
  for (let i = 0; i < pairs; i++) {
    const block = blocks[i % blocks.length];
    const coordinates = Float64Array.from({ length: frame.size }, () => random.normal() * amplitude);
    const there = await readMoved(instrument, block, frame, coordinates, 1);
    const back = await readMoved(instrument, block, frame, coordinates, -1);
    if (there === null || back === null) continue;
    rows.push(coordinates);
    changes.push(there.map((x, k) => (x - back[k]) / 2));
  }
  const targets = Array.from(deviation, (d, k) => changes.map((change) => (d > 0 ? change[k] / d : 0)));
  return ridge(rows, targets, PENALTY).map((gradient, k) => ({ gradient, told: toldBy(gradient, rows, targets[k]) }));
}

const readMoved = (
  instrument: Instrument,
  { latent, means }: DrawnBlock,
  frame: Frame,
  coordinates: Vector,
  times: number,
): Promise<Reading | null> => instrument.read(moved(latent, means, [{ move: frame.moveOf(coordinates), times }]));

function toldBy(gradient: Vector, rows: readonly Vector[], target: readonly number[]): number {
  let all = 0;
  let rest = 0;
  target.forEach((y, r) => {
    if (Number.isNaN(y)) return;
    all += y * y;
    rest += (y - dot(gradient, rows[r])) ** 2;
  });
  return all === 0 ? 0 : 1 - rest / all;
}
