import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_MODEL } from '#daimon/cli/play-options.js';
import { SMALL, writeRandomBundle } from '../../engine/random-model.js';
import { daimon, eventually, Program } from '../../support/program.js';

/** A port of UDP that nobody has. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((done) => socket.close(done));
  return port;
}

/** OSC by hands that are not ours: oscsend and oscdump of liblo. */
describe('daimon and liblo', () => {
  let program: Program;
  let fixed: Program;
  let port = '';
  before(async () => {
    const models = await writeRandomBundle(DEFAULT_MODEL, SMALL);
    const to = await freePort();
    fixed = new Program('oscdump', ['-L', String(to)]);
    const args = ['--models-dir', models, '--bpm', '300', '--clock', 'internal', '--seed', '3000000000', '--no-ws'];
    program = daimon(['start', ...args, '--osc-port', '0', '--osc-to', `127.0.0.1:${to}`]);
    const [, heardAt] = await program.says(/osc\.udp:\/\/127\.0\.0\.1:(\d+), to 127\.0\.0\.1:\d+/);
    port = heardAt;
  });
  after(async () => {
    await program.close();
    await fixed.close();
  });

  const send = async (...words: readonly string[]): Promise<void> => {
    const { code, stderr } = await new Program('oscsend', ['127.0.0.1', port, ...words]).ended();
    assert.equal(code, 0, stderr);
  };

  it('who is named by --osc-to hears where all stands, how the music goes, and each note', async () => {
    await fixed.says(/ \/daimon\/swing f 50\.000000$/m);
    await fixed.says(/ \/daimon\/state\/seed d 3000000000\.000000$/m);
    await fixed.says(/ \/daimon\/state\/clock s "running"$/m);
    await fixed.says(/ \/daimon\/note iii 1 \d+ [1-9]\d*$/m);
    await fixed.says(/ \/daimon\/note iii 1 \d+ 0$/m);
    await fixed.says(/ \/daimon\/block iid 1 1 3000000000\.000000$/m);
  });

  it('a control, a fader, a list, a button and a request do what they say', async () => {
    await send('/daimon/swing', 'i', '58');
    await fixed.says(/ \/daimon\/swing f 58\.000000$/m);
    await send('/daimon/fader/gate', 'f', '0.5');
    await fixed.says(/ \/daimon\/gate f 0\.550000$/m);
    await send('/daimon/scale', 'iii', '0', '4', '7');
    await fixed.says(/ \/daimon\/scale iii 0 4 7$/m);
    await send('/daimon/texture/monophonic', 'f', '0');
    await send('/daimon/texture/chordal', 'T');
    await fixed.says(/ \/daimon\/texture s "chordal"$/m);
    assert.doesNotMatch(fixed.said, /monophonic/);
    await send('/daimon/seed', 'h', '4294967295');
    await fixed.says(/ \/daimon\/state\/seed d 4294967295\.000000$/m);
    await send('/daimon/preset', 's', 'music-box');
    await fixed.says(/ \/daimon\/state\/preset s "music-box"$/m);
  });

  it('who subscribes hears all, until it does so no more', async () => {
    const own = await freePort();
    const dump = new Program('oscdump', ['-L', String(own)]);
    try {
      // oscdump does not say when it has begun to listen
      await eventually('oscdump to hear', async () => {
        await send('/daimon/subscribe', 'i', String(own));
        return /\/daimon\/presets/.test(dump.said) || null;
      });
      await dump.says(/ \/daimon\/note iii/);
      await send('/daimon/unsubscribe', 'i', String(own));
      await send('/daimon/swing', 'f', '66.5');
      await fixed.says(/ \/daimon\/swing f 66\.500000$/m);
      assert.doesNotMatch(dump.said, / \/daimon\/swing f 66\.5/);
    } finally {
      await dump.close();
    }
  });

  it('a flood of what is no OSC leaves daimon playing, and listening', async () => {
    const socket = createSocket('udp4');
    for (let n = 0; n < 5000; n++) socket.send(Buffer.alloc(n % 200, n), Number(port), '127.0.0.1');
    await send('/daimon/humanise', 'i', '7');
    await eventually('an answer', async () => {
      await send('/daimon/humanise', 'i', '7');
      return /\/daimon\/humanise i 7$/m.test(fixed.said) || null;
    });
    socket.close();
  });

  it('Ctrl-C ends it, with OSC open', async () => {
    assert.equal((await program.end('SIGINT')).code, 130);
  });
});
