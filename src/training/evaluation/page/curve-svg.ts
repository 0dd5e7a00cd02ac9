import type { Curve } from '../curves.js';
import { at, figure } from './markup.js';

const WIDTH = 320;
const HEIGHT = 96;

/** A figure over the steps of a training. */
export function curveSvg({ points }: Curve): string {
  const steps = points.map(({ step }) => step);
  const values = points.map(({ value }) => value);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const line = points.map(({ step, value }, i) => {
    const x = (WIDTH * (step - first)) / (last - first || 1);
    const y = HEIGHT - (HEIGHT * (value - low)) / (high - low || 1);
    return `${i === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`;
  });
  return (
    `<svg viewBox="0 -14 ${WIDTH} ${HEIGHT + 30}" role="img"><path class="axis" d="M0 0h${WIDTH}M0 ${HEIGHT}h${WIDTH}"/>` +
    `<path class="curve" d="${line.join('')}"/><text x="0" y="-4">${figure(high)}</text>` +
    `<text x="0" y="${HEIGHT + 12}">${figure(low)}</text>` +
    `<text class="end" x="${WIDTH}" y="${HEIGHT + 12}">steps ${first.toLocaleString('en')} to ${last.toLocaleString('en')}</text></svg>`
  );
}
