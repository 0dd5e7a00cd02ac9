import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostMessage, openMidiIn } from '#daimon/bridge/midi/midi-in.js';
import { millis } from '#daimon/music/units.js';

const heard = (...bytes: number[]) => hostMessage(Uint8Array.from(bytes), millis(7));

describe('MIDI input', () => {
  it("hears a host's pulse, start, continue and stop", () => {
    assert.deepEqual(heard(0xf8), { kind: 'pulse', time: 7 });
    assert.deepEqual(heard(0xfa), { kind: 'start', time: 7 });
    assert.deepEqual(heard(0xfb), { kind: 'continue', time: 7 });
    assert.deepEqual(heard(0xfc), { kind: 'stop', time: 7 });
  });

  it('hears a song position of 16 as bar 2', () => {
    assert.deepEqual(heard(0xf2, 0x10, 0x00), { kind: 'position', tick: 1920, time: 7 });
    assert.deepEqual(heard(0xf2, 0x00, 0x01), { kind: 'position', tick: 128 * 120, time: 7 });
  });

  it('is deaf to notes, its own or any other, and to what is cut short', () => {
    for (const bytes of [[0x90, 60, 80], [0x80, 60, 0], [0xb0, 123, 0], [0xf0, 0xf7], [0xfe], [0xf2, 1], []])
      assert.equal(heard(...bytes), null);
  });

  it('without a port says why, and can be closed', async () => {
    const input = await openMidiIn({ kind: 'existing', name: 'no port has this name' });
    assert.equal(input.port, null);
    assert.match(input.missing ?? '', /^(There is no MIDI: |No MIDI input is named like ')/);
    input.close();
  });
});
