import type { HelloBody, StateBody } from '../src/bridge/control/protocol.js';
import { element } from './dom.js';
import { learnable } from './learning.js';

/** A card for each preset: a touch launches it. */
export interface PresetCards {
  showAll(presets: HelloBody['presets']): void;
  show(state: Pick<StateBody, 'preset' | 'queued'>): void;
}

export function presetCards(root: HTMLElement, onChoose: (name: string) => void): PresetCards {
  let cards: readonly HTMLButtonElement[] = [];
  return {
    showAll: (presets) => {
      cards = presets.map(({ name, title, description }) => {
        const card = element('button', { value: name, 'aria-pressed': 'false', title: description });
        card.append(title, element('small', { class: 'about' }, description));
        learnable(card, { request: { kind: 'preset', name } });
        card.addEventListener('click', () => onChoose(name));
        return card;
      });
      root.replaceChildren(...cards);
    },
    show: ({ preset, queued }) => {
      for (const card of cards) {
        card.setAttribute('aria-pressed', String(card.value === preset && queued === null));
        card.classList.toggle('queued-card', card.value === queued?.preset);
      }
    },
  };
}
