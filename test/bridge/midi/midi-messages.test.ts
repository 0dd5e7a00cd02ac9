import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decode,
  isNoteOff,
  isNoteOn,
  MESSAGES,
  type MidiMessage,
  messageLength,
} from '#daimon/bridge/midi/midi-messages.js';

const EXAMPLES: readonly (readonly [MidiMessage, readonly number[]])[] = [
  [{ kind: 'noteOff', channel: 1, data1: 60, data2: 64 }, [0x81, 60, 64]],
  [{ kind: 'noteOn', channel: 15, data1: 127, data2: 1 }, [0x9f, 127, 1]],
  [{ kind: 'polyPressure', channel: 0, data1: 60, data2: 3 }, [0xa0, 60, 3]],
  [{ kind: 'controlChange', channel: 9, data1: 64, data2: 0 }, [0xb9, 64, 0]],
  [{ kind: 'programChange', channel: 2, data1: 40, data2: 0 }, [0xc2, 40]],
  [{ kind: 'channelPressure', channel: 3, data1: 99, data2: 0 }, [0xd3, 99]],
  [{ kind: 'pitchBend', channel: 4, data1: 0, data2: 64 }, [0xe4, 0, 64]],
  [{ kind: 'songPosition', position: 16_383 }, [0xf2, 0x7f, 0x7f]],
  [{ kind: 'songPosition', position: 16 * 33 }, [0xf2, 0x10, 0x04]],
  [{ kind: 'clock' }, [0xf8]],
  [{ kind: 'start' }, [0xfa]],
  [{ kind: 'continue' }, [0xfb]],
  [{ kind: 'stop' }, [0xfc]],
  [{ kind: 'systemReset' }, [0xff]],
];

describe('MIDI messages', () => {
  it('are each read as the specification says', () => {
    for (const [message, bytes] of EXAMPLES) {
      assert.deepEqual(decode(Uint8Array.from(bytes)), message);
      assert.equal(messageLength(bytes[0]), bytes.length);
    }
    assert.equal(new Set(EXAMPLES.map(([{ kind }]) => kind)).size, Object.keys(MESSAGES).length);
  });

  it('cut short, or of no kind in the table, are none', () => {
    for (const bytes of [[], [0x90], [0x90, 60], [0xf2, 1], [60, 64], [0xf0, 1, 0xf7], [0xf4], [0xfe]])
      assert.equal(decode(Uint8Array.from(bytes)), null, `[${bytes}]`);
  });

  it('a note on of velocity 0 is a note off', () => {
    assert.ok(isNoteOn(0x93, 1) && !isNoteOff(0x93, 1));
    assert.ok(isNoteOff(0x93, 0) && !isNoteOn(0x93, 0));
    assert.ok(isNoteOff(0x83, 64) && !isNoteOn(0x83, 64));
    assert.ok(!isNoteOn(0xb0, 64) && !isNoteOff(0xb0, 64));
  });
});
