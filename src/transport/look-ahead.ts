import {
  minus,
  TICKS_PER_BAR,
  TICKS_PER_BEAT,
  TICKS_PER_BLOCK,
  TICKS_PER_STEP,
  type Tick,
  tick,
} from '../music/units.js';
import { isFresh, recall } from './block-memory.js';
import { blockPreset, blockSketch, namedSeed } from './block-plan.js';
import { chordsIn } from './chord-line.js';
import type { Ask, Conducted, Conductor, Effect, Part } from './conductor-state.js';
import { launched, launchIndex, launchLine, mayWait, retracted } from './launch.js';
import { cutAt, planSpan, takenUp } from './plan.js';
import { revised } from './revision.js';
import { blockIndex, blockStart, type Take } from './take.js';

/** Notes are planned bar by bar, a beat ahead: 200 ms at 300 BPM, for a main thread that is busy with something else. */
const PLAN_AHEAD = tick(TICKS_PER_BEAT);
/** A downbeat so little late (31 ms at 120 BPM) is better than none. */
const GRACE = tick(TICKS_PER_STEP / 4);

/** Plans as far as it is time to, and asks for what will be wanted. */
export function lookAhead(before: Conductor): Conducted {
  const effects: Effect[] = [];
  let state = retracted(revised(begun(before, effects), effects), effects);
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

/** A bar of a part more, or what is left of its block. */
function planned(state: Conductor, part: Part, from: Tick, effects: Effect[]): Conductor {
  const goesOn = state.part?.block === part.block && state.part.start === part.start;
  const sounds = goesOn || follows(state, part, from);
  const to = tick(Math.min(barAfter(from), part.start + TICKS_PER_BLOCK));
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

function partAt(state: Conductor, from: Tick): Part | null {
  const { take } = state;
  const index = blockIndex(take, from);
  const start = blockStart(take, index);
  const block = recall(state.memory, take.id, index);
  if (block !== null) return { block, preset: blockPreset(take, index), index, start, repeated: false };
  if (state.part === null || blockPreset(take, index).whenLate === 'rest') return null;
  return { ...state.part, index, start, repeated: true };
}

/** With the most urgent block asked for that is wanted and not there. */
function asked(state: Conductor, effects: Effect[]): Conductor {
  if (state.asked !== null || state.failedInBar === barOf(state.position)) return state;
  for (const [take, index] of wanted(state)) {
    if (isFresh(state.memory, take.id, index) || mayWait(state, take)) continue;
    const ask: Ask = { take: take.id, index };
    const [seed, sketch, preset] = [namedSeed(take, index), blockSketch(take, index), blockPreset(take, index)];
    const chords = chordsIn(state.chords, blockStart(take, index));
    effects.push({ kind: 'generate', ask, model: take.model, seed, sketch, preset, chords });
    const launches = take.id === state.pending?.take.id ? state.pending : null;
    const turnedAt = launches?.isTurned ? state.position : state.turnedAt;
    return { ...state, turnedAt, asked: { ...ask, launches, stale: false } };
  }
  return state;
}

/**
 * The blocks wanted, the most urgent first: the one that plays, where it is to be drawn again; the one to be planned
 * from; and the one after the present one, which so has a whole block's time to be drawn. While a change is pending, the
 * block it launches with, and of the old take no more than leads up to its line, so that a further change waits for
 * nothing that will not be heard. While stopped: those under the cursor and at the top.
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
  const plays = state.part !== null && !state.part.repeated && state.part.index === present;
  // what is planned may still be taken back, as long as it has not begun
  const after = state.cued === null ? [present + 1] : [];
  const ahead = [blockIndex(take, from), ...after].map((index) => [take, index] as const);
  // planned to its end in its last bar, what plays still goes on as another as soon as that is drawn
  if (pending === null) return plays ? [[take, present], ...ahead] : ahead;
  const line = launchLine(state.position, pending);
  const untilThen = from < line ? ahead.filter(([, index]) => blockStart(take, index) < line) : [];
  return [[pending.take, launchIndex(pending, line)], ...untilThen];
}

export const barOf = (at: Tick): number => Math.floor(at / TICKS_PER_BAR);

export const barAfter = (at: Tick): Tick => tick((barOf(at) + 1) * TICKS_PER_BAR);

const stepFrom = (at: Tick): Tick => tick(Math.ceil(at / TICKS_PER_STEP) * TICKS_PER_STEP);
