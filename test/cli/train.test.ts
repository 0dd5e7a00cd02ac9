import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { BAR, noteEvents, QUARTER, scaleEvents, songBytes } from '../smf/smf-bytes.js';
import { inFolder, runDaimon } from '../support/program.js';
import { notesOf, readSmf } from '../support/smf.js';

/** So small that it trains in seconds; what it draws is noise. */
const SMALL = '--width 4 --latent-channels 2 --batch 4 --autoencoder-steps 2 --critic-steps 1 --prior-steps 1'.split(
  ' ',
);

/** Twenty bars of an arpeggio, each tune on its own note. */
const tuneBytes = (tune: number): Uint8Array =>
  songBytes(
    Array.from({ length: 80 }, (_, beat) =>
      noteEvents(beat * QUARTER, (beat + 1) * QUARTER, 55 + 2 * tune + [0, 4, 7, 12][beat % 4]),
    ).flat(),
  );

/** The same tune over two bars each of a fifth, on a track of its own. */
const songOverFifths = (tune: number): Uint8Array =>
  songBytes(
    scaleEvents(20, [67 + tune, 71 + tune, 74 + tune]),
    [0, 2, 4, 6, 8, 10, 12, 14, 16, 18].flatMap((bar) =>
      [43, 50].flatMap((pitch) => noteEvents(bar * BAR, (bar + 2) * BAR, pitch + tune)),
    ),
  );

/** Runs a command that should succeed. */
async function does(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runDaimon(...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('daimon train', () => {
  it('makes of a folder of MIDI files a model that plays', () =>
    inFolder(async (folder) => {
      const [tunes, data, models, take] = ['tunes', 'tunes.dmn', 'models', 'take.mid'].map((name) =>
        join(folder, name),
      );
      mkdirSync(tunes);
      for (let tune = 0; tune < 4; tune++) writeFileSync(join(tunes, `${tune}.mid`), tuneBytes(tune));
      await does('data', tunes, '--out', data);
      const out = join(models, 'tiny');
      const printed = await does('train', '--data', data, '--out', out, ...SMALL, '--title', "Anna's tunes");
      assert.match(printed, /notesPerBar +\d/);
      assert.deepEqual(readdirSync(out).sort(), [
        'card.json',
        'encoder.onnx',
        'generator.onnx',
        'prior.onnx',
        'training',
      ]);
      const card = JSON.parse(readFileSync(join(out, 'card.json'), 'utf8'));
      assert.equal(card.training.steps, 4);
      assert.match(card.training.command, /^daimon train --data .* --title 'Anna'\\''s tunes'$/);

      await does('render', '--models-dir', models, '--model', 'tiny', '--seed', '1', '--blocks', '1', '--out', take);
      for (const { off } of notesOf(readSmf(readFileSync(take)))) assert.ok(off <= 16 * 1920);
    }));

  it('makes of music in roles a model that can play each on a channel of its own', () =>
    inFolder(async (folder) => {
      const [songs, data, models, take] = ['songs', 'songs.dmn', 'models', 'take.mid'].map((name) =>
        join(folder, name),
      );
      mkdirSync(songs);
      for (let tune = 0; tune < 4; tune++) writeFileSync(join(songs, `${tune}.mid`), songOverFifths(tune));
      await does('data', songs, '--out', data, '--roles', 'melody,chords');
      const out = join(models, 'band');
      await does('train', '--data', data, '--out', out, ...SMALL);
      const { planes, roles } = JSON.parse(readFileSync(join(out, 'card.json'), 'utf8')).architecture;
      assert.equal(planes, 4);
      assert.deepEqual(roles, [
        { name: 'melody', voices: 1 },
        { name: 'chords', voices: null },
      ]);
      await does('render', '--models-dir', models, '--model', 'band', '--seed', '1', '--blocks', '1', '--out', take);
    }));

  it('does not train over a finished model that it could not go on from', () =>
    inFolder(async (folder) => {
      const [tunes, data, out] = ['tunes', 'tunes.dmn', 'mine'].map((name) => join(folder, name));
      mkdirSync(tunes);
      mkdirSync(out);
      writeFileSync(join(tunes, 'one.mid'), tuneBytes(1));
      writeFileSync(join(out, 'card.json'), 'precious');
      await does('data', tunes, '--out', data, '--split', '0');
      const { code, stderr } = await runDaimon('train', '--data', data, '--out', out, ...SMALL);
      assert.equal(code, 1);
      assert.match(stderr, /mine holds a finished model.*choose another --out/);
      assert.deepEqual(readdirSync(out), ['card.json']);
    }));
});
