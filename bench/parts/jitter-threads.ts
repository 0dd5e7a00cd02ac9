import { setTimeout as sleep } from 'node:timers/promises';
import { noteMessage } from '#daimon/bridge/control/messages.js';
import { openMidiOut } from '#daimon/bridge/midi/output/output-thread.js';
import { now } from '#daimon/bridge/monotonic.js';
import { openControlServer } from '#daimon/bridge/websocket/websocket.js';
import { engineOptions } from '#daimon/cli/play-options.js';
import { plainDraw } from '#daimon/engine/engine.js';
import { startEngine } from '#daimon/engine/start.js';
import { seed } from '#daimon/music/random.js';
import { bpm, millis, minus, plus, STEPS_PER_BAR, TICKS_PER_BAR, TICKS_PER_STEP, tick } from '#daimon/music/units.js';
import { FIRST_EPOCH } from '#daimon/transport/edge.js';
import { HELLO } from '../../test/support/control.js';
import { threeClients } from './programs.js';
import { latenessOfSleeper } from './sleeper.js';

const STEP_MS = 125;
const BAR_MS = STEPS_PER_BAR * STEP_MS;
/** As the daemon's main thread turns while it plays. */
const TURN_MS = 25;
/** The daemon plans a beat ahead. */
const AHEAD_MS = 500;
/** Eight times as often as blocks last at this tempo: drawing shall be felt, if it can be. */
const DRAW_MS = 4000;

export interface Lateness {
  /** Of each note on, by the output thread's own account, in ms. */
  readonly output: readonly number[];
  /** Of a thread that only sleeps, to moments half a step later, so that the two never spin at once. */
  readonly sleeper: readonly number[];
}

/** Sixteenths at 120 BPM through the output thread, while an engine draws and three clients are served. No port. */
export async function latenessOfThreads(seconds: number): Promise<Lateness> {
  const bars = Math.ceil((seconds * 1000) / BAR_MS);
  const engine = await startEngine(engineOptions({}));
  const server = await openControlServer({
    port: 0,
    hello: () => HELLO,
    controls: () => [],
    values: () => ({}),
    block: () => null,
    history: () => ({ kind: 'history', blocks: [] }),
    bindings: () => ({ kind: 'bindings', armed: null, controllers: [], maps: [] }),
    onRequest: () => {},
  });
  const clients = await threeClients(server.url);
  const out = await openMidiOut({ port: { kind: 'existing', name: 'none, for a bench' }, warn: () => {} });
  const output: number[] = [];
  out.onSent((sent) => {
    if (sent.edge.status === 0x90) output.push(sent.late);
    const note = noteMessage(sent);
    if (note !== null) server.broadcast(note);
  });

  const start = plus(now(), millis(1000));
  const slept = latenessOfSleeper({ first: start + STEP_MS / 2, step: STEP_MS, count: bars * STEPS_PER_BAR });
  out.setTimeline({ tempo: bpm(120), tickOrigin: tick(0), timeOrigin: start });
  let draws = 0;
  for (let bar = 0; minus(now(), start) < bars * BAR_MS; ) {
    const elapsed = minus(now(), start);
    if (bar < bars && elapsed > bar * BAR_MS - AHEAD_MS) out.schedule(sixteenths(bar++), FIRST_EPOCH);
    if (elapsed > draws * DRAW_MS) {
      void engine.draw(plainDraw(seed(draws++), engine.info.decoding));
    }
    server.broadcast({ kind: 'state', ...HELLO.state });
    await sleep(TURN_MS);
  }
  const sleeper = await slept;
  for (const resource of [out, clients, server, engine]) await resource.close();
  return { output, sleeper };
}

const sixteenths = (bar: number) =>
  Array.from({ length: STEPS_PER_BAR }, (_, i) => bar * TICKS_PER_BAR + i * TICKS_PER_STEP).flatMap((at) => [
    { tick: tick(at), status: 0x90, data1: 60, data2: 80 },
    { tick: tick(at + 90), status: 0x80, data1: 60, data2: 0 },
  ]);
