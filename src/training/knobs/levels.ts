import type { Knob } from '../../engine/knobs/knobs.js';
import type { DrawnBlock } from './blocks.js';
import { ridge } from './linear.js';
import type { Spread } from './spread.js';

export type Level = Knob['level'];

/** So strong that a level which the latents do not tell stays near 0, and a knob then just adds its direction. */
const PENALTY = 0.02;

/** Of each trait, how its level (standard deviations from the mean) is told from the columns' mean, as far as it is. */
export function levelsOf(blocks: readonly DrawnBlock[], traits: number, { mean, deviation }: Spread): readonly Level[] {
  const heard = blocks.filter(({ reading }) => reading !== null);
  const size = heard[0].means.length;
  const centre = Float64Array.from(
    { length: size },
    (_, i) => heard.reduce((sum, { means }) => sum + means[i], 0) / heard.length,
  );
  const scale = centre.map((c, i) =>
    Math.sqrt(heard.reduce((sum, { means }) => sum + (means[i] - c) ** 2, 0) / heard.length),
  );
  const rows = heard.map(({ means }) => means.map((x, i) => (scale[i] > 0 ? (x - centre[i]) / scale[i] : 0)));
  const targets = Array.from({ length: traits }, (_, k) =>
    heard.map(({ reading }) => (reading !== null && deviation[k] > 0 ? (reading[k] - mean[k]) / deviation[k] : 0)),
  );
  return ridge(rows, targets, PENALTY).map((weights) => {
    const own = Array.from(weights, (w, i) => (scale[i] > 0 ? w / scale[i] : 0));
    return { weights: own, bias: -own.reduce((sum, w, i) => sum + w * centre[i], 0) };
  });
}
