import type { Block } from '../music/block.js';
import { plus, TICKS_PER_STEP, type Tick, tick } from '../music/units.js';
import { recall } from './block-memory.js';
import type { Conductor, Effect, Part } from './conductor-state.js';
import { nextEpoch } from './edge.js';
import { takenUp } from './plan.js';

/** Nearer to the next step than this, a revision waits for it: a chord is struck a little before its beat, or after. */
const NEAR = tick(TICKS_PER_STEP / 2);

/**
 * Where the block that plays has been drawn again, it goes on as the new one: what sounds ends, what should sound here is
 * struck, what was planned is planned anew. Nothing is struck again where the two are one from here on.
 */
export function revised(state: Conductor, effects: Effect[]): Conductor {
  const { part, take, position } = state;
  if (!state.running || part === null || part.repeated || position < part.start) return state;
  const block = recall(state.memory, take.id, part.index);
  if (block === null || block === part.block) return state;
  const fresh: Part = { ...part, block };
  const step = tick(Math.ceil(position / TICKS_PER_STEP) * TICKS_PER_STEP);
  const at = step - position <= NEAR ? step : tick(Math.ceil(position));
  if (isSameFrom(part, fresh, at)) return { ...state, part: fresh };
  const epoch = nextEpoch(state.epoch);
  effects.push({ kind: 'take-over', epoch, from: at });
  const taken = takenUp(block, part.start, at, true);
  if (taken.edges.length > 0) effects.push({ kind: 'schedule', edges: taken.edges, epoch });
  return { ...state, epoch, part: fresh, planned: at, held: taken.held };
}

/** Whether what sounds from a tick on is the same. */
function isSameFrom(a: Part, b: Part, at: Tick): boolean {
  const [left, right] = [a.block, b.block].map((block) => notesFrom(block, a.start, at));
  return left.length === right.length && left.every((note, i) => note === right[i]);
}

const notesFrom = ({ notes }: Block, start: Tick, at: Tick): readonly string[] =>
  notes
    .filter((note) => plus(start, plus(note.onset, note.duration)) > at)
    .map((note) => `${note.onset} ${note.duration} ${note.pitch} ${note.velocity} ${note.channel}`);
