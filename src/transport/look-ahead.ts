import { minus, TICKS_PER_BAR, TICKS_PER_BEAT, TICKS_PER_STEP, type Tick, tick } from '../music/units.js';
import { isFresh, ofTakes, recall } from './block-memory.js';
import { blockPreset, blockSketch } from './block-plan.js';
import { chordsIn } from './chord-line.js';
import type { Ask, Conducted, Conductor, Effect, Part, Pending } from './conductor-state.js';
import { cutAt, planSpan, takenUp } from './plan.js';
import { revised } from './revision.js';
import { blockIndex, blockStart, namedSeed, type Take } from './take.js';

/**
 * Notes are planned bar by bar, a beat ahead: short, since a change takes effect on the first bar line not yet
 * planned; long enough (200 ms at 300 BPM) for a main thread that is busy with something else.
 */
const PLAN_AHEAD = tick(TICKS_PER_BEAT);
/** A downbeat so little late (31 ms at 120 BPM) is better than none. */
const GRACE = tick(TICKS_PER_STEP / 4);

/** Plans as far as it is time to, and asks for what will be wanted. */
export function lookAhead(before: Conductor): Conducted {
  const effects: Effect[] = [];
  let state = revised(begun(before, effects), effects);
  while (state.running && planFrom(state) < state.position + PLAN_AHEAD) {
    const from = planFrom(state);
    state = launched(state, from);
    const part = partAt(state, from);
    if (part === null) {
      state = rested(state, from, effects);
      break;
    }
    state = begun(planned(state, part, from, effects), effects);
  }
  return { state: asked(state, effects), effects };
}

/** A bar of a part more. */
function planned(state: Conductor, part: Part, from: Tick, effects: Effect[]): Conductor {
  const goesOn = state.part?.block === part.block && state.part.start === part.start;
  const sounds = goesOn || follows(state, part, from);
  const to = barAfter(from);
  const ended = sounds ? [] : cutAt(state.held, from);
  const taken = sounds ? { edges: [], held: state.held } : takenUp(part.block, part.start, from, state.chase);
  const plan = planSpan(part.block, part.start, from, to, taken.held);
  const edges = [...ended, ...taken.edges, ...plan.edges];
  if (edges.length > 0) effects.push({ kind: 'schedule', edges, epoch: state.epoch });
  if (part.repeated && !state.part?.repeated && state.failedInBar === null) effects.push(LATE);
  return { ...state, part, planned: to, held: plan.held, cued: goesOn ? state.cued : { ...part, from } };
}

/**
 * Whether a part begins where the block before it in its take has just ended, as it would have: then what sounds over
 * that end goes on. A launch forgets the blocks of the take before.
 */
function follows(state: Conductor, part: Part, from: Tick): boolean {
  const before = state.part;
  if (before === null || before.repeated || part.repeated || from !== part.start) return false;
  return before.index === part.index - 1 && recall(state.memory, state.take.id, before.index) === before.block;
}

const LATE: Effect = { kind: 'say', text: 'The next block came late; the last one plays again.' };

/** Nothing to play: what sounds ends here, and from here on the block plays as soon as it is there. */
function rested(state: Conductor, from: Tick, effects: Effect[]): Conductor {
  const edges = cutAt(state.held, from);
  if (edges.length > 0) effects.push({ kind: 'schedule', edges, epoch: state.epoch });
  return { ...state, planned: from, held: [], part: null };
}

/** Tells that the planned block begins, once it does. */
function begun(state: Conductor, effects: Effect[]): Conductor {
  if (state.cued === null || state.cued.from > state.position) return state;
  effects.push({ kind: 'block-started', ...state.cued });
  return { ...state, cued: null };
}

/** The first tick not planned yet that can still be played in time. */
const planFrom = (state: Conductor): Tick =>
  minus(state.position, state.planned) <= GRACE ? state.planned : stepFrom(state.position);

/** The bar line on which a change that is drawn at once takes effect. */
export const nextLaunch = (state: Conductor): Tick => barAfter(tick(planFrom(state) - 1));

/**
 * The pending take in the place of the old one, where its block is there and the bar line allows; or else the spare one,
 * and the pending one stays so. Changes may come faster than blocks are drawn: a knob that is turned is heard all the same.
 */
function launched(state: Conductor, from: Tick): Conductor {
  const { pending, spare } = state;
  for (const launch of [pending, spare]) {
    if (pending === null || launch === null || !(isBarLine(from) || (state.part === null && !launch.anew))) continue;
    if (!hasLaunchBlock(state, launch, from)) continue;
    const take: Take = launch.anew ? { ...launch.take, anchor: from } : launch.take;
    if (launch === pending)
      return { ...state, take, pending: null, spare: null, memory: ofTakes(state.memory, [take.id]) };
    // what was begun anew together begins together
    const left =
      pending.anew && pending.take.seed === take.seed
        ? { take: { ...pending.take, anchor: from }, anew: false }
        : pending;
    return { ...state, take, pending: left, spare: null, memory: ofTakes(state.memory, [take.id, left.take.id]) };
  }
  return state;
}

/** Whether the block that a change would launch with, on a tick, is there. */
export const hasLaunchBlock = (state: Conductor, launch: Pending, from = planFrom(state)): boolean =>
  recall(state.memory, launch.take.id, launchIndex(launch, from)) !== null;

const launchIndex = ({ take, anew }: Pending, from: Tick): number => (anew ? 0 : blockIndex(take, from));

function partAt(state: Conductor, from: Tick): Part | null {
  const { take } = state;
  const index = blockIndex(take, from);
  const start = blockStart(take, index);
  const block = recall(state.memory, take.id, index);
  if (block !== null) return { block, preset: blockPreset(take, index), index, start, repeated: false };
  if (state.part === null || take.preset.whenLate === 'rest') return null;
  return { ...state.part, index, start, repeated: true };
}

/** With the most urgent block asked for that is wanted and not there. */
function asked(state: Conductor, effects: Effect[]): Conductor {
  if (state.asked !== null || state.failedInBar === barOf(state.position)) return state;
  for (const [take, index] of wanted(state)) {
    if (isFresh(state.memory, take.id, index)) continue;
    const ask: Ask = { take: take.id, index };
    const [seed, sketch, preset] = [namedSeed(take, index), blockSketch(take, index), blockPreset(take, index)];
    const chords = chordsIn(state.chords, blockStart(take, index));
    effects.push({ kind: 'generate', ask, model: take.model, seed, sketch, preset, chords });
    const launches = take.id === state.pending?.take.id ? state.pending : null;
    return { ...state, asked: { ...ask, launches, stale: false } };
  }
  return state;
}

/**
 * The blocks wanted, the most urgent first: the one that plays, where it is to be drawn again; the one to be planned
 * from; and the one after the present one, which so has a whole block's time to be drawn. While a change is pending, the block it launches with, and of the old take no more
 * than leads up to the next bar line, so that a further change waits for nothing that will not be heard. While stopped:
 * those under the cursor and at the top.
 */
function wanted(state: Conductor): readonly (readonly [Take, number])[] {
  const { take, pending } = state;
  // before a downbeat that is awaited the song may stand at a tick below 0
  const present = blockIndex(take, tick(Math.max(state.position, take.anchor)));
  if (!state.running)
    return [
      [take, present],
      [take, 0],
    ];
  const from = planFrom(state);
  const planned = [take, blockIndex(take, from)] as const;
  if (pending === null) {
    const next = [take, present + 1] as const;
    // planned to its end in its last bar, it still goes on as another as soon as that is drawn
    const plays = state.part !== null && !state.part.repeated && state.part.index === present;
    return plays ? [[take, present], planned, next] : [planned, next];
  }
  const launch = [pending.take, launchIndex(pending, from)] as const;
  return isBarLine(from) ? [launch] : [launch, planned];
}

export const barOf = (at: Tick): number => Math.floor(at / TICKS_PER_BAR);

export const barAfter = (at: Tick): Tick => tick((barOf(at) + 1) * TICKS_PER_BAR);

const isBarLine = (at: Tick): boolean => at % TICKS_PER_BAR === 0;

const stepFrom = (at: Tick): Tick => tick(Math.ceil(at / TICKS_PER_STEP) * TICKS_PER_STEP);
