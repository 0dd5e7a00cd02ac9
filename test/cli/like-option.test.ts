import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { shippedFolder } from '#daimon/package.js';
import { BAR, noteEvents, QUARTER, songBytes } from '../smf/smf-bytes.js';
import { inFolder, runDaimon } from '../support/program.js';
import { notesOf, readSmf } from '../support/smf.js';

/** Two bars in E major, over and over. */
const RIFF = songBytes(
  [64, 68, 71, 73, 71, 68, 66, 63].flatMap((pitch, i) => noteEvents(i * QUARTER, (i + 1) * QUARTER, pitch)),
  [noteEvents(0, BAR, 52), noteEvents(BAR, 2 * BAR, 47)].flat(),
);

const render = (...args: string[]) =>
  runDaimon('render', '--models-dir', shippedFolder('models'), '--model', 'folk', '--blocks', '1', ...args);

it('a phrase is played like, in its own key; varied, the seed decides how', () =>
  inFolder(async (folder) => {
    const tune = join(folder, 'tune.mid');
    writeFileSync(tune, RIFF);
    const played = async (name: string, ...args: string[]) => {
      const out = join(folder, name);
      const { code, stderr } = await render('--like', tune, '--out', out, ...args);
      assert.equal(code, 0, stderr);
      return readFileSync(out);
    };
    const plain = await played('a.mid', '--seed', '7');
    const pitches = notesOf(readSmf(plain)).map(({ pitch }) => pitch % 12);
    const inE = pitches.filter((pitch) => [4, 6, 8, 9, 11, 1, 3].includes(pitch));
    assert.ok(pitches.length > 0 && inE.length / pitches.length > 0.9, `${inE.length} of ${pitches.length}`);
    const [varied, other] = [
      await played('b.mid', '--seed', '7', '--vary', '0.5'),
      await played('c.mid', '--seed', '8', '--vary', '0.5'),
    ];
    assert.notDeepEqual(varied, plain);
    assert.notDeepEqual(other, varied);
  }));

it('what is no phrase is refused in a sentence', () =>
  inFolder(async (folder) => {
    const file = (name: string, bytes: Uint8Array) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const out = join(folder, 'out.mid');
    const refused = async (message: RegExp, ...args: string[]) => {
      const { code, stderr } = await render('--out', out, ...args);
      assert.equal(code, 1);
      assert.match(stderr, message);
    };
    await refused(/none\.mid can't be read/, '--like', join(folder, 'none.mid'));
    await refused(/text\.mid can't be read: it has no MIDI header/, '--like', file('text.mid', Buffer.from('hello')));
    await refused(
      /drums\.mid has no note in a bar of 4\/4:/,
      '--like',
      file('drums.mid', songBytes(noteEvents(0, BAR, 36, 9))),
    );
    await refused(/riff\.mid has no note .* from bar 3 on:/, '--like', file('riff.mid', RIFF), '--like-bar', '3');
    await refused(/name its file with --like/, '--vary', '0.5');
  }));
