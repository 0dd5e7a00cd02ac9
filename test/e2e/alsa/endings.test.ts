import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { heardBy, listener, portsNamed, soundingIn } from '../../support/alsa.js';
import { daimon, eventually, inFolder, type Program } from '../../support/program.js';
import { notesOf } from '../../support/smf.js';
import { readMidi } from '../../support/take.js';

/** Waits until some notes have begun, and one has just now. */
const midNote = (dump: Program): Promise<true> =>
  eventually('a note in full sound', () => {
    const heard = heardBy(dump);
    return heard.length > 8 && soundingIn(heard).length > 0 ? true : null;
  });

describe('the end of the daemon', () => {
  for (const [signal, status] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`by ${signal} in the middle of a note: the note ends, and the recording is a whole file`, () =>
      inFolder(async (folder) => {
        const file = join(folder, 'take.mid');
        const program = daimon(['start', '--clock', 'internal', '--bpm', '120', '--seed', '7', '--record', file]);
        const dump = await listener('Daimon Out');
        try {
          await midNote(dump);
          const { code, stderr } = await program.end(signal);
          assert.equal(code, status, stderr);
          // what was sent before the port went may still be on its way to the listener
          await eventually('every off', () => (soundingIn(heardBy(dump)).length === 0 ? true : null));
          // on a busy machine the first notes may have gone before the listener was connected
          const heard = heardBy(dump).filter((note) => note.on);
          const recorded = notesOf(readMidi(file)).slice(-heard.length);
          const pitches = (notes: readonly { readonly pitch: number }[]) => notes.map(({ pitch }) => pitch).sort();
          assert.deepEqual(pitches(recorded), pitches(heard));
        } finally {
          await Promise.all([program.close(), dump.close()]);
        }
      }));
  }
});

describe('two daemons', () => {
  it('have two names for their ports', async () => {
    const first = daimon(['start', '--clock', 'host', '--ws-port', '0']);
    const second = await eventually('the first', async () =>
      (await portsNamed('Daimon In')).length === 1 ? true : null,
    ).then(() => daimon(['start', '--clock', 'host', '--ws-port', '0']));
    try {
      await eventually('the second', async () => ((await portsNamed('Daimon')).length === 4 ? true : null));
      assert.deepEqual([...(await portsNamed('Daimon'))].sort(), [
        'Daimon In',
        'Daimon In 2',
        'Daimon Out',
        'Daimon Out 2',
      ]);
    } finally {
      await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')]);
    }
  });
});
