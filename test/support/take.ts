import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, runDaimon } from './program.js';
import { notesOf, readSmf, type Smf, type SmfNote } from './smf.js';

export const readMidi = (file: string): Smf => readSmf(readFileSync(file));

/** The notes that a take's first blocks hold, by `daimon render`: what a host on any clock has to hear. */
export const rendered = (seed: number, blocks: number): Promise<readonly SmfNote[]> =>
  inFolder(async (folder) => {
    const file = join(folder, 'plan.mid');
    const { code, stderr } = await runDaimon(
      'render',
      '--seed',
      String(seed),
      '--blocks',
      String(blocks),
      '--out',
      file,
    );
    assert.equal(code, 0, stderr);
    const smf = readMidi(file);
    assert.equal(smf.ticksPerBeat, 480);
    return notesOf(smf);
  });
