import type { Block } from './block.js';
import { byOnset, type Note } from './note.js';
import { defaultsOf, type ParameterTable, type Settings } from './parameter.js';
import { deriveSeed, type Seed } from './random.js';
import { plus, TICKS_PER_BAR, TICKS_PER_BLOCK, type Tick, tick } from './units.js';

/**
 * How a preset plays the grid that a block is drawn on. Two steps are 60 ticks apart at the least, at a swing of 75:
 * while neither strays by half of that they keep their order.
 */
export const FEEL = {
  swing: {
    kind: 'number',
    min: 50,
    max: 75,
    default: 50,
    unit: 'percent',
    help: 'where the second of two notes falls within their pair: 50 is straight, 66.7 a triplet',
  },
  swingUnit: {
    kind: 'choice',
    options: [8, 16],
    default: 16,
    help: 'the notes that swing, as parts of a bar: eighths or sixteenths',
  },
  humanise: {
    kind: 'whole',
    min: 0,
    max: 20,
    default: 0,
    unit: 'ticks',
    help: 'of 480 to the beat, how many a note may come early or late: at 120 BPM, 20 are 20.8 ms; the same each time',
  },
} as const satisfies ParameterTable;

/** A value for each. */
export type Feel = Settings<typeof FEEL>;

export const STRAIGHT: Feel = defaultsOf(FEEL);

/** Half of what the shortest gate leaves of a step, as a swing of 75 may halve it: no note is cut shorter. */
const SHORTEST = tick(6);

/**
 * The block with its notes where they are played, in whole ticks. Swing moves onsets and ends alike, so that what
 * touched or overlapped still does. Humanise then moves onsets; an end moves only where its note would get too short
 * (where it comes too late for the next of its pitch, the plan ends it). A note stays in its bar, for on a bar line
 * another block may take over. The same block and feel give the same notes.
 */
export function felt(block: Block, feel: Feel): Block {
  if (feel.swing === STRAIGHT.swing && feel.humanise === STRAIGHT.humanise) return block;
  return { ...block, notes: block.notes.map((note) => feltNote(note, block.seed, feel)).sort(byOnset) };
}

function feltNote(note: Note, blockSeed: Seed, feel: Feel): Note {
  const on = tick(Math.floor(swung(note.onset, feel)));
  const off = tick(Math.floor(swung(plus(note.onset, note.duration), feel)));
  const bar = Math.floor(on / TICKS_PER_BAR) * TICKS_PER_BAR;
  const strayed = on + Math.round(feel.humanise * stray(note, blockSeed));
  const onset = Math.max(bar, Math.min(bar + TICKS_PER_BAR - 1, strayed));
  const shortest = Math.max(1, Math.min(SHORTEST, off - on));
  const end = Math.min(Math.max(TICKS_PER_BLOCK, off), Math.max(off, onset + shortest));
  return { ...note, onset: tick(onset), duration: tick(end - onset) };
}

/** Bends each pair of notes as a whole: straight up to its middle and from there on. Its ends stay, and so bar lines. */
export function swung(at: Tick, { swing, swingUnit }: Feel): Tick {
  const half = TICKS_PER_BAR / swingUnit;
  const pair = 2 * half;
  const second = (pair * swing) / 100;
  const within = at % pair;
  const bent = within < half ? (within * second) / half : second + ((within - half) * (pair - second)) / half;
  return tick(at - within + bent);
}

/** -1..1, near 0 more often than not: the sum of two halves of a hash. Two strikes of one key at once stay one. */
function stray({ onset, pitch, channel }: Note, blockSeed: Seed): number {
  const hash = deriveSeed(deriveSeed(blockSeed, onset), channel * 128 + pitch);
  return ((hash >>> 16) + (hash & 0xffff)) / 0xffff - 1;
}
