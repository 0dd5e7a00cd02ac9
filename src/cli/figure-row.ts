import type { Card } from '../engine/card.js';

type Figure = NonNullable<Card['evaluation']>['rows'][number];

/** A figure beside real music, as printed: its name, the model's, the real one, the bar, and whether it is met. */
export const figureRow = ({ figure, unit, model, real, bar, met }: Figure): readonly string[] => [
  figure,
  number(model, unit),
  number(real, unit),
  bar,
  met === null ? (bar === '' ? '' : 'wants --data') : met ? 'met' : 'NOT MET',
];

export function number(value: number | null, unit: Figure['unit'] = 'number'): string {
  if (value === null || Number.isNaN(value)) return '-';
  return unit === 'share' ? `${(100 * value).toFixed(2)} %` : value.toFixed(3).replace(/^-(0\.0+)$/, '$1');
}

/** How many bars a model meets, of how many. */
export function barsMet(rows: readonly Figure[]): string {
  const judged = rows.filter(({ met }) => met !== null);
  return `${judged.filter(({ met }) => met).length} of ${judged.length}`;
}
