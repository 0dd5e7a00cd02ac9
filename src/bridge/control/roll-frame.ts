import type { Seed } from '../../music/random.js';
import { CELLS, PITCHES, type PianoRoll } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';

/** Where a block stands: it plays, or comes next. */
export const ROLL_PLACES = ['plays', 'next'] as const;
export type RollPlace = (typeof ROLL_PLACES)[number];

/** What tells which block a roll is of. */
export interface RollOf {
  readonly place: RollPlace;
  readonly index: number;
  readonly bar: number;
  readonly seed: Seed;
}

/** The first byte of every binary frame. */
export const ROLL_FORMAT = 1;
const VERSION = 1;
const HEADER_BYTES = 24;
/** Of a probability of 1. */
const CERTAIN = 255;

/** A roll's probabilities, as docs/protocol.md has it byte by byte. */
export function rollFrame({ basePitch, roles }: PianoRoll, { place, index, bar, seed }: RollOf): Uint8Array {
  const planes = roles.flatMap(({ sounding, onset }) => (onset === null ? [sounding] : [sounding, onset]));
  const bytes = new Uint8Array(HEADER_BYTES + planes.length * CELLS);
  const view = new DataView(bytes.buffer);
  bytes.set([
    ROLL_FORMAT,
    VERSION,
    ROLL_PLACES.indexOf(place),
    roles.length,
    planes.length / roles.length,
    basePitch,
    PITCHES,
  ]);
  view.setUint16(8, STEPS_PER_BLOCK, true);
  view.setUint32(12, index, true);
  view.setUint32(16, bar, true);
  view.setUint32(20, seed, true);
  planes.forEach((plane, p) => {
    const from = HEADER_BYTES + p * CELLS;
    for (let cell = 0; cell < CELLS; cell++) bytes[from + cell] = Math.round(plane[cell] * CERTAIN);
  });
  return bytes;
}
