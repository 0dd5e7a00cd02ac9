import type { MessageOf } from '../src/bridge/control/protocol.js';
import type { Link } from './link.js';

type Bindings = MessageOf<'bindings'>;

/** Learning: while it is on, a touch on anything with `data-learn` arms it, and what is moved next is bound to it. */
export function learning(button: HTMLButtonElement, link: Link): { show(bindings: Bindings): void } {
  const isOn = (): boolean => document.body.classList.contains('learning');
  const turn = (on: boolean): void => {
    document.body.classList.toggle('learning', on);
    button.setAttribute('aria-pressed', String(on));
    if (!on) link.ask({ kind: 'learn' });
  };
  button.addEventListener('click', () => turn(!isOn()));
  // before the control itself hears of the touch: it is not to be moved
  for (const kind of ['pointerdown', 'click', 'keydown'] as const) {
    document.addEventListener(
      kind,
      (event) => {
        const target = event.target instanceof Element ? event.target.closest('[data-learn]') : null;
        if (!isOn() || !(target instanceof HTMLElement)) return;
        if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        if (kind === 'pointerdown') return;
        link.ask({ kind: 'learn', ...JSON.parse(target.dataset.learn ?? '{}') });
      },
      { capture: true },
    );
  }
  return {
    show: ({ armed, controllers }) => {
      const told = new Map<string, string>();
      for (const { port, bindings } of controllers) {
        for (const { turns, asks, lifts: _, ...source } of bindings) {
          const target = turns === undefined ? (asks === undefined ? null : { request: asks }) : { path: turns };
          if (target !== null) told.set(JSON.stringify(target), `${wordsOf(source)}, ${port}`);
        }
      }
      for (const one of document.querySelectorAll<HTMLElement>('[data-learn]')) {
        const bound = told.get(one.dataset.learn ?? '');
        one.classList.toggle('armed', armed !== null && JSON.stringify(armed) === one.dataset.learn);
        one.classList.toggle('bound', bound !== undefined);
        if (bound === undefined) delete one.dataset.bound;
        else one.dataset.bound = bound;
      }
    },
  };
}

/** What is moved, as on the controller's own display: `cc 21`. */
const wordsOf = (source: Readonly<Record<string, unknown>>): string =>
  Object.entries(source)
    .filter(([name]) => ['cc', 'cc14', 'nrpn', 'note', 'notes', 'bend', 'pressure', 'program'].includes(name))
    .map(([name, value]) => `${name} ${value}`)
    .join(' ');

/** Marks an element as one that can be learned: a path that is turned, or a request. */
export const learnable = (
  element: HTMLElement,
  target: { path: string } | { request: { kind: string; name?: string } },
): void => {
  element.dataset.learn = JSON.stringify(target);
};
