import { choiceOf } from './controls.js';
import { element } from './dom.js';

/** A square with the preset that plays at its lower left, and others in its corners. */
export interface MorphPad {
  readonly root: HTMLElement;
  showPresets(names: readonly string[]): void;
  /** Where the hand is; undefined where there is nothing to morph to. */
  show(x: number | undefined, y: number | undefined): void;
}

export interface MorphPadOptions {
  readonly onCorners: (corners: { right: string; up: string; far: string; x: number; y: number }) => void;
  readonly onMove: (x: number, y: number) => void;
  readonly onLeave: () => void;
}

export function morphPad({ onCorners, onMove, onLeave }: MorphPadOptions): MorphPad {
  const hand = element('i');
  const axis = (name: string): HTMLInputElement =>
    element('input', { type: 'range', min: 0, max: 1, step: 0.01, value: 0, 'aria-label': name });
  const [across, along] = [axis('Morph to the right'), axis('Morph up')];
  const surface = element('div', { class: 'pad idle' }, across, along, hand);
  const [up, far, right] = ['Up', 'Up and right', 'Right'].map((corner) => choiceOf([], { 'aria-label': corner }));
  const leave = element('button', {}, 'Leave');
  const root = element(
    'div',
    {},
    element('div', { class: 'corners' }, up, far),
    surface,
    element('div', { class: 'corners' }, leave, right),
  );
  let isOn = false;
  let isHeld = false;

  const place = (): void => {
    hand.style.left = `${Number(across.value) * 100}%`;
    hand.style.top = `${(1 - Number(along.value)) * 100}%`;
  };
  const move = (): void => {
    place();
    const [x, y] = [Number(across.value), Number(along.value)];
    if (isOn) onMove(x, y);
    else onCorners({ right: right.value, up: up.value, far: far.value, x, y });
  };
  const follow = (event: PointerEvent): void => {
    const { left, top, width, height } = surface.getBoundingClientRect();
    across.value = String((event.clientX - left) / width);
    along.value = String(1 - (event.clientY - top) / height);
    move();
  };
  surface.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    across.focus({ preventScroll: true });
    isHeld = true;
    follow(event);
  });
  surface.addEventListener('pointermove', (event) => isHeld && follow(event));
  for (const end of ['pointerup', 'pointercancel'] as const) {
    surface.addEventListener(end, () => {
      isHeld = false;
    });
  }
  for (const input of [across, along]) input.addEventListener('input', move);
  for (const corner of [up, far, right]) {
    corner.addEventListener('change', () => {
      isOn = false;
      move();
    });
  }
  leave.addEventListener('click', onLeave);
  place();
  return {
    root,
    showPresets: (names) => {
      [up, far, right].forEach((corner, i) => {
        const chosen = corner.value || names[(i + 1) % Math.max(1, names.length)];
        corner.replaceChildren(...names.map((name) => element('option', {}, name)));
        if (chosen !== undefined) corner.value = chosen;
      });
    },
    show: (x, y) => {
      isOn = y !== undefined;
      surface.classList.toggle('idle', x === undefined);
      leave.disabled = x === undefined;
      if (isHeld) return;
      across.value = String(x ?? 0);
      along.value = String(y ?? 0);
      place();
    },
  };
}
