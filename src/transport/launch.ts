import { lineFrom } from '../music/quantum.js';
import { plus, TICKS_PER_BEAT, TICKS_PER_PULSE, type Tick, tick } from '../music/units.js';
import { ofTakes, recall } from './block-memory.js';
import type { Conductor, Effect, Pending } from './conductor-state.js';
import { nextEpoch } from './edge.js';
import { blockIndex, type Take } from './take.js';

/** How long before its line a launch is planned: until then it can be cancelled, and a newer one is in time. */
const COMMITTED = tick(TICKS_PER_BEAT);
/** A line nearer than this (21 ms at 120 BPM) is let go by: what it launches would come late. */
const LEAD = tick(TICKS_PER_PULSE);

/** The line on which what is pending launches, if its block is there by then. */
export const launchLine = (position: Tick, { quantum }: Pick<Pending, 'quantum'>): Tick =>
  lineFrom(plus(position, LEAD), quantum);

/** The block that a change launches with. */
export const launchIndex = ({ take, anew }: Pending, line: Tick): number => (anew ? 0 : blockIndex(take, line));

/** Whether the block that a change would launch with, on a line, is there. */
export const hasLaunchBlock = (
  { memory, position }: Conductor,
  launch: Pending,
  line = launchLine(position, launch),
): boolean => recall(memory, launch.take.id, launchIndex(launch, line)) !== null;

/**
 * Whether the draw of a take need not begin yet. What is turned all the time is overtaken before it is heard: but for the
 * first, it is drawn a beat before its line at the latest, and until then once in a beat.
 */
export function mayWait({ pending, position, turnedAt }: Conductor, take: Take): boolean {
  if (pending === null || !pending.isTurned || take.id !== pending.take.id) return false;
  const since = position - turnedAt;
  return since >= 0 && since < TICKS_PER_BEAT && launchLine(position, pending) - position > COMMITTED;
}

/** Where a launch is near, what was planned beyond its line is taken back: it is planned anew from there. */
export function retracted(state: Conductor, effects: Effect[]): Conductor {
  const { running, pending, spare, position, cued } = state;
  if (!running || pending === null) return state;
  const line = launchLine(position, pending);
  if (line >= state.planned || line - position > COMMITTED) return state;
  if (![pending, spare].some((launch) => launch !== null && hasLaunchBlock(state, launch, line))) return state;
  const epoch = nextEpoch(state.epoch);
  effects.push({ kind: 'take-over', epoch, from: line });
  return { ...state, epoch, planned: line, held: [], cued: cued !== null && cued.from >= line ? null : cued };
}

/**
 * The pending take in the place of the old one, where its block is there and this is one of its lines; or else the spare
 * one, and the pending one stays so. Changes may come faster than blocks are drawn: a knob that is turned is heard all the
 * same. Where nothing plays, what plays on from where the song is waits for no line.
 */
export function launched(state: Conductor, from: Tick): Conductor {
  const { pending, spare } = state;
  for (const launch of [pending, spare]) {
    if (pending === null || launch === null) continue;
    if (lineFrom(from, pending.quantum) !== from && (state.part !== null || launch.anew)) continue;
    if (!hasLaunchBlock(state, launch, from)) continue;
    const take: Take = launch.anew ? { ...launch.take, anchor: from } : launch.take;
    if (launch === pending)
      return { ...state, take, pending: null, spare: null, memory: ofTakes(state.memory, [take.id]) };
    // what was begun anew together begins together
    const left =
      pending.anew && pending.take.seed === take.seed
        ? { ...pending, take: { ...pending.take, anchor: from }, anew: false }
        : pending;
    return { ...state, take, pending: left, spare: null, memory: ofTakes(state.memory, [take.id, left.take.id]) };
  }
  return state;
}
