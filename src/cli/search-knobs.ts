import { basename } from 'node:path';
import type { ModelKnobs } from '../engine/knobs/knobs.js';
import { seed } from '../music/random.js';

export const DEFAULT_DRAWS = 2000;

export interface KnobSearch {
  readonly modelsDir?: string;
  readonly data?: string;
  readonly draws: number;
  readonly seed: number;
  /** That finds the same again; it is kept with them. */
  readonly command: string;
}

/** Finds a model's knobs and writes them into its bundle, telling on standard error how it goes. */
export async function searchKnobs(model: string, search: KnobSearch): Promise<ModelKnobs> {
  const { findBundle, modelRoots } = await import('../engine/bundle.js');
  const { FULL } = await import('../training/knobs/effort.js');
  const { findKnobs } = await import('../training/knobs/find.js');
  const { openInstrument } = await import('../training/knobs/instrument.js');
  const { realReadings } = await import('../training/knobs/real-readings.js');
  const { openForKnobs } = await import('../training/knobs/write-knobs.js');
  const { data, draws, command } = search;
  const roots = modelRoots(search.modelsDir ?? null);
  const instrument = await openInstrument(model, roots);
  try {
    const real = data === undefined ? null : realReadings(instrument, data);
    const write = await openForKnobs(await findBundle(model, roots));
    const say = (sentence: string): void => console.error(sentence);
    const findings = await findKnobs(instrument, real, { ...FULL, draws }, seed(search.seed), say);
    const date = new Date().toISOString().slice(0, 10);
    const found = { command, date, draws, real: real && { name: basename(data ?? ''), blocks: real.length } };
    const knobs: ModelKnobs = { format: 1, found, ...findings };
    await write(knobs);
    return knobs;
  } finally {
    await instrument.close();
  }
}
