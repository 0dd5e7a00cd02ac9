import { at, figure } from './markup.js';

const BINS = 24;
const WIDTH = 240;
const HEIGHT = 84;

/** How a figure is spread over real blocks (behind) and drawn ones (before), both to the same area. */
export function histogramSvg(drawn: readonly number[], real: readonly number[]): string {
  const all = [...drawn, ...real];
  if (all.length === 0) return '';
  const low = Math.min(...all);
  const high = Math.max(...all);
  const sides = [shares(real, low, high), shares(drawn, low, high)];
  const most = Math.max(...sides.flat());
  const [behind, before] = sides.map((side) => outline(side, most));
  return (
    `<svg viewBox="0 -2 ${WIDTH} ${HEIGHT + 20}" role="img"><path class="real" d="${behind}"/>` +
    `<path class="drawn over" d="${before}"/><path class="axis" d="M0 ${HEIGHT}h${WIDTH}"/>` +
    `<text x="0" y="${HEIGHT + 14}">${figure(low)}</text>` +
    `<text x="${WIDTH}" y="${HEIGHT + 14}" class="end">${figure(high)}</text></svg>`
  );
}

function shares(values: readonly number[], low: number, high: number): number[] {
  const bins = new Array<number>(BINS).fill(0);
  const width = high > low ? (high - low) / BINS : 1;
  for (const value of values) bins[Math.min(BINS - 1, Math.floor((value - low) / width))] += 1 / values.length;
  return bins;
}

function outline(bins: readonly number[], most: number): string {
  const step = WIDTH / BINS;
  const tops = bins.map((share) => `V${at(HEIGHT * (1 - share / most))}h${at(step)}`).join('');
  return `M0 ${HEIGHT}${tops}V${HEIGHT}z`;
}
