import type { MessageOf, StateBody } from '../src/bridge/control/protocol.js';
import { element } from './dom.js';

/** Model, ports, and how late notes go out. */
export function machine(root: HTMLElement) {
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
  return {
    showHello: ({ daimon }: MessageOf<'hello'>): void => fact('daimon', daimon),
    show: ({ model, backend, output, input, seed, timing }: StateBody): void => {
      fact('model', `${model}, ${backend}`);
      fact('seed', String(seed));
      fact('plays to', output ?? 'no port');
      fact('hears', input ?? 'no port');
      const { count, p50, p99, max, late } = timing.recent;
      const tight = `half within ${p50.toFixed(2)} ms, 99 % within ${p99.toFixed(2)}, all within ${max.toFixed(1)}`;
      fact('timing', count === 0 ? 'nothing was played lately' : tight);
      fact('late notes', `${late} of ${count} by more than 3 ms`);
    },
  };
}
