import type { MessageOf, StateBody } from '../src/bridge/control/protocol.js';
import { byId } from './dom.js';
import type { Link } from './link.js';
import { TICKS_PER_BAR, TICKS_PER_BEAT } from './playhead.js';

/** Jitter of a host's pulses, in ms, up to which its clock is followed well, or at all. */
const GOOD_JITTER = 1;
const FAIR_JITTER = 3;

const LEADERS = { host: 'BPM, by the host', internal: 'BPM', session: 'BPM, by the session' } as const;

/** Transport, and where the song is. */
export interface Header {
  show(state: StateBody): void;
  showValues(values: MessageOf<'values'>['values']): void;
  /** The daemon has gone. */
  lose(): void;
  /** Each frame. */
  draw(at: number): void;
}

export function header(link: Link): Header {
  const play = byId('play', HTMLButtonElement);
  const position = byId('position', HTMLElement);
  const quantum = byId('quantum', HTMLSelectElement);
  const press = (id: string, request: Parameters<Link['ask']>[0]): void =>
    byId(id, HTMLButtonElement).addEventListener('click', () => link.ask(request));
  let isPlaying = false;

  play.addEventListener('click', () => link.ask({ kind: isPlaying ? 'stop' : 'start' }));
  press('next', { kind: 'next' });
  press('panic', { kind: 'panic' });
  press('undo', { kind: 'undo' });
  press('redo', { kind: 'redo' });
  quantum.addEventListener('change', () => link.ask({ kind: 'set', values: { quantum: quantum.value } }));

  return {
    show: ({ clock, source, tempo, jitter }) => {
      isPlaying = clock !== 'stopped';
      play.setAttribute('aria-pressed', String(isPlaying));
      play.setAttribute('aria-label', isPlaying ? 'Stop' : 'Play');
      byId('tempo', HTMLElement).textContent = tempo === null ? '–' : tempo.toFixed(source === 'internal' ? 0 : 1);
      byId('source', HTMLElement).textContent = LEADERS[source];
      const lock = byId('lock', HTMLElement);
      lock.dataset.quality = qualityOf(clock, source, jitter);
      lock.querySelector('small')!.textContent = wordsOf(clock, source, jitter);
    },
    showValues: (values) => {
      quantum.value = String(values.quantum);
    },
    lose: () => {
      const lock = byId('lock', HTMLElement);
      lock.dataset.quality = 'none';
      lock.querySelector('small')!.textContent = 'not connected';
    },
    draw: (at) => {
      const bar = Math.floor(at / TICKS_PER_BAR);
      const text = `${bar + 1}.${Math.floor((at - bar * TICKS_PER_BAR) / TICKS_PER_BEAT) + 1}`;
      if (position.textContent !== text) position.textContent = text;
    },
  };
}

function qualityOf(clock: StateBody['clock'], source: StateBody['source'], jitter: number | null): string {
  if (clock === 'lost') return 'bad';
  if (clock === 'stopped') return 'none';
  if (clock === 'armed') return 'fair';
  if (source !== 'host' || jitter === null || jitter <= GOOD_JITTER) return 'good';
  return jitter <= FAIR_JITTER ? 'fair' : 'bad';
}

function wordsOf(clock: StateBody['clock'], source: StateBody['source'], jitter: number | null): string {
  switch (clock) {
    case 'lost':
      return 'clock lost';
    case 'stopped':
      return 'stopped';
    case 'armed':
      return 'waits for the downbeat';
    case 'running':
      return source === 'host' && jitter !== null ? `locked, ±${jitter.toFixed(1)} ms` : 'runs';
  }
}
