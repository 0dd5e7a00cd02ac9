import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { randomFrom, seed } from '#daimon/music/random.js';
import { findMidiFiles } from '#daimon/training/corpus/midi-folder.js';
import { memoryOf } from '#daimon/training/evaluation/memorisation.js';
import { readDrawnFiles, readSongs } from '#daimon/training/evaluation/real-music.js';
import { noteEvents, QUARTER, songBytes } from '../../smf/smf-bytes.js';
import { inFolder } from '../../support/program.js';
import { melody } from './blocks.js';

const STEP = QUARTER / 4;
const random = randomFrom(seed(12));
const write = (path: string, bars: number): void =>
  writeFileSync(
    path,
    songBytes(melody(random, bars).flatMap(({ onset, end, pitch }) => noteEvents(onset * STEP, end * STEP, pitch))),
  );

it('a song of ten bars is a block where it is repeated, and learning it by heart would be found out', () =>
  inFolder(async (folder) => {
    write(join(folder, 'chorale.mid'), 10);
    const files = findMidiFiles([folder]);
    assert.equal(readSongs(files, { drums: false, loops: false }).blocks.length, 0);
    const { blocks, runs } = readSongs(files, { drums: false, loops: true });
    assert.equal(blocks.length, 1);
    const near = memoryOf(runs)(
      blocks.map(({ notes }) => notes),
      100,
      randomFrom(seed(1)),
    );
    assert.deepEqual([near.fourBars.windows, near.fourBars.shareExact], [13, 1]);
  }));

it('a drawn file of forty bars is three blocks, and one that is no music is a block of silence', () =>
  inFolder(async (folder) => {
    write(join(folder, 'long.mid'), 40);
    writeFileSync(join(folder, 'torn.mid'), 'MThd');
    const { blocks, unreadable } = readDrawnFiles(findMidiFiles([folder]), false);
    assert.deepEqual(
      blocks.map((notes) => notes.length > 0),
      [true, true, true, false],
    );
    assert.equal(unreadable.length, 1);
  }));
