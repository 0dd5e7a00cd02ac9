import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { StateBody } from '#daimon/bridge/control/protocol.js';
import { newMeters } from '#daimon/bridge/websocket/meters.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { STATE } from '../../support/control.js';

const state = (rest: Partial<StateBody> = {}) => ({ kind: 'state', ...STATE, ...rest }) as const;
const note = (on: boolean, pitch: number, channel: number, velocity = 80) =>
  ({ kind: 'note', on, pitch, velocity, channel, tick: 0 }) as const;
const channelsAt = (frame: Uint8Array | null, from: number): number[] => Array.from(frame!.subarray(from, from + 16));

it('a frame has clock, position, tempo and lateness where docs/protocol.md says', () => {
  const meters = newMeters();
  const reader = meters.open();
  assert.equal(reader.read(), null, 'nothing is known yet');
  const lateness = { count: 1, p50: 0.1, p99: 1.25, max: 9, late: 1, spread: [0, 0, 0, 0, 0, 0, 0, 1, 0] };
  const timing = { recent: lateness, total: lateness };
  meters.hear(state({ clock: 'running', tempo: 119.98, position: { bar: 1024, beat: 4, tick: 479 }, timing }));
  const frame = Buffer.from(reader.read()!);
  assert.equal(frame.length, 44);
  assert.deepEqual([...frame.subarray(0, 4)], [2, 1, 2, 0]);
  assert.deepEqual([frame.readUInt32LE(4), frame.readUInt16LE(8), frame.readUInt16LE(10)], [1_966_079, 11_998, 1250]);
  meters.hear(state({ tempo: null, timing: { ...timing, recent: { ...lateness, p99: 5000 } } }));
  const later = Buffer.from(reader.read()!);
  assert.deepEqual([later.readUInt16LE(8), later.readUInt16LE(10)], [0, 0xffff]);
});

it('each channel counts what sounds, whatever is played', () => {
  const meters = newMeters();
  const reader = meters.open();
  meters.hear(state());
  const random = randomFrom(seed(3));
  const sounding = new Set<string>();
  for (let i = 0; i < 500; i++) {
    const [pitch, channel] = [random.below(128), 1 + random.below(16)];
    const name = `${channel} ${pitch}`;
    meters.hear(note(!sounding.has(name), pitch, channel));
    if (!sounding.delete(name)) sounding.add(name);
    const wanted = Array.from({ length: 16 }, (_, c) => [...sounding].filter((s) => s.startsWith(`${c + 1} `)).length);
    assert.deepEqual(channelsAt(reader.read(), 12), wanted);
  }
});

it('no note is too short to show, to each reader once after it has ended; one that is held shows on', () => {
  const meters = newMeters();
  const [often, seldom] = [meters.open(), meters.open()];
  meters.hear(state());
  meters.hear(note(true, 40, 1, 50));
  meters.hear(note(true, 60, 1, 99));
  meters.hear(note(false, 60, 1));
  meters.hear(note(true, 60, 16, 127));
  meters.hear(note(false, 60, 16));
  const level = (reader: typeof often): number[] => channelsAt(reader.read(), 28).filter((_, c) => c % 15 === 0);
  assert.deepEqual(level(often), [99, 127]);
  assert.deepEqual(level(often), [50, 0]);
  assert.deepEqual(level(seldom), [99, 127]);
});
