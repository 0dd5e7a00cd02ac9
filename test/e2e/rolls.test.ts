import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import type { MessageOf } from '#daimon/bridge/control/protocol.js';
import { Client, closeAll } from '../support/control.js';
import { daimon, eventually } from '../support/program.js';

afterEach(closeAll);

for (const preset of ['plain', 'river']) {
  it(`by the preset ${preset}, the roll that is shown is the one that the block was read from`, async () => {
    const args = ['--clock', 'internal', '--bpm', '300', '--seed', '7', '--preset', preset, '--ws-port', '0'];
    const program = daimon(['start', '--model', 'pop', ...args]);
    try {
      const [url] = await program.says(/ws:\/\/\S+/);
      const client = new Client(url);
      const rolls: Buffer[] = [];
      client.onBinary = (frame) => rolls.push(frame);
      let block: MessageOf<'block'> | null = null;
      while (block === null) {
        const message = await client.next();
        if (message.kind === 'block') block = message;
      }
      client.socket.send(JSON.stringify({ kind: 'subscribe', topics: ['rolls'] }));
      const { index, bar, seed, notes } = block;
      const roll = await eventually(
        'the roll of the block',
        () => rolls.find((one) => one.readUInt32LE(12) === index) ?? null,
      );
      assert.deepEqual([roll[2], roll.readUInt32LE(16), roll.readUInt32LE(20)], [0, bar, seed]);
      const [roles, planes, base] = [roll[3], roll[4], roll[5]];
      const likeliest = (pitch: number, step: number): number =>
        Math.max(
          ...Array.from(
            { length: roles },
            (_, role) => roll[24 + ((role * planes + 1) * 64 + pitch - base) * 256 + step],
          ),
        );
      assert.ok(notes.length > 100);
      for (const { pitch, onset } of notes)
        assert.ok(likeliest(pitch, Math.round(onset / 120)) > 10, `${pitch} ${onset}`);
      const next = await eventually('the roll of the next block', () => rolls.find((one) => one[2] === 1) ?? null);
      assert.equal(next.readUInt32LE(16), bar + 16);
    } finally {
      await program.close();
    }
  });
}
