import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ServerMessage } from '#daimon/bridge/control/protocol.js';
import { type Heard, heardBy, listener, sendBytes } from '../../support/alsa.js';
import { Client, closeAll } from '../../support/control.js';
import { daimon, eventually } from '../../support/program.js';

/** D major, and E flat minor, which has no tone in common with it but F sharp. */
const CHORDS = [
  [62, 66, 69],
  [63, 66, 70],
] as const;

const keys = (status: number, pitches: readonly number[]): string =>
  Buffer.from(pitches.flatMap((pitch) => [status, pitch, 90])).toString('hex');

it('chords that are played to Daimon In are followed, each from when it is heard; a phrase is played like', async () => {
  const own = ['start', '--clock', 'internal', '--bpm', '180', '--seed', '7', '--ws-port', '0'];
  const program = daimon(own);
  const dump = await listener('Daimon Out');
  try {
    const [url] = await program.says(/ws:\/\/\S+/);
    const client = new Client(url);
    assert.equal((await client.next()).kind, 'hello');
    const answer = async (request: { readonly kind: string; readonly id: number }): Promise<ServerMessage> => {
      client.socket.send(JSON.stringify(request));
      for (;;) {
        const message = await client.next();
        if ((message.kind === 'ok' || message.kind === 'error') && message.id === request.id) return message;
      }
    };
    const nothing = await answer({ kind: 'like', id: 1 });
    assert.ok(nothing.kind === 'error' && nothing.code === 'history');
    const follow = { kind: 'set', id: 2, values: { follow: 1 } };
    assert.equal((await answer(follow)).kind, 'ok');
    for (const [i, chord] of CHORDS.entries()) {
      if (i > 0) await sendBytes('Daimon In', keys(0x80, CHORDS[i - 1]!));
      await sendBytes('Daimon In', keys(0x90, chord));
      const pitchClasses: readonly number[] = chord.map((pitch) => pitch % 12);
      const onsSince = (count: number): readonly Heard[] =>
        heardBy(dump)
          .slice(count)
          .filter((note) => note.on);
      // what was on its way still comes, and the preset launches on a bar line
      const settled = await eventually('notes of the chord only', () => {
        const heard = heardBy(dump);
        const last = heard.filter((note) => note.on).slice(-12);
        return last.length === 12 && last.every(({ pitch }) => pitchClasses.includes(pitch % 12)) ? heard.length : null;
      });
      await eventually('more of them', () => (onsSince(settled).length >= 30 ? true : null));
      for (const { pitch } of onsSince(settled)) assert.ok(pitchClasses.includes(pitch % 12), `${pitch} in chord ${i}`);
    }
    assert.equal((await answer({ kind: 'like', id: 3 })).kind, 'ok');
    assert.equal((await program.end('SIGINT')).code, 130, program.said);
  } finally {
    await closeAll();
    await Promise.all([program.close(), dump.close()]);
  }
});
