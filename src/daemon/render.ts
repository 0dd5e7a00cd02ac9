import { isNoteOn } from '../bridge/midi/midi-messages.js';
import type { Recorder } from '../bridge/recording/recorder.js';
import type { Engine } from '../engine/engine.js';
import { unreachable } from '../errors.js';
import type { Preset } from '../music/preset.js';
import type { Seed } from '../music/random.js';
import type { Theme } from '../music/sketch.js';
import { timeAt } from '../music/timeline.js';
import { BARS_PER_BLOCK, type Bpm, millis, TICKS_PER_BAR, TICKS_PER_BLOCK, tick } from '../music/units.js';
import type { ClockMove } from '../transport/clock/clock-state.js';
import { conduct, newConductor } from '../transport/conductor.js';
import type { ConductorEvent } from '../transport/conductor-state.js';
import type { Edge } from '../transport/edge.js';
import { cutAt } from '../transport/plan.js';
import { drawRequest, type Generate } from './draw-request.js';

export interface RenderOptions {
  readonly preset: Preset;
  readonly seed: Seed;
  /** What stays from block to block; nothing, where it is left out. */
  readonly theme?: Theme | null;
  /** How many, from bar 1 on. */
  readonly blocks: number;
  readonly tempo: Bpm;
}

/**
 * Plays a take from bar 1 into a recorder, in virtual time: what a daemon that is never late would have recorded.
 * Gives the number of notes. Rejects with the DaimonError of the first draw that fails.
 */
export async function render(
  engine: Pick<Engine, 'info' | 'draw'>,
  recorder: Recorder,
  { preset, seed, theme = null, blocks, tempo }: RenderOptions,
): Promise<number> {
  const top = tick(0);
  const end = tick(blocks * TICKS_PER_BLOCK);
  const line = { tempo, tickOrigin: top, timeOrigin: millis(0) };
  const wanted: Generate[] = [];
  let state = newConductor(preset, seed);
  let notes = 0;

  const send = (edges: readonly Edge[]): void => {
    for (const edge of edges) {
      if (isNoteOn(edge.status, edge.data2)) notes++;
      recorder.sent({ edge, epoch: state.epoch, tick: edge.tick, time: timeAt(line, edge.tick), late: millis(0) });
    }
  };
  const step = (event: ConductorEvent): void => {
    const conducted = conduct(state, event);
    state = conducted.state;
    for (const effect of conducted.effects) {
      switch (effect.kind) {
        case 'generate':
          // the one after the last is asked for too
          if (effect.ask.index < blocks) wanted.push(effect);
          break;
        case 'schedule':
          send(effect.edges);
          break;
        case 'block-started':
          recorder.blockStarted(effect, state.epoch);
          break;
        // nothing is changed while it plays
        case 'release':
        case 'take-over':
        case 'say':
          break;
        default:
          unreachable(effect);
      }
    }
  };
  const perform = async (event: ConductorEvent): Promise<void> => {
    step(event);
    for (let effect = wanted.shift(); effect !== undefined; effect = wanted.shift()) {
      const { block } = await engine.draw(drawRequest(effect, engine.info));
      step({ kind: 'drawn', ask: effect.ask, block });
    }
  };
  const move = (to: ClockMove): Promise<void> => {
    recorder.moved(to, state.position, state.epoch);
    return perform(to);
  };

  if (theme !== null) await perform({ kind: 'theme', theme });
  await perform({ kind: 'jump', tick: top });
  recorder.tempo(tempo, top, state.epoch);
  await move({ kind: 'play', tick: top });
  for (let bar = 1; bar < blocks * BARS_PER_BLOCK; bar++) {
    await perform({ kind: 'time', tick: tick(bar * TICKS_PER_BAR) });
  }
  // what would sound on into a block that is not rendered
  send(cutAt(state.held, end));
  recorder.moved({ kind: 'stop' }, end, state.epoch);
  return notes;
}
