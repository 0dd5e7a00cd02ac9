import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { at, escaped } from '#daimon/training/evaluation/page/markup.js';

/** A heat map over sixteen bars as SVG, on a ground of its own, in the colours of the pictures of blocks. */

export interface HeatRow {
  readonly name: string;
  /** One for each of 256 steps, 0 or more. */
  readonly values: Float64Array;
  /** Steps that are framed. */
  readonly frame: { readonly from: number; readonly to: number };
}

const PLOT = { left: 84, top: 58, step: 4.5, row: 26, gap: 3 };
const GROUND = '#1b1b28';
const EMPTY = '#242434';
const FRAME = '#8a8aa8';
const TEXT = '#c9c9dc';
const HOT = '#f5b83d';
/** Brightness comes in so many shades. */
const SHADES = 40;

/** `unit`: what the greatest value is of, as in "mean change of a probability". */
export function heatSvg(title: string, unit: string, rows: readonly HeatRow[]): string {
  const { left, top, step, row, gap } = PLOT;
  const width = left + STEPS_PER_BLOCK * step + 20;
  const height = top + rows.length * (row + gap) + 34;
  const most = Math.max(...rows.flatMap(({ values }) => [...values]));
  const y = (r: number): number => top + r * (row + gap);
  const shades = new Map<number, string>();
  rows.forEach(({ values }, r) => {
    for (let from = 0; from < STEPS_PER_BLOCK; ) {
      const shade = shadeOf(values[from]! / most);
      let to = from + 1;
      while (to < STEPS_PER_BLOCK && shadeOf(values[to]! / most) === shade) to++;
      const stroke = `M${at(left + from * step)} ${at(y(r) + row / 2)}h${at((to - from) * step)}`;
      if (shade > 0) shades.set(shade, (shades.get(shade) ?? '') + stroke);
      from = to;
    }
  });
  const cells = [...shades]
    .sort(([a], [b]) => a - b)
    .map(
      ([shade, d]) => `<path stroke="${HOT}" stroke-opacity="${at(shade / SHADES)}" stroke-width="${row}" d="${d}"/>`,
    );
  const labels = rows.map(({ name }, r) => text(left - 10, y(r) + row / 2 + 4.5, 'end', name));
  const frames = rows.map(({ frame: { from, to } }, r) =>
    rect(left + from * step, y(r), (to - from) * step, row, `fill="none" stroke="${FRAME}"`),
  );
  const bottom = y(rows.length) + 15;
  const bars = Array.from({ length: BARS_PER_BLOCK }, (_, bar) =>
    text(left + (bar + 0.5) * STEPS_PER_BAR * step, bottom, 'middle', String(bar + 1)),
  );
  const key = [
    rect(left, 36, 12, 12, `fill="${HOT}"`),
    text(left + 18, 46.5, 'start', `${unit}: ${most.toPrecision(2)}; none: no colour`),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${at(width)} ${at(height)}" role="img" font-family="sans-serif" font-size="13" fill="${TEXT}">
<title>${escaped(title)}</title>
<rect width="${at(width)}" height="${at(height)}" rx="6" fill="${GROUND}"/>
<text x="${left}" y="24" font-weight="bold">${escaped(title)}</text>
${key.join('')}
${rows.map((_, r) => rect(left, y(r), STEPS_PER_BLOCK * step, row, `fill="${EMPTY}"`)).join('')}
${cells.join('\n')}
${frames.join('')}
${[...labels, ...bars, text(left - 10, bottom, 'end', 'bar')].join('\n')}
</svg>
`;
}

/** What is not nothing is seen. */
const shadeOf = (share: number): number => Math.ceil(share * SHADES);

const rect = (x: number, y: number, width: number, height: number, look: string): string =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" ${look}/>`;

const text = (x: number, y: number, anchor: string, of: string): string =>
  `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${escaped(of)}</text>`;
