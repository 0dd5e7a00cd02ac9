import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { step } from '#daimon/music/units.js';
import { type Dataset, openDataset } from '#daimon/training/corpus/dataset.js';
import { writeDataset } from '#daimon/training/corpus/dataset-writer.js';
import type { GridNote, Line } from '#daimon/training/corpus/grid.js';
import { packBlock } from '#daimon/training/corpus/planes.js';
import { NOTHING } from '#daimon/training/corpus/tally.js';
import { crowdedShare, rolesOf } from '#daimon/training/evaluation/voices.js';

const folder = mkdtempSync(join(tmpdir(), 'daimon-voices-'));
after(() => rmSync(folder, { recursive: true }));

const note = (onset: number, end: number, pitch: number): GridNote => ({ onset: step(onset), end: step(end), pitch });

/** Blocks of the roles named, the last one held out. */
function datasetOf(names: string[], blocks: readonly (readonly Line[])[]): Dataset {
  const path = join(folder, 'songs.dmn');
  const rest = { pitches: 64, steps: 256, basePitch: 30, key: 'common', hop: 4, drums: false, loops: false } as const;
  const counts = { split: 0, seed: 1, blocks: blocks.length, files: { read: 1, skipped: 0 }, onsets: NOTHING };
  const songs = [{ name: 'a.mid', heldOut: false }];
  writeDataset(
    path,
    { format: 'daimon dataset', roles: names, ...rest, ...counts, songs },
    blocks.map((roles, i) => ({
      song: 0,
      bar: 0,
      transpose: 0,
      heldOut: i > 0 && i === blocks.length - 1,
      bits: packBlock(roles, 30, 0),
    })),
  );
  return openDataset(path);
}

test('a role is crowded on the steps on which two pitches sound, of those on which it sounds at all', () => {
  const dataset = datasetOf(
    ['tune', 'chords'],
    [
      [[note(0, 8, 60), note(6, 10, 62)], []],
      [[], [note(0, 4, 48), note(0, 4, 52), note(0, 4, 55), note(8, 12, 50)]],
      [[note(0, 256, 60), note(0, 256, 61)], []],
    ],
  );
  assert.equal(crowdedShare(dataset, 0), 0.2);
  assert.equal(crowdedShare(dataset, 1), 0.5);
});

test('a role that holds two pitches on at most one step in a hundred has one voice', () => {
  const overlapping = (by: number): Line => [note(0, 100 + by, 60), note(100, 200, 62)];
  const roles = rolesOf(datasetOf(['a', 'b', 'silent'], [[overlapping(2), overlapping(3), []]]));
  assert.deepEqual(roles, [
    { name: 'a', voices: 1 },
    { name: 'b', voices: null },
    { name: 'silent', voices: 1 },
  ]);
});

test('music that was not taken apart has no roles to name', () => {
  assert.equal(rolesOf(datasetOf(['all'], [[[note(0, 4, 60)]]])), undefined);
});
