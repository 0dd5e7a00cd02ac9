import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlayedNote } from '#daimon/bridge/midi/midi-in.js';
import { openControllers } from '#daimon/daemon/controllers.js';
import { millis } from '#daimon/music/units.js';

/** Our own input, of which the key 36 is bound. */
async function inputAt(port: string | null, outPort: string | null) {
  const heard: { bytes: (bytes: Uint8Array) => void; note: (note: PlayedNote) => void } = {
    bytes: () => {},
    note: () => {},
  };
  const played: number[] = [];
  let moved = 0;
  const hands = {
    add: () => ({
      hear: ([, key]: Uint8Array) => {
        moved++;
        return key === 36;
      },
      changed: () => {},
    }),
    learn: () => {},
    unlearn: () => {},
    bindings: { kind: 'bindings' as const, armed: null, controllers: [], maps: [] },
    broadcast: () => {},
    close: () => {},
  };
  const controllers = await openControllers({
    names: [],
    hands,
    input: {
      port,
      onBytes: (listener) => {
        heard.bytes = (bytes) => listener(bytes, millis(0));
      },
      onNote: (listener) => {
        heard.note = listener;
      },
    },
    out: { port: outPort },
    onNote: ({ pitch }) => played.push(pitch),
    onPanic: () => {},
    say: () => {},
  });
  await controllers.close();
  return {
    play: (pitch: number) => {
      heard.bytes(Uint8Array.of(0x90, pitch, 90));
      heard.note({ kind: 'on', pitch, velocity: 90, channel: 0, time: millis(0) });
    },
    played,
    moved: () => moved,
  };
}

test('a key that is bound is no part of a phrase; every other one is', async () => {
  const { play, played } = await inputAt('Daimon In', 'Daimon Out');
  for (const pitch of [36, 60, 36, 64]) play(pitch);
  assert.deepEqual(played, [60, 64]);
});

test('where we play to the port that we hear, what comes in is our own, and moves nothing', async () => {
  const { play, played, moved } = await inputAt('Loop', 'Loop');
  play(60);
  assert.deepEqual([played, moved()], [[], 0]);
});
