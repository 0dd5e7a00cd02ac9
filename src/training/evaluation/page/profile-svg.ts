import { at, escaped } from './markup.js';

const HEIGHT = 84;
const GROUP = 26;

/** A feature of several numbers: real and drawn means side by side. */
export function profileSvg(drawn: readonly number[], real: readonly number[], labels: readonly string[]): string {
  const most = Math.max(...drawn, ...real, Number.MIN_VALUE);
  const bar = (kind: string, x: number, value: number): string => {
    const height = (HEIGHT * value) / most;
    return `<rect class="${kind}" x="${at(x)}" y="${at(HEIGHT - height)}" width="10" height="${at(height)}"/>`;
  };
  const groups = labels.map(
    (label, i) =>
      bar('real', i * GROUP + 2, real[i]) +
      bar('drawn', i * GROUP + 13, drawn[i]) +
      `<text class="middle" x="${i * GROUP + 12.5}" y="${HEIGHT + 14}">${escaped(label)}</text>`,
  );
  const width = labels.length * GROUP;
  return (
    `<svg style="max-width:${width * 1.6}px" viewBox="0 -2 ${width} ${HEIGHT + 20}" role="img">${groups.join('')}` +
    `<path class="axis" d="M0 ${HEIGHT}h${width}"/></svg>`
  );
}
