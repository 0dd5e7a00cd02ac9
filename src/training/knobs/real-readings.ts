import { DaimonError } from '../../errors.js';
import { WHOLE } from '../../music/roll.js';
import { openDataset } from '../corpus/dataset.js';
import type { OpenInstrument } from './instrument.js';
import type { Reading } from './spread.js';
import { musicOf } from './traits.js';

/** Blocks that bound the ranges; percentiles want no more. */
const MOST = 2000;

/**
 * What an instrument reads in the blocks that a dataset holds out, evenly chosen; of all where it holds out none.
 * Throws DaimonError `dataset`, also where its roles are not the model's.
 */
export function realReadings({ roles, readMusic }: OpenInstrument, path: string): Reading[] {
  const { header, heldOut, training, notesOf } = openDataset(path);
  const same = header.roles.length === roles.length && header.roles.every((name, i) => name === roles[i]);
  if (!same && !(roles.length === 1 && roles[0] === WHOLE.name)) {
    throw new DaimonError(
      'dataset',
      `${path} has the roles ${header.roles.join(', ')}, and the model ${roles.join(', ')}: give the dataset that it was trained on.`,
    );
  }
  const blocks = heldOut.length > 0 ? heldOut : training;
  const each = Math.max(1, Math.ceil(blocks.length / MOST));
  const readings = Array.from(blocks)
    .filter((_, i) => i % each === 0)
    .map((index) => musicOf(header.roles.map((_, role) => notesOf(index, role))))
    .filter(({ all }) => all.length > 0)
    .map(readMusic);
  if (readings.length > 0) return readings;
  throw new DaimonError('dataset', `${path} has no block with notes; make it again by 'daimon data'.`);
}
