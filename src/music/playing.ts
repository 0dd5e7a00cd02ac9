import type { ParameterTable } from './parameter.js';
import { QUANTA } from './quantum.js';

/** What a hand can turn besides the preset: how the present take is played. */
export const PLAYING = {
  /** Slower or faster than any music; MIDI clock holds up in between. */
  tempo: {
    kind: 'number',
    min: 20,
    max: 300,
    default: 120,
    unit: 'beats a minute',
    help: 'of our own clock; while another one leads, it is its',
  },
  /**
   * Earlier: notes are planned a beat ahead, 200 ms at the fastest tempo, and the daemon's loop turns every 25 ms. Later:
   * half a second is more than any instrument or loudspeaker takes.
   */
  offset: {
    kind: 'number',
    min: -150,
    max: 500,
    default: 0,
    unit: 'ms',
    help: 'notes are sent so much later than the clock; earlier below 0',
  },
  quantum: {
    kind: 'choice',
    options: QUANTA,
    default: 'bar',
    help: 'what is launched (a preset, `next`, a variation) begins on the next line of these; what is turned on the next bar line at the latest',
  },
  vary: {
    kind: 'number',
    min: 0,
    max: 1,
    default: 1,
    help: 'how far what is not held leaves what was held or varied: 0 not at all, 1 is a fresh draw for each block',
  },
  'morph/x': {
    kind: 'number',
    min: 0,
    max: 1,
    default: 0,
    help: 'how far along a morph, or to the right on its square',
  },
  'morph/y': { kind: 'number', min: 0, max: 1, default: 0, help: "how far up on a morph's square" },
} as const satisfies ParameterTable;
