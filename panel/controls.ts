import type { MessageOf, ParameterMessage } from '../src/bridge/control/protocol.js';
import { dial } from './dial.js';
import { element } from './dom.js';
import { learnable } from './learning.js';

type Values = MessageOf<'values'>['values'];
type Value = Values[string];

/** What shows a parameter on the page, and turns it. */
export interface Shown {
  readonly path: string;
  readonly root: HTMLElement;
  /** Undefined where it can't be turned just now. */
  show(value: Value | undefined): void;
}

export type Turn = (path: string, value: Value) => void;

/** The control that a parameter's kind asks for: another row in the daemon's table needs no code here. */
export function rowFor(parameter: ParameterMessage, turn: Turn): Shown {
  switch (parameter.kind) {
    case 'number':
    case 'whole':
      return slider(parameter, turn);
    case 'choice':
      return choice(parameter, turn);
    case 'pattern':
    case 'list':
      return line(parameter, turn);
  }
}

/** A knob for a number. */
export function dialFor(
  { path, help, low, high, min = 0, max = 1, default: home }: ParameterMessage,
  turn: Turn,
): Shown {
  const made = dial({
    path,
    name: nameOf(path),
    min,
    max,
    default: Number(home),
    help: low === undefined ? help : `${help} From ${low} to ${high}.`,
    text: (value) =>
      low !== undefined && Math.abs(value) > 0.3
        ? `${value < 0 ? low : high} ${Math.abs(value).toFixed(2)}`
        : value.toFixed(2),
    onTurn: (value) => turn(path, value),
  });
  learnable(made.root, { path });
  return { path, root: made.root, show: (value) => typeof value === 'number' && made.show(value) };
}

export const nameOf = (path: string): string => path.replace(/^knobs\//, '').replaceAll('-', ' ');

function row(parameter: ParameterMessage, field: HTMLElement, ...more: readonly HTMLElement[]): HTMLElement {
  const name = element('span', { id: `name-${parameter.path}` }, nameOf(parameter.path));
  field.setAttribute('aria-labelledby', name.id);
  field.dataset.path = parameter.path;
  const root = element('div', { class: 'parameter', title: parameter.help }, name, field, ...more);
  if (parameter.kind !== 'pattern' && parameter.kind !== 'list') learnable(root, { path: parameter.path });
  return root;
}

function slider(parameter: ParameterMessage, turn: Turn): Shown {
  const { path, kind, min = 0, max = 1, unit } = parameter;
  const step = kind === 'whole' ? 1 : (max - min) / 400;
  const input = element('input', { type: 'range', min, max, step });
  const readout = element('output');
  const show = (value: number): void => {
    readout.textContent = Number.isInteger(value) ? String(value) : value.toFixed(2);
    if (unit !== undefined) input.setAttribute('aria-valuetext', `${readout.textContent} ${unit}`);
  };
  let isHeld = false;
  input.addEventListener('pointerdown', () => {
    isHeld = true;
  });
  input.addEventListener('change', () => {
    isHeld = false;
  });
  input.addEventListener('input', () => {
    show(Number(input.value));
    turn(path, Number(input.value));
  });
  return {
    path,
    root: row(parameter, input, readout),
    show: (value) => {
      input.disabled = typeof value !== 'number';
      if (typeof value !== 'number' || isHeld) return;
      input.value = String(value);
      show(value);
    },
  };
}

function choice(parameter: ParameterMessage, turn: Turn): Shown {
  const { path, options = [] } = parameter;
  const select = choiceOf(options.map(String));
  select.addEventListener('change', () => turn(path, options[select.selectedIndex]));
  return {
    path,
    root: row(parameter, select),
    show: (value) => {
      select.disabled = value === undefined;
      select.selectedIndex = typeof value === 'object' || value === undefined ? -1 : options.indexOf(value);
    },
  };
}

export const choiceOf = (options: readonly string[], attributes = {}): HTMLSelectElement =>
  element('select', attributes, ...options.map((option) => element('option', {}, option)));

/** A text to type: a pattern, a name, or numbers with spaces between. */
function line(parameter: ParameterMessage, turn: Turn): Shown {
  const { path, kind, says, names = [], help } = parameter;
  const input = element('input', { type: 'text', spellcheck: 'false', placeholder: says ?? 'numbers', title: help });
  const listId = `names-${path}`;
  const known = element('datalist', { id: listId }, ...names.map((name) => element('option', { value: name })));
  if (names.length > 0) input.setAttribute('list', listId);
  let stands = '';
  const write = (): void => {
    input.value = stands;
  };
  input.addEventListener('blur', write);
  input.addEventListener('change', () => {
    const text = input.value.trim();
    // until it is told otherwise
    stands = text;
    const numbers = text === '' ? [] : text.split(/[\s,]+/).map(Number);
    turn(path, kind === 'list' && !numbers.some(Number.isNaN) ? numbers : text);
  });
  return {
    path,
    root: row(parameter, input, known),
    show: (value) => {
      stands = Array.isArray(value) ? value.join(' ') : String(value ?? '');
      if (document.activeElement !== input) write();
    },
  };
}
