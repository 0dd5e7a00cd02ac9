import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import { daimon, inFolder, Program, runDaimon } from '../support/program.js';
import { notesOf, readSmf, textsOf } from '../support/smf.js';
import { readMidi } from '../support/take.js';

const BLOCK = 256 * 120;

describe('daimon render', () => {
  it('the same seed gives the same bytes, another seed others', () =>
    inFolder(async (folder) => {
      const files = await Promise.all(
        ['7', '7', '8'].map(async (seed, n) => {
          const file = join(folder, `${n}.mid`);
          const { code, stderr } = await runDaimon('render', '--seed', seed, '--blocks', '4', '--out', file);
          assert.equal(code, 0, stderr);
          return readFileSync(file);
        }),
      );
      assert.ok(files[0]!.equals(files[1]!));
      assert.ok(!files[0]!.equals(files[2]!));
    }));

  it('four blocks are 64 bars with over a hundred notes, each block with its marker', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'a.mid');
      await runDaimon('render', '--seed', '7', '--blocks', '4', '--out', file);
      const smf = readSmf(readFileSync(file));
      const notes = notesOf(smf);
      assert.ok(notes.length > 100, `${notes.length} notes`);
      assert.ok(notes.every(({ on, off }) => on >= 0 && off <= 4 * BLOCK && off > on));
      assert.deepEqual(
        textsOf(smf, 6).map(({ tick }) => tick),
        [0, 1, 2, 3].map((block) => block * BLOCK),
      );
    }));
});

describe('a machine with ALSA or without', () => {
  it('daimon doctor says in JSON what works, and ends well', async () => {
    const { code, stdout } = await runDaimon('doctor', '--json');
    assert.equal(code, 0);
    assert.ok(JSON.parse(stdout));
  });

  for (const [signal, status] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`npm start plays, and ${signal} to npm leaves a whole recording`, () =>
      inFolder(async (folder) => {
        const file = join(folder, 'x.mid');
        const args = ['--clock', 'internal', '--bpm', '240', '--ws-port', '0', '--record', file];
        const npm = new Program('npm', ['start', '--', ...args]);
        try {
          await npm.says(/Ctrl-C ends it/);
          // two bars
          await passes(2000);
          assert.equal((await npm.end(signal)).code, status);
          assert.ok(notesOf(readMidi(file)).length > 0);
        } finally {
          await npm.close();
        }
      }));
  }

  it('a second signal while it ends does no harm: Ctrl-C reaches npm and daimon both', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'x.mid');
      const program = daimon(['start', '--clock', 'internal', '--bpm', '240', '--ws-port', '0', '--record', file]);
      try {
        await program.says(/Ctrl-C ends it/);
        await passes(2000);
        process.kill(program.pid, 'SIGINT');
        const { code, stderr } = await program.end('SIGINT');
        assert.equal(code, 130, stderr);
        assert.ok(notesOf(readMidi(file)).length > 0);
      } finally {
        await program.close();
      }
    }));
});
