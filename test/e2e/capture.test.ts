import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, it } from 'node:test';
import type { MessageOf, ServerMessage } from '#daimon/bridge/control/protocol.js';
import { Client, closeAll } from '../support/control.js';
import { daimon, inFolder } from '../support/program.js';
import { notesOf } from '../support/smf.js';
import { readMidi } from '../support/take.js';

afterEach(closeAll);

it('what is captured after a stop is to the byte the recording, and lies in a folder of the player', () =>
  inFolder(async (folder) => {
    const record = join(folder, 'take.mid');
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, LOCALAPPDATA: folder };
    const args = ['--clock', 'internal', '--bpm', '300', '--seed', '7', '--ws-port', '0', '--record', record];
    const program = daimon(['start', ...args], { env });
    try {
      const [url] = await program.says(/ws:\/\/\S+/);
      const client = new Client(url);
      const come = async <K extends ServerMessage['kind']>(kind: K, is: (m: MessageOf<K>) => boolean = () => true) => {
        for (;;) {
          const message = await client.next();
          if (message.kind === 'error') assert.fail(message.message);
          if (message.kind === kind && is(message as MessageOf<K>)) return message as MessageOf<K>;
        }
      };
      await come('state', ({ position }) => position.bar > 6);
      client.socket.send(JSON.stringify({ kind: 'stop', id: 1 }));
      await come('ok');
      await come('state', ({ clock }) => clock === 'stopped');
      client.socket.send(JSON.stringify({ kind: 'capture', id: 2 }));
      const { path, notes } = await come('captured');
      assert.equal(dirname(path).endsWith('captures'), true);
      assert.equal(notesOf(readMidi(path)).length, notes);
      assert.ok(notes > 10 && path.startsWith(folder), `${notes} notes in ${path}`);
      assert.equal((await program.end('SIGINT')).code, 130);
      assert.ok(readFileSync(path).equals(readFileSync(record)));
    } finally {
      await program.close();
    }
  }));
