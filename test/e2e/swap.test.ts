import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { WebSocket } from 'ws';
import { type MessageOf, messageSchema, type ServerMessage } from '#daimon/bridge/control/protocol.js';
import { daimon, eventually, inFolder, runDaimon } from '../support/program.js';
import { notesOf, textsOf } from '../support/smf.js';
import { readMidi } from '../support/take.js';

const BAR = 1920;

it('pop plays, folk takes over on a bar line with its own block of the same seed, and no note is left hanging', () =>
  inFolder(async (folder) => {
    const [record, plan] = ['take.mid', 'folk.mid'].map((name) => join(folder, name));
    const args = ['--clock', 'internal', '--bpm', '300', '--seed', '7', '--ws-port', '0', '--record', record];
    const program = daimon(['start', '--model', 'pop', ...args]);
    try {
      const [url] = await program.says(/ws:\/\/\S+/);
      const heard: ServerMessage[] = [];
      const socket = new WebSocket(url);
      socket.on('message', (data) => heard.push(messageSchema.parse(JSON.parse(String(data)))));
      const said = <K extends ServerMessage['kind']>(kind: K, is: (message: MessageOf<K>) => boolean) =>
        eventually(kind, () => heard.find((m): m is MessageOf<K> => m.kind === kind && is(m as MessageOf<K>)) ?? null);
      const answer = async (request: { readonly id: number }) => {
        socket.send(JSON.stringify(request));
        return eventually(
          `an answer to ${request.id}`,
          () => heard.find((m) => (m.kind === 'ok' || m.kind === 'error') && m.id === request.id) ?? null,
        );
      };
      await said('block', ({ model }) => model === 'pop');
      const refused = await answer({ kind: 'model', id: 1, name: 'flok' } as { id: number });
      assert.ok(refused.kind === 'error' && refused.code === 'model' && /'folk'/.test(refused.message));
      assert.equal((await answer({ kind: 'model', id: 2, name: 'folk' } as { id: number })).kind, 'ok');
      assert.equal((await said('model', () => true)).model, 'folk');
      await said('block', ({ model, seed }) => model === 'folk' && seed === 7);
      await said('state', ({ model, position }) => model === 'folk' && position.bar >= 9);
      assert.equal((await program.end('SIGINT')).code, 130);
      assert.ok(!/broken|late/.test(program.said), program.said);
    } finally {
      await program.close();
    }
    const smf = readMidi(record);
    const played = notesOf(smf);
    const [launch] = textsOf(smf, 6).filter(({ text }) => text.startsWith('folk: '));
    assert.equal(launch.tick % BAR, 0);
    await runDaimon('render', '--model', 'folk', '--seed', '7', '--blocks', '1', '--out', plan);
    const end = played.at(-1)?.on ?? 0;
    const text = ({ on, pitch }: { on: number; pitch: number }): string => `${on} ${pitch}`;
    const after = played.filter(({ on }) => on > launch.tick && on < Math.min(end, 16 * BAR)).map(text);
    const folk = notesOf(readMidi(plan)).filter(({ on }) => on > launch.tick && on < Math.min(end, 16 * BAR));
    assert.ok(after.length > 5, `${after.length} notes`);
    assert.deepEqual(after.sort(), folk.map(text).sort());
  }));
