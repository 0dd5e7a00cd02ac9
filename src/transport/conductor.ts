import { unreachable } from '../errors.js';
import type { Block } from '../music/block.js';
import { felt } from '../music/feel.js';
import type { Preset } from '../music/preset.js';
import type { Quantum } from '../music/quantum.js';
import type { Seed } from '../music/random.js';
import { type Tick, tick } from '../music/units.js';
import { ofTakes, recall, remember, staled } from './block-memory.js';
import { blockPreset } from './block-plan.js';
import { withChord } from './chord-line.js';
import type { Ask, Conducted, Conductor, ConductorEvent, Effect, Pending } from './conductor-state.js';
import { FIRST_EPOCH, nextEpoch } from './edge.js';
import { hasLaunchBlock, launchLine } from './launch.js';
import { barOf, lookAhead } from './look-ahead.js';
import { back, forth, leaving, NO_PAST, type Past, type Setting } from './past.js';
import { blockIndex, type Take } from './take.js';
import { changeOf, isTurned, quantumOf, type TakeChange, TURNED } from './take-change.js';

/**
 * Decides what is played when. Blocks lie end to end from the take's anchor, bar 1 unless `next` moved it, and the
 * seed of each follows from the take's and its index: what plays at a position is the same however it is reached.
 */
export const newConductor = (preset: Preset, seed: Seed, chase = true): Conductor => ({
  chase,
  epoch: FIRST_EPOCH,
  running: false,
  position: tick(0),
  takes: 0,
  quantum: 'bar',
  take: { id: 0, model: 0, preset, seed, theme: null, morph: null, anchor: tick(0) },
  pending: null,
  spare: null,
  past: NO_PAST,
  chords: [],
  memory: [],
  asked: null,
  turnedAt: tick(Number.NEGATIVE_INFINITY),
  failedInBar: null,
  planned: tick(0),
  held: [],
  part: null,
  cued: null,
});

/** The block that plays, or would from here on; null while it is not drawn. */
export const presentBlock = ({ part, memory, take, position }: Conductor): Block | null =>
  part?.block ?? recall(memory, take.id, blockIndex(take, tick(Math.max(position, take.anchor))));

/** Whether a start here and now would sound at once, or can't for want of a block that failed to be drawn. */
export const isReady = ({ take, memory, position, failedInBar }: Conductor): boolean =>
  failedInBar !== null || recall(memory, take.id, blockIndex(take, position)) !== null;

export function conduct(before: Conductor, event: ConductorEvent): Conducted {
  const { state, effects } = respond(before, event);
  const ahead = lookAhead(state);
  return { state: ahead.state, effects: [...effects, ...ahead.effects] };
}

function respond(state: Conductor, event: ConductorEvent): Conducted {
  switch (event.kind) {
    case 'time':
      return just(state.running ? { ...state, position: event.tick } : state);
    case 'play':
      return state.running ? emptied(at(state, event.tick)) : just({ ...at(state, event.tick), running: true });
    case 'jump':
      return state.running ? emptied(at(state, event.tick)) : just(at(state, event.tick));
    case 'stop':
      return state.running ? emptied(settled({ ...state, running: false })) : just(state);
    case 'refused':
      return emptied(state, 'The output could not take a whole bar; it is left out.');
    case 'drawn':
      return just(isAwaited(state, event.ask) ? answered(state, event.ask, event) : state);
    case 'chord':
      return just(chorded(state, event.pitchClasses));
    case 'failed':
      return isAwaited(state, event.ask) ? failed(state, event.reason) : just(state);
    case 'quantum':
      return just({ ...state, quantum: event.quantum });
    case 'cancel':
      return just(cancelled(state));
    case 'undo':
    case 'redo':
      return just(retraced(state, event.kind === 'undo' ? back : forth));
    case 'next':
    case 'seed':
    case 'preset':
    case 'model':
    case 'edit':
    case 'theme':
    case 'vary':
    case 'recall':
    case 'morph':
    case 'glide':
      return just(changed(state, event));
    default:
      return unreachable(event);
  }
}

const just = (state: Conductor): Conducted => ({ state, effects: [] });

/** The cursor moved. Before the anchor there is nothing of a take: it then begins at bar 1. */
const at = (state: Conductor, position: Tick): Conductor => ({
  ...state,
  position,
  planned: position,
  failedInBar: null,
  take: position < state.take.anchor ? { ...state.take, anchor: tick(0) } : state.take,
});

/** All that was scheduled is void, all that sounds is ended. */
function emptied(state: Conductor, say?: string): Conducted {
  const epoch = nextEpoch(state.epoch);
  const effects: Effect[] = [{ kind: 'release', epoch }];
  if (say !== undefined) effects.push({ kind: 'say', text: say });
  return { state: { ...state, epoch, held: [], part: null, cued: null }, effects };
}

/** An answer may outlive a stop or a jump, since a block is right wherever its place comes by; not its take. */
function answered(state: Conductor, ask: Ask, { block }: Extract<ConductorEvent, { kind: 'drawn' }>): Conductor {
  const free = { ...state, asked: null, failedInBar: null };
  const launches = state.asked?.launches ?? null;
  const take = [state.take, launches?.take].find((known) => known?.id === ask.take);
  if (take === undefined) return free;
  const played = felt(block, blockPreset(take, ask.index).feel);
  const memory = remember(state.memory, { ...ask, block: played, stale: state.asked?.stale ?? false });
  const overtaken = launches !== null && launches.take.id !== state.pending?.take.id && state.pending !== null;
  return { ...free, memory, spare: overtaken ? launches : state.spare };
}

/** Blocks that follow chords are drawn again, what plays first of all; it goes on as it is until then. */
function chorded(state: Conductor, pitchClasses: readonly number[]): Conductor {
  const { take, pending, spare, asked } = state;
  const takes = [take, pending?.take, spare?.take, asked?.launches?.take];
  // on the way from one preset to another, some blocks of a take follow and others do not
  const follows = (of: Ask): boolean => {
    const itsTake = takes.find((known) => known?.id === of.take);
    return itsTake !== undefined && (blockPreset(itsTake, of.index).decoding.follow ?? 0) > 0;
  };
  return {
    ...state,
    chords: withChord(state.chords, { tick: state.position, pitchClasses }),
    memory: staled(state.memory, follows),
    asked: asked && { ...asked, stale: asked.stale || follows(asked) },
  };
}

const isAwaited = ({ asked }: Conductor, ask: Ask): boolean => asked?.take === ask.take && asked.index === ask.index;

/** Said at the first failure in a row only. */
function failed(state: Conductor, reason: string): Conducted {
  const next = { ...state, asked: null, failedInBar: barOf(state.position) };
  if (state.failedInBar !== null) return just(next);
  const meanwhile = state.take.preset.whenLate === 'repeat' ? 'the last one plays again' : 'it rests';
  return { state: next, effects: [{ kind: 'say', text: `No new block: ${reason} Until there is one, ${meanwhile}.` }] };
}

/** On top of those still pending. */
function changed(state: Conductor, event: TakeChange): Conductor {
  const from = chosenTake(state);
  const quantum = quantumOf(event, state.quantum, state.pending?.quantum ?? null);
  // where it will begin if it is drawn in time: a glide and chords are read as there
  const line = launchLine(state.position, { quantum });
  const change = changeOf(from, event, line);
  const goesOn = 'goesOn' in event && event.goesOn === true;
  const past =
    event.kind === 'model' ? NO_PAST : goesOn ? state.past : leaving(state.past, from, { ...from, ...change });
  const anew = event.kind === 'next' || ((state.pending?.anew ?? false) && change.anchor === undefined);
  const anchor = anew ? { anchor: line } : {};
  return chosenAnew(
    { ...state, past },
    { ...from, ...change, ...anchor },
    { anew, quantum, isTurned: isTurned(event), before: state.past },
  );
}

/** What is played as soon as it can be. */
export const chosenTake = ({ pending, take }: Conductor): Take => pending?.take ?? take;

/** What is pending is let go, as if it had never been chosen. */
const cancelled = (state: Conductor): Conductor =>
  state.pending === null ? state : { ...state, pending: null, spare: null, past: state.pending.past };

/** Back to a take that was left, or forth again; where there is none, nothing happens. */
function retraced(state: Conductor, way: typeof back): Conductor {
  const step = way(state.past, chosenTake(state));
  if (step === null) return state;
  // one that began further on, before a rewind, begins at bar 1
  const anchor = step.to.anchor > state.position ? tick(0) : step.to.anchor;
  const launch = { anew: false, quantum: TURNED, isTurned: false, before: state.past };
  return chosenAnew({ ...state, past: step.past }, { ...step.to, anchor }, launch);
}

interface Launch {
  readonly anew: boolean;
  readonly quantum: Quantum;
  readonly isTurned: boolean;
  /** What there was to go back to before. */
  readonly before: Past;
}

function chosenAnew(state: Conductor, setting: Setting, { before, ...launch }: Launch): Conductor {
  const takes = state.takes + 1;
  const take: Take = { ...setting, id: takes };
  const pending: Pending = { take, ...launch, past: state.pending?.past ?? before };
  const overtaken = state.pending !== null && hasLaunchBlock(state, state.pending);
  const next = { ...state, takes, pending, spare: overtaken ? state.pending : state.spare, failedInBar: null };
  return state.running ? next : settled(next);
}

/** While nothing plays, what is pending need not wait; a take begun anew begins at bar 1. */
function settled(state: Conductor): Conductor {
  if (state.pending === null) return { ...state, spare: null };
  const { take, anew } = state.pending;
  return {
    ...state,
    take: anew ? { ...take, anchor: tick(0) } : take,
    pending: null,
    spare: null,
    memory: ofTakes(state.memory, [take.id]),
  };
}
