import { at, escaped } from '#daimon/training/evaluation/page/markup.js';

/** Plots as SVG, on a ground of their own, in the colours of the pictures of blocks. */

/** From the first tick to the last; on a logarithmic axis all of them are above 0. */
export interface Axis {
  readonly label: string;
  readonly log: boolean;
  readonly ticks: readonly number[];
}

export interface Panel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

const WIDTH = 620;
const HEIGHT = 330;
const PLOT = { left: 62, top: 62, width: 530, height: 210 };
/** No letter of the font is much wider on the average. */
const LETTER = 7.2;
const GROUND = '#1b1b28';
const GRID = '#2d2d3f';
const TEXT = '#c9c9dc';
const COLOURS = ['#f5b83d', '#8c7bff', '#3fc1b0', '#f0709a'];

/** Panels beside each other. */
export function plotSvg(title: string, panels: readonly Panel[]): string {
  const width = panels.length * WIDTH;
  const drawn = panels.map((panel, i) => `<g transform="translate(${i * WIDTH} 0)">\n${panelSvg(panel)}\n</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" role="img" font-family="sans-serif" font-size="13" fill="${TEXT}">
<title>${escaped(title)}</title>
<rect width="${width}" height="${HEIGHT}" rx="6" fill="${GROUND}"/>
${drawn.join('\n')}
</svg>
`;
}

function panelSvg({ title, x, y, lines }: Panel): string {
  const { left, top, width, height } = PLOT;
  const [across, up] = [scaleOf(x), scaleOf(y)];
  const placeX = (value: number): string => at(left + width * across(value));
  const placeY = (value: number): string => at(top + height * (1 - up(value)));
  const grid = [
    ...x.ticks.map((tick) => `M${placeX(tick)} ${top}v${height}`),
    ...y.ticks.map((tick) => `M${left} ${placeY(tick)}h${width}`),
  ];
  const labels = [
    ...x.ticks.map((tick) => text(placeX(tick), at(top + height + 17), 'middle', String(tick))),
    ...y.ticks.map((tick) => text(at(left - 7), at(Number(placeY(tick)) + 4), 'end', String(tick))),
    text(at(left + width / 2), at(top + height + 38), 'middle', x.label),
    text(at(left - 50), at(top - 10), 'start', y.label),
  ];
  const paths = lines.map(({ points }, i) => {
    const path = points.map(([px, py], n) => `${n === 0 ? 'M' : 'L'}${placeX(px)} ${placeY(py)}`).join('');
    return `<path fill="none" stroke="${colour(i)}" stroke-width="2" stroke-linejoin="round" d="${path}"/>`;
  });
  let from: number = left;
  const key = lines.map(({ name }, i) => {
    const box = `<rect x="${at(from)}" y="30" width="10" height="10" rx="2" fill="${colour(i)}"/>`;
    const label = text(at(from + 15), '39', 'start', name);
    from += 35 + name.length * LETTER;
    return box + label;
  });
  return [
    `<text x="${left}" y="20" font-weight="bold">${escaped(title)}</text>`,
    ...key,
    `<path stroke="${GRID}" d="${grid.join('')}"/>`,
    ...labels,
    ...paths,
  ].join('\n');
}

const colour = (i: number): string => COLOURS[i % COLOURS.length]!;

const text = (x: string, y: string, anchor: string, of: string): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(of)}</text>`;

/** From a value to 0..1; what lies outside the axis lies on its end. */
function scaleOf({ log, ticks }: Axis): (value: number) => number {
  const on = (value: number): number => (log ? Math.log(value) : value);
  const [low, high] = [on(ticks[0]!), on(ticks.at(-1)!)];
  return (value) => Math.min(1, Math.max(0, (on(value) - low) / (high - low)));
}

/** From 0 to what is most, in steps that are easily read. */
export function axisTo(most: number, label: string): Axis {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => size * 6 >= most) ?? 1000;
  return { label, log: false, ticks: Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step) };
}

const DECADES = [0.001, 0.01, 0.1, 1, 10, 100, 1000];
const SHARES = [0.0001, 0.001, 0.01, 0.1, 1];

/** Tails of lateness as `tailOf` gives them, and what they are of. */
export function tailPanel(title: string, label: string, lines: Panel['lines'], of = 'notes'): Panel {
  const most = Math.max(...lines.flatMap(({ points }) => points.map(([ms]) => ms)));
  const x = { label, log: true, ticks: DECADES.slice(0, DECADES.findIndex((decade) => decade >= most) + 1) };
  return { title, x, y: { label: `share of ${of}`, log: true, ticks: SHARES }, lines };
}
