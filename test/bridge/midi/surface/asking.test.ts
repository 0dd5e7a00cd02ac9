import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import type { PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { newAsking } from '#daimon/bridge/midi/surface/asking.js';

/** A daemon that refuses all that has to do with `tempo`. */
function daemon() {
  let time = 0;
  const said: string[] = [];
  const done: PlayerRequest[] = [];
  const asking = newAsking({
    onRequest: (request) => {
      if (request.kind === 'set' && 'tempo' in request.values) throw new Error("The tempo is the host's.");
      if (request.kind === 'like') return Promise.reject(new Error('Nothing was played.'));
      done.push(request);
      return undefined;
    },
    say: (sentence) => said.push(sentence),
    now: () => time,
  });
  return {
    asking,
    said,
    done,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

test('all is set at once; where one value is refused the others are set, and the player is told why', () => {
  const { asking, said, done } = daemon();
  asking.set({ swing: 60, gate: 0.5 });
  asking.set({ swing: 61, tempo: 90, gate: 0.6 });
  asking.set({});
  assert.deepEqual(done, [
    { kind: 'set', values: { swing: 60, gate: 0.5 } },
    { kind: 'set', values: { swing: 61 } },
    { kind: 'set', values: { gate: 0.6 } },
  ]);
  assert.deepEqual(said, ["The tempo is the host's."]);
});

test('what goes on being refused is said again only after a while', () => {
  const { asking, said, pass } = daemon();
  for (let i = 0; i < 1000; i++) {
    asking.set({ tempo: 90 });
    pass(6);
  }
  assert.equal(said.length, 2);
});

test('what is refused later is told as well', async () => {
  const { asking, said } = daemon();
  asking.ask({ kind: 'like' });
  await settled();
  assert.deepEqual(said, ['Nothing was played.']);
});
