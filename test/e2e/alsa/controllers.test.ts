import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import type { MessageOf, ServerMessage } from '#daimon/bridge/control/protocol.js';
import { addressOf, controller, sendBytes } from '../../support/alsa.js';
import { Client, closeAll } from '../../support/control.js';
import { daimon, eventually, inFolder } from '../../support/program.js';

const BAR = 1920;

/** A client that keeps what it has heard. */
async function observer(url: string) {
  const client = new Client(url);
  const hello = await client.next();
  assert.ok(hello.kind === 'hello');
  const heard: ServerMessage[] = [];
  void (async () => {
    for (;;) heard.push(await client.next());
  })().catch(() => {});
  const all = <K extends ServerMessage['kind']>(kind: K): readonly MessageOf<K>[] =>
    heard.filter((message): message is MessageOf<K> => message.kind === kind);
  let id = 0;
  return {
    presets: hello.presets.map(({ name }) => name),
    all,
    ask: async (request: object): Promise<void> => {
      const own = ++id;
      client.socket.send(JSON.stringify({ ...request, id: own }));
      const answer = await eventually('an answer', () => heard.find((each) => 'id' in each && each.id === own) ?? null);
      assert.equal(answer.kind, 'ok', JSON.stringify(answer));
    },
    notice: (sentence: RegExp) =>
      eventually(`a notice ${sentence}`, () => all('notice').find(({ text }) => sentence.test(text)) ?? null),
  };
}

it('what is moved on a controller is learned, and turns and launches what plays at the bar line; it is kept, and shown', () =>
  inFolder(async (folder) => {
    const desk = await controller(1);
    const own = [
      'start',
      '--clock',
      'internal',
      '--bpm',
      '240',
      '--seed',
      '7',
      '--ws-port',
      '0',
      '--control',
      desk.name,
    ];
    const env = { ...process.env, XDG_CONFIG_HOME: folder };
    let program = daimon(own, { env });
    try {
      const [url] = await program.says(/ws:\/\/\S+/);
      const seen = await observer(url);
      const ons = () => seen.all('note').filter(({ on }) => on);
      await eventually('notes', () => (ons().length > 8 ? true : null));

      // a fader is learned
      await seen.ask({ kind: 'learn', path: 'channel' });
      assert.deepEqual(seen.all('bindings').at(-1)?.armed, { path: 'channel' });
      await desk.say('b015 10 b015 11 b015 12'.replaceAll(' ', ''));
      await seen.notice(/^CC 21 on channel 1 .*; it now turns channel\.$/);
      const file = /map = |turns = "channel"/;
      const map = join(folder, 'daimon', 'maps', `${desk.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.toml`);
      await eventually('the map', () => {
        try {
          return file.test(readFileSync(map, 'utf8')) ? true : null;
        } catch {
          return null;
        }
      });

      // and moved: from a bar line on all notes are on the last channel
      assert.ok(ons().every(({ channel }) => channel === 1));
      await desk.say('b0157f');
      const first = await eventually('a note on channel 16', () => ons().find(({ channel }) => channel === 16) ?? null);
      const line = Math.floor(first.tick / BAR) * BAR;
      await eventually('more of them', () => (ons().filter(({ channel }) => channel === 16).length > 8 ? true : null));
      for (const note of ons()) assert.equal(note.channel, note.tick < line ? 1 : 16, `${note.tick} and ${line}`);

      // it is shown where things stand: first of all, and when another hand turns them (swing, by CC 102 of the default)
      await seen.ask({ kind: 'set', values: { swing: 75 } });
      await desk.told.says(/66 ?7F/);
      assert.match(desk.told.said, /66 ?00/);

      // a program recalls a preset
      const place = seen.presets.indexOf('music-box');
      await desk.say(`c0${place.toString(16).padStart(2, '0')}`);
      await eventually('the preset', () => (seen.all('state').at(-1)?.preset === 'music-box' ? true : null));

      // a pad is learned, and launches another block at the bar line
      await seen.ask({ kind: 'learn', request: { kind: 'next' } });
      await desk.say('992464892400');
      await seen.notice(/^Note 36 on channel 10 now asks for next\.$/);
      await eventually('the preset to play', () => (seen.all('block').at(-1)?.preset === 'music-box' ? true : null));
      const before = seen.all('block').at(-1)!;
      await desk.say('992464892400');
      const next = await eventually('another block', () => {
        const last = seen.all('block').at(-1)!;
        return last.seed !== before.seed ? last : null;
      });
      const struck = ons().findLast(({ tick }) => tick < (next.bar - 1) * BAR)!;
      assert.ok(struck.tick >= (next.bar - 2) * BAR - BAR, 'it came at the next bar line or the one after');

      // a DAW's automation lane comes in at our own port, by the default map
      await sendBytes('Daimon In', 'b06600');
      await eventually('swing', () => (seen.all('values').at(-1)?.values.swing === 50 ? true : null));

      // nothing of what was learned is lost by a crash
      await program.end('SIGKILL');
      program = daimon(own, { env });
      const [again] = await program.says(/ws:\/\/\S+/);
      const later = await observer(again);
      await later.ask({ kind: 'bindings' });
      const bound = later.all('bindings')[0]!.controllers.find(({ port }) => port.includes(desk.name))!;
      assert.ok(bound.connected && bound.bindings.some(({ turns }) => turns === 'channel'), JSON.stringify(bound));
      assert.equal((await program.end('SIGINT')).code, 130, program.said);
    } finally {
      await closeAll();
      await Promise.all([program.close(), desk.told.close()]);
    }
  }));

it('a controller is taken up when it comes, and plays without one until then', async () => {
  const program = daimon(['start', '--clock', 'internal', '--ws-port', '0', '--control', 'no such desk']);
  try {
    await program.says(/No MIDI input is named like 'no such desk'/);
    await program.says(/hands +no such desk, by the map default, once it is there/);
    await addressOf('Daimon In');
    assert.equal((await program.end('SIGTERM')).code, 143);
  } finally {
    await program.close();
  }
});
