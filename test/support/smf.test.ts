import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notesOf, readSmf, textsOf } from './smf.js';

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
const file = (track: string): Uint8Array => {
  const body = bytes(track);
  const length = body.length.toString(16).padStart(8, '0');
  return bytes(`4d546864 00000006 0000 0001 01e0 4d54726b ${length} ${Buffer.from(body).toString('hex')}`);
};
const END = '00 ff2f00';

describe('the strict reader of MIDI files', () => {
  it('reads notes with running status, a note on of velocity 0 being an off', () => {
    const smf = readSmf(file(`00 903c40 60 3c00 00 3e41 8140 803e40 ${END}`));
    assert.deepEqual(notesOf(smf), [
      { on: 0, off: 96, pitch: 60, velocity: 64, channel: 0 },
      { on: 96, off: 288, pitch: 62, velocity: 65, channel: 0 },
    ]);
  });

  it('reads markers', () => {
    assert.deepEqual(textsOf(readSmf(file(`10 ff06 02 6869 ${END}`)), 6), [{ tick: 16, text: 'hi' }]);
  });

  const refused: readonly (readonly [string, string])[] = [
    ['a running status kept across a meta event', `00 903c40 00 ff0600 00 3c00 ${END}`],
    ['a track without its end', '00 903c40 10 803c00'],
    ['anything after the end of a track', `${END} 00 903c40`],
    ['a data byte above 7f', `00 903c80 ${END}`],
    ['a message cut short', '00 903c'],
  ];
  for (const [what, track] of refused) it(`refuses ${what}`, () => assert.throws(() => readSmf(file(track))));

  const hanging: readonly (readonly [string, string])[] = [
    ['never ends', `00 903c40 ${END}`],
    ['is released unstruck', `00 803c40 ${END}`],
    ['is struck while it sounds', `00 903c40 10 903c40 10 803c00 ${END}`],
  ];
  for (const [what, track] of hanging) {
    it(`finds a note that ${what}`, () => assert.throws(() => notesOf(readSmf(file(track)))));
  }
});
