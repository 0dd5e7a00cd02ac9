import { newPlayer, type Player, type PlayerParts } from '#daimon/daemon/player.js';
import type { Engine, EngineInfo } from '#daimon/engine/engine.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { seed } from '#daimon/music/random.js';
import { PITCHES, WHOLE } from '#daimon/music/roll.js';
import type { Timeline } from '#daimon/music/timeline.js';
import { bpm, type Millis, millis, STEPS_PER_BLOCK, type Tick } from '#daimon/music/units.js';
import { type ClockMode, newClock } from '#daimon/transport/clock/clock.js';
import { newConductor } from '#daimon/transport/conductor.js';
import type { Edge, Epoch } from '#daimon/transport/edge.js';
import { blockOf, preset, sketchSeed } from '../transport/stage.js';

export const info: EngineInfo = {
  model: 'test',
  backend: 'none',
  reason: 'It is a test.',
  latentShape: { channels: 1, rows: 1, columns: 1 },
  decoding: DEFAULT_DECODING,
  knobs: [],
  components: [],
};

/** Draws at once. */
export const engine: Pick<Engine, 'info' | 'draw'> = {
  info,
  draw: async (request) => ({
    block: blockOf(sketchSeed(request.sketch), request.preset),
    roll: { basePitch: 30, roles: [{ ...WHOLE, sounding: new Float32Array(PITCHES * STEPS_PER_BLOCK), onset: null }] },
  }),
};

type Call =
  | { readonly kind: 'line'; readonly line: Timeline | null }
  | { readonly kind: 'schedule'; readonly edges: readonly Edge[]; readonly epoch: Epoch }
  | { readonly kind: 'release'; readonly epoch: Epoch }
  | { readonly kind: 'take-over'; readonly epoch: Epoch; readonly from: Tick }
  | { readonly kind: 'panic' };

/** A player at 120 BPM in virtual time, and what it told its output. */
export class Bench {
  readonly calls: Call[] = [];
  readonly said: string[] = [];
  readonly moves: string[] = [];
  readonly player: Player;
  /** Room in the output. */
  room = true;
  time = 0;

  constructor(
    mode: ClockMode,
    parts: Partial<Pick<PlayerParts, 'engineOf' | 'out' | 'offset' | 'clock' | 'conductor'>> = {},
  ) {
    const listener: PlayerParts['listener'] = {
      moved: (move) => this.moves.push(move.kind),
      tempo: () => {},
      blockStarted: () => {},
    };
    this.player = newPlayer({
      clock: newClock(mode, bpm(120)),
      conductor: newConductor(preset, seed(7)),
      out: {
        setTimeline: (line) => this.calls.push({ kind: 'line', line }),
        schedule: (edges, epoch) => {
          if (this.room) this.calls.push({ kind: 'schedule', edges, epoch });
          return this.room;
        },
        release: (epoch) => this.calls.push({ kind: 'release', epoch }),
        takeOver: (epoch, from) => this.calls.push({ kind: 'take-over', epoch, from }),
        panic: () => this.calls.push({ kind: 'panic' }),
      },
      engineOf: () => engine,
      listener,
      offset: millis(0),
      now: () => this.now,
      onBlock: () => {},
      say: (text) => this.said.push(text),
      ...parts,
    });
  }

  get now(): Millis {
    return millis(this.time);
  }

  /** A message from the host, now. */
  host(kind: 'pulse' | 'start' | 'stop' | 'continue'): void {
    this.player.turn({ kind: 'message', message: { kind, time: this.now } });
  }

  /** Our own clock is told, now. */
  tell(kind: 'start' | 'stop' | 'continue'): void {
    this.player.turn({ kind: 'command', command: { kind, time: this.now } });
  }

  /** Time passes, in turns of 20 ms; a host's pulses come in it at 120 BPM. */
  wait(span: number, pulses: 'pulses' | 'silence' = 'silence'): void {
    const end = this.time + span;
    while (this.time < end) {
      this.time += pulses === 'pulses' ? 60_000 / (120 * 24) : 20;
      if (pulses === 'pulses') this.host('pulse');
      this.player.turn({ kind: 'time', now: this.now });
    }
  }

  /** The kinds of call since the last time of asking. */
  since(): readonly string[] {
    return this.calls.splice(0).map((call) => (call.kind === 'line' && call.line === null ? 'no line' : call.kind));
  }

  /** The edges told since the last time of asking. */
  edges(): readonly Edge[] {
    return this.calls.splice(0).flatMap((call) => (call.kind === 'schedule' ? call.edges : []));
  }
}
