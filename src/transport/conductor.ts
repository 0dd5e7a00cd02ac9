import { unreachable } from '../errors.js';
import { felt } from '../music/feel.js';
import type { Preset } from '../music/preset.js';
import type { Seed } from '../music/random.js';
import { type Tick, tick } from '../music/units.js';
import { ofTake, recall, remember } from './block-memory.js';
import type { Ask, Conducted, Conductor, ConductorEvent, Effect, Pending } from './conductor-state.js';
import { FIRST_EPOCH, nextEpoch } from './edge.js';
import { barOf, lookAhead } from './look-ahead.js';
import { blockIndex, furtherSeed, type Take } from './take.js';

/**
 * Decides what is played when. Blocks lie end to end from the take's anchor, bar 1 unless `next` moved it, and the
 * seed of each follows from the take's and its index: what plays at a position is the same however it is reached.
 */
export const newConductor = (preset: Preset, seed: Seed, chase = true): Conductor => ({
  chase,
  epoch: FIRST_EPOCH,
  running: false,
  position: tick(0),
  take: { id: 0, model: 0, preset, seed, latent: null, anchor: tick(0) },
  pending: null,
  memory: [],
  asked: null,
  failedInBar: null,
  planned: tick(0),
  held: [],
  part: null,
  cued: null,
});

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
    case 'failed':
      return isAwaited(state, event.ask) ? failed(state, event.reason) : just(state);
    case 'next':
      return just(changed(state, ({ seed }) => ({ seed: furtherSeed(seed), latent: null }), true));
    case 'seed':
      return just(reseeded(state, { seed: event.seed }));
    case 'preset':
      return just(withPreset(state, event.preset));
    case 'model':
      return just(changed(state, () => ({ model: event.model, latent: null })));
    case 'latent':
      return just(changed(state, () => ({ latent: event.latent })));
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
  const take = [state.take, state.pending?.take].find((known) => known?.id === ask.take);
  if (take === undefined) return free;
  return { ...free, memory: remember(state.memory, { ...ask, block: felt(block, take.preset.feel) }) };
}

const isAwaited = ({ asked }: Conductor, ask: Ask): boolean => asked?.take === ask.take && asked.index === ask.index;

/** Said at the first failure in a row only. */
function failed(state: Conductor, reason: string): Conducted {
  const next = { ...state, asked: null, failedInBar: barOf(state.position) };
  if (state.failedInBar !== null) return just(next);
  const meanwhile = state.take.preset.whenLate === 'repeat' ? 'the last one plays again' : 'it rests';
  return { state: next, effects: [{ kind: 'say', text: `No new block: ${reason} Until there is one, ${meanwhile}.` }] };
}

/** A seed given by name has its blocks lie from bar 1: what it plays at a position is known beforehand. */
const reseeded = (state: Conductor, change: Pick<Take, 'seed'> & Partial<Take>): Conductor =>
  changed(state, () => ({ latent: null, anchor: tick(0), ...change }), false);

/** A preset brings its seed along if it has one. */
const withPreset = (state: Conductor, preset: Preset): Conductor =>
  preset.seed === null
    ? changed(state, () => ({ preset, latent: null }))
    : reseeded(state, { preset, seed: preset.seed });

/** Changes on top of those still pending. */
function changed(
  state: Conductor,
  change: (take: Take) => Partial<Take>,
  anew = state.pending?.anew ?? false,
): Conductor {
  const base = state.pending?.take ?? state.take;
  const pending: Pending = { take: { ...base, ...change(base), id: base.id + 1 }, anew };
  const next = { ...state, pending, failedInBar: null };
  return state.running ? next : settled(next);
}

/** While nothing plays, what is pending need not wait; a take begun anew begins at bar 1. */
function settled(state: Conductor): Conductor {
  if (state.pending === null) return state;
  const { take, anew } = state.pending;
  return {
    ...state,
    take: anew ? { ...take, anchor: tick(0) } : take,
    pending: null,
    memory: ofTake(state.memory, take.id),
  };
}
