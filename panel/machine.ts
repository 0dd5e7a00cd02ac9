import type { HelloBody, MessageOf, StateBody } from '../src/bridge/control/protocol.js';
import { byId, element } from './dom.js';

/** The steps of `spread` in the protocol's state: up to so many ms, and more. */
const STEPS = ['0.1', '0.2', '0.5', '1', '2', '3', '5', '10', 'more'];
const FIRST_LATE = 6;

/** Model, ports, and how late notes go out. */
export function machine(root: HTMLElement, onModel: (name: string) => void) {
  const facts = new Map<string, HTMLElement>();
  const fact = (name: string, text: string): void => {
    let shown = facts.get(name);
    if (shown === undefined) {
      shown = element('dd');
      facts.set(name, shown);
      root.append(element('div', {}, element('dt', {}, name), shown));
    }
    if (shown.textContent !== text) shown.textContent = text;
  };
  const model = byId('model', HTMLSelectElement);
  let loaded = '';
  const showModel = (): void => {
    if (document.activeElement !== model) model.value = loaded;
  };
  model.addEventListener('change', () => onModel(model.value));
  model.addEventListener('blur', showModel);
  const late = byId('late', HTMLElement);
  const bars = STEPS.map((step, i) => {
    const bar = element('b');
    late.append(element('div', { class: i < FIRST_LATE ? '' : 'too-late' }, bar, step));
    return bar;
  });
  return {
    showHello: ({ daimon, models }: Pick<MessageOf<'hello'>, 'daimon'> & Pick<HelloBody, 'models'>): void => {
      fact('daimon', daimon);
      model.replaceChildren(...models.map((name) => element('option', {}, name)));
    },
    show: (state: StateBody): void => {
      const { backend, output, input, seed, timing } = state;
      loaded = state.model;
      showModel();
      fact('backend', backend);
      fact('seed', String(seed));
      fact('plays to', output ?? 'no port');
      fact('hears', input ?? 'no port');
      const { count, p50, p99, max, spread } = timing.recent;
      const tight = `half within ${p50.toFixed(2)} ms, 99 % within ${p99.toFixed(2)}, all within ${max.toFixed(1)}`;
      fact('timing', count === 0 ? 'nothing was played lately' : tight);
      late.setAttribute('aria-label', count === 0 ? 'Nothing was played lately' : `${count} notes: ${tight}`);
      for (const [i, bar] of bars.entries())
        bar.style.height = `${count === 0 ? 0 : 74 * (spread[i] / count) ** 0.4}px`;
    },
  };
}
