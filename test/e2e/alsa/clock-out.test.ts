import assert from 'node:assert/strict';
import { it } from 'node:test';
import { WebSocket } from 'ws';
import { addressOf, transportHeardBy } from '../../support/alsa.js';
import { daimon, eventually, Program } from '../../support/program.js';

const TICKS_PER_BEAT = 480;
const TICKS_PER_PULSE = 20;

/** Steers a daemon by its WebSocket. */
async function remote(program: Program) {
  const [url] = await program.says(/ws:\/\/\S+/);
  const socket = new WebSocket(url);
  let last: { clock?: string; position?: { bar: number; beat: number; tick: number } } = {};
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString());
    if (message.kind === 'state') last = message;
  });
  await new Promise((resolve) => socket.once('open', resolve));
  return {
    ask: (message: object) => socket.send(JSON.stringify(message)),
    /** Where it stopped, in ticks. */
    stopped: () =>
      eventually('a stop', () => {
        const { clock, position } = last;
        if (clock !== 'stopped' || position === undefined) return null;
        return ((position.bar - 1) * 4 + position.beat - 1) * TICKS_PER_BEAT + position.tick;
      }),
  };
}

it('who follows our clock hears Start, 24 pulses for each beat, Stop; Continue goes on, a jump is told', async () => {
  const dump = new Program('aseqdump', []);
  await addressOf('aseqdump');
  const program = daimon(['start', '--clock-out', '--bpm', '120', '--out', 'aseqdump', '--ws-port', '0']);
  try {
    const { ask, stopped } = await remote(program);
    const heard = (pattern: RegExp) => eventually(`${pattern}`, () => transportHeardBy(dump).match(pattern));
    await heard(/^Start, \d{2,} pulses$/);
    ask({ kind: 'stop' });
    const [, sent] = await heard(/^Start, (\d+) pulses, Stop$/);
    const due = Math.floor((await stopped()) / TICKS_PER_PULSE) + 1;
    // none is missing; in a slow VM some may be sent between the order to stop and its execution
    assert.ok(Number(sent) >= due && Number(sent) < due + 24, `${sent} pulses where ${due} were due`);

    ask({ kind: 'start' });
    await heard(/Stop, (Song Position \d+, )?Continue, \d{2,} pulses$/);
    ask({ kind: 'locate', bar: 9 });
    await heard(/pulses, Stop, Song Position 128, Continue, \d{2,} pulses$/);
    await program.end('SIGTERM');
    await heard(/Song Position 128, Continue, \d+ pulses, Stop$/);
  } finally {
    await Promise.all([program.close(), dump.close()]);
  }
});
