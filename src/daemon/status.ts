import type { HelloBody, StateBody } from '../bridge/control/protocol.js';
import type { EngineInfo } from '../engine/engine.js';
import { positionAt } from '../music/position.js';
import type { Preset } from '../music/preset.js';
import { tick } from '../music/units.js';
import { clockState } from '../transport/clock.js';
import { tempoOf } from '../transport/clock-state.js';
import type { Player } from './player.js';

/** What clients see of the daemon. Preset and seed are those that were chosen last, also before they are heard. */
export function stateOf({ clock, conductor, muted, position }: Player, { backend }: EngineInfo): StateBody {
  const state = clockState(clock);
  const take = conductor.pending?.take ?? conductor.take;
  return {
    clock: muted ? 'stopped' : state.kind,
    source: clock.source,
    tempo: tempoOf(state),
    // before its downbeat a clock may stand a moment below 0
    position: positionAt(tick(Math.max(0, position))),
    preset: take.preset.name,
    seed: take.seed,
    backend,
  };
}

export const helloOf = (player: Player, info: EngineInfo, presets: readonly Preset[]): HelloBody => ({
  model: info.model,
  latentShape: info.latentShape,
  presets: presets.map(({ name, title, description }) => ({ name, title, description })),
  state: stateOf(player, info),
});
