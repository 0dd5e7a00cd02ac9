import { controlsOf } from '../bridge/control/controls.js';
import { parameterMessage } from '../bridge/control/messages.js';
import type { HelloBody, MessageOf, StateBody } from '../bridge/control/protocol.js';
import type { MidiIn } from '../bridge/midi/midi-in.js';
import type { MidiOut } from '../bridge/midi/midi-out.js';
import type { EngineInfo } from '../engine/engine.js';
import { positionAt } from '../music/position.js';
import type { Preset } from '../music/preset.js';
import { type Cells, COLUMNS, cellsOf } from '../music/sketch.js';
import { type Millis, tick } from '../music/units.js';
import { clockState, pulseJitter } from '../transport/clock/clock.js';
import { tempoOf } from '../transport/clock/clock-state.js';
import { chosenTake } from '../transport/conductor.js';
import type { Conductor } from '../transport/conductor-state.js';
import { hasLaunchBlock, launchLine } from '../transport/launch.js';
import type { Engines } from './engines.js';
import type { Heard } from './history.js';
import { lastAnswer } from './last-answer.js';
import type { Player } from './player.js';
import type { Timing } from './timing.js';
import { valuesOf } from './turning.js';

/** What clients may look at. */
export interface Show {
  readonly player: Player;
  readonly engines: Pick<Engines, 'info'>;
  readonly timing: Timing;
  readonly out: Pick<MidiOut, 'port'>;
  readonly input: Pick<MidiIn, 'port'>;
  readonly now: () => Millis;
}

/** What clients see of the daemon. Model, preset and seed are those that were chosen last, also before they are heard. */
export function stateOf({ player, engines, timing, out, input, now }: Show): StateBody {
  const { clock, conductor, muted, position } = player;
  const state = clockState(clock);
  const take = chosenTake(conductor);
  return {
    clock: muted ? 'stopped' : state.kind,
    source: clock.source,
    tempo: tempoOf(state),
    jitter: pulseJitter(clock),
    // before its downbeat a clock may stand a moment below 0
    position: positionAt(tick(Math.max(0, position))),
    model: engines.info.model,
    preset: take.preset.name,
    seed: take.seed,
    backend: engines.info.backend,
    output: out.port,
    input: input.port,
    queued: queuedIn(conductor),
    held: heldColumns(take.theme?.cells ?? NO_CELLS),
    timing: timing.figures(now()),
  };
}

/** What a client shows of presets. */
export const titlesOf = (presets: readonly Preset[]): HelloBody['presets'] =>
  presets.map(({ name, title, description }) => ({ name, title, description }));

/** What a client must know of a model. */
export const modelOf = (info: EngineInfo): Omit<MessageOf<'model'>, 'kind'> => ({
  model: info.model,
  latentShape: info.latentShape,
  parameters: controlsOf(info).map(parameterMessage),
});

export const helloOf = (show: Show, presets: readonly Preset[], models: readonly string[]): HelloBody => ({
  models,
  ...modelOf(show.engines.info),
  values: valuesOf(show.player, show.engines.info),
  presets: titlesOf(presets),
  state: stateOf(show),
});

function queuedIn(conductor: Conductor): StateBody['queued'] {
  const { pending, position } = conductor;
  if (pending === null) return null;
  const { preset, seed } = pending.take;
  const isReady = hasLaunchBlock(conductor, pending);
  return { preset: preset.name, seed, at: positionAt(launchLine(position, pending)), isReady };
}

const NO_CELLS = cellsOf([]);

/** Counted from 1, low row and high row. */
const heldColumns = lastAnswer((cells: Cells): StateBody['held'] => {
  const ofRow = (from: number): number[] =>
    cells.slice(from, from + COLUMNS).flatMap((isHeld, column) => (isHeld ? [column + 1] : []));
  return { low: ofRow(0), high: ofRow(COLUMNS) };
});

export const historyMessage = (heard: readonly Heard[]): MessageOf<'history'> => ({
  kind: 'history',
  blocks: heard.map(({ number, from, block: { model, preset, seed } }) => {
    return { number, bar: positionAt(from).bar, model, preset, seed };
  }),
});
