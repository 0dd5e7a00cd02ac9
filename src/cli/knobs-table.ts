import type { Knob, ModelKnobs } from '../engine/knobs/knobs.js';

export const KNOBS_HEADING: readonly string[] = [
  'knob',
  '-1 to 1',
  'rho of change',
  'leak of change',
  'into',
  'rho heard',
  'leak heard',
  'at -1',
  'at 0',
  'at 1',
  'range',
  'inside at -1, 1',
];

/** A knob and all that was measured of it, as printed. */
export function knobRow({ name, low, high, measured }: Knob): readonly string[] {
  const { heard, changed, at, bounds, inside } = measured;
  return [
    name,
    `${low} to ${high}`,
    changed.rho.toFixed(3),
    changed.leak.toFixed(3),
    changed.into ?? '-',
    heard.rho.toFixed(3),
    heard.leak.toFixed(3),
    ...at.map((x) => x.toFixed(2)),
    bounds.map((x) => x.toFixed(2)).join(' to '),
    inside.map((share) => `${Math.round(100 * share)} %`).join(', '),
  ];
}

/** How the knobs were found, in one sentence. */
export function foundLine({ found: { draws, date, real } }: ModelKnobs): string {
  const range =
    real === null ? 'its own blocks' : `${real.blocks.toLocaleString('en')} blocks of ${real.name}, held out`;
  return `Measured on ${draws.toLocaleString('en')} fresh draws on ${date}; the range is the 1st to the 99th percentile of ${range}.`;
}

export const COMPONENTS_HEADING: readonly string[] = ['component', 'share of variance'];

export const componentRow = ({ name, share }: ModelKnobs['components'][number]): readonly string[] => [
  name,
  `${(100 * share).toFixed(1)} %`,
];
