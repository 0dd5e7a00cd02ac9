import { element, shape } from './dom.js';

/** A knob from `min` to `max`: dragged up and down, turned by wheel and arrow keys, set back by a double click. */
export interface Dial {
  readonly root: HTMLElement;
  /** Where it stands, by whoever turned it; while a hand is on it, that hand is right. */
  show(value: number): void;
}

export interface DialOptions {
  readonly path: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** What it does, and what its ends sound like. */
  readonly help: string;
  readonly text: (value: number) => string;
  readonly onTurn: (value: number) => void;
}

/** Of the circle, in degrees, from the lower left clockwise to the lower right. */
const [START, SWEEP] = [-135, 270];
/** A drag over so many pixels goes from end to end; with Shift held, ten times as fine. */
const TRAVEL = 180;

export function dial({ path, name, min, max, default: home, help, text, onTurn }: DialOptions): Dial {
  const input = element('input', {
    type: 'range',
    min,
    max,
    step: 'any',
    'aria-label': name,
    title: help,
    'data-path': path,
  });
  const arc = shape('path', { class: 'arc' });
  const hand = shape('path', { class: 'hand' });
  const face = shape('svg', { viewBox: '0 0 72 72', 'aria-hidden': 'true' });
  face.append(shape('path', { class: 'track', d: arcPath(0, 1) }), arc, hand);
  const readout = element('output');
  const root = element('div', { class: 'dial', title: help }, input, face, element('span', {}, name), readout);
  let isHeld = false;

  const place = (value: number): void => {
    const share = (value - min) / (max - min);
    const from = (Math.min(Math.max(0, min), max) - min) / (max - min);
    arc.setAttribute('d', arcPath(Math.min(from, share), Math.max(from, share)));
    hand.setAttribute('d', `M${at(share, 16)} L${at(share, 25)}`);
    readout.textContent = text(value);
    input.setAttribute('aria-valuetext', text(value));
  };
  const turn = (value: number): void => {
    input.value = String(Math.min(Math.max(value, min), max));
    place(Number(input.value));
    onTurn(Number(input.value));
  };

  input.addEventListener('keydown', (event) => {
    const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    turn(Number(input.value) + (way * (max - min)) / 50);
  });
  input.addEventListener('input', () => turn(Number(input.value)));
  root.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    input.focus({ preventScroll: true });
    isHeld = true;
  });
  root.addEventListener('pointermove', (event) => {
    if (!isHeld) return;
    const fine = event.shiftKey ? 10 : 1;
    turn(Number(input.value) + ((event.movementX - event.movementY) * (max - min)) / (TRAVEL * fine));
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    root.addEventListener(end, () => {
      isHeld = false;
    });
  }
  root.addEventListener('dblclick', () => turn(home));
  root.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      turn(Number(input.value) - (Math.sign(event.deltaY) * (max - min)) / 100);
    },
    { passive: false },
  );
  input.value = String(home);
  place(home);
  return {
    root,
    show: (value) => {
      if (isHeld) return;
      input.value = String(value);
      place(value);
    },
  };
}

function at(share: number, radius: number): string {
  const angle = ((START + share * SWEEP) * Math.PI) / 180;
  return `${36 + radius * Math.sin(angle)} ${36 - radius * Math.cos(angle)}`;
}

function arcPath(from: number, to: number): string {
  const isLong = (to - from) * SWEEP > 180 ? 1 : 0;
  return `M${at(from, 30)} A30 30 0 ${isLong} 1 ${at(to, 30)}`;
}
