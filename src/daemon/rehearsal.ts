import { bpm, millis, PULSES_PER_BEAT } from '../music/units.js';
import { newClock } from '../transport/clock/clock.js';
import { newPlayer, type PlayerParts } from './player.js';

const TEMPO = bpm(120);
const PULSE_MS = 60_000 / (TEMPO * PULSES_PER_BEAT);
const BEATS = 2;

/**
 * Plays two beats to nobody, on the clock of a host that is none, from where the conductor stands: JavaScript is
 * compiled as it is first run, and that is not to be at the first downbeat. Gives how many edges would have been played.
 */
export function rehearse({ conductor, engineOf }: Pick<PlayerParts, 'conductor' | 'engineOf'>): number {
  let time = 0;
  let edges = 0;
  const player = newPlayer({
    clock: newClock('host', TEMPO),
    conductor,
    // what is asked for here is never drawn
    engineOf: (model) => ({ info: engineOf(model).info, draw: () => new Promise(() => {}) }),
    out: {
      setTimeline: () => {},
      schedule: (planned) => {
        edges += planned.length;
        return true;
      },
      release: () => {},
      takeOver: () => {},
      panic: () => {},
    },
    listener: { moved: () => {}, tempo: () => {}, blockStarted: () => {} },
    offset: millis(0),
    now: () => millis(time),
    onBlock: () => {},
    say: () => {},
  });
  const hear = (kind: 'start' | 'pulse' | 'stop'): void =>
    player.turn({ kind: 'message', message: { kind, time: millis(time) } });

  hear('start');
  for (let pulse = 0; pulse < BEATS * PULSES_PER_BEAT; pulse++) {
    hear('pulse');
    time += PULSE_MS;
    player.turn({ kind: 'time', now: millis(time) });
  }
  hear('stop');
  return edges;
}
