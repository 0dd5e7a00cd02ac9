import type { StateBody } from '../src/bridge/control/protocol.js';
import { element } from './dom.js';

type Row = 'both' | 'high' | 'low';
const ROWS: readonly Row[] = ['both', 'high', 'low'];
const NAMES = { both: 'all pitches', high: 'the high', low: 'the low' } as const;

/** The eight columns of the block, under the bars that they steer: a touch holds one, another lets it go. */
export interface Columns {
  show(held: StateBody['held']): void;
}

export function columns(
  root: HTMLElement,
  rows: HTMLElement,
  onHold: (columns: readonly number[], row: Row) => void,
): Columns {
  let row: Row = 'both';
  let held: readonly number[] = [];
  const buttons = Array.from({ length: 8 }, (_, i) => {
    const [from, to] = [2 * i + 1, 2 * i + 2];
    const button = element(
      'button',
      { 'aria-pressed': 'false', 'aria-label': `Hold bars ${from}–${to}` },
      `${from}–${to}`,
    );
    button.addEventListener('click', () => {
      const column = i + 1;
      onHold(
        held.includes(column) ? held.filter((one) => one !== column) : [...held, column].sort((a, b) => a - b),
        row,
      );
    });
    return button;
  });
  root.replaceChildren(...buttons);
  for (const name of ROWS) {
    const input = element('input', { type: 'radio', name: 'row', value: name, checked: name === row });
    input.addEventListener('change', () => {
      row = name;
      if (held.length > 0) onHold(held, row);
    });
    rows.append(element('label', {}, input, element('span', {}, NAMES[name])));
  }
  return {
    show: ({ low, high }) => {
      held = low.length > 0 ? low : high;
      for (const [i, button] of buttons.entries()) button.setAttribute('aria-pressed', String(held.includes(i + 1)));
    },
  };
}
