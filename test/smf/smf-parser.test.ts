import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import JZZ from 'jzz';
import { SMF } from '#daimon/smf/smf-parser.js';
import { meterEvent, noteEvents, songBytes, trackName } from './smf-bytes.js';

type Event = ArrayLike<unknown> & { readonly tt: number; readonly ff?: number; readonly dd?: string };
type Parser = new (bytes: Uint8Array) => ArrayLike<ArrayLike<Event>>;

createRequire(import.meta.url)('jzz-midi-smf')(JZZ);
const { SMF: WithJzz } = JZZ.MIDI as unknown as { readonly SMF: Parser };

const whole = songBytes(
  [trackName('7'), meterEvent(0, 6, 3), ...noteEvents(0, 96, 60), [300, 0xf0, 4, 0x7e, 0x7f, 0x09, 0xf7]],
  noteEvents(9, 99, 64, 9),
);

/** Each track's events; the complaint where there are none. */
function read(parser: Parser, bytes: Uint8Array): unknown {
  try {
    return Array.from(new parser(bytes), (track) => Array.from(track, written));
  } catch (error) {
    return String(error);
  }
}

/** Tick, kind and data of a meta event, bytes of any other. */
const written = (event: Event): unknown[] => [event.tt, event.ff, event.dd, Array.from(event)];

test("events of plain bytes are the real jzz's, in whole files and in broken ones", () => {
  const parser = SMF as unknown as Parser;
  assert.deepEqual(read(parser, whole), read(WithJzz, whole));
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 0x2f, 0x7f, 0x80, 0xf0, 0xff]) {
      const bytes = whole.with(at, value);
      assert.deepEqual(read(parser, bytes), read(WithJzz, bytes), `${value} at ${at}`);
    }
  }
});
