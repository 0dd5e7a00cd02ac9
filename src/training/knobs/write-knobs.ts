import { join } from 'node:path';
import { type Bundle, KNOBS_FILE, readBundle, sha256Of, writeCard } from '../../engine/bundle.js';
import { type ModelKnobs, parseKnobs } from '../../engine/knobs/knobs.js';
import { DaimonError } from '../../errors.js';
import { replaceFile } from '../writing.js';

/**
 * Makes sure that a bundle can be written to, before its user waits, by taking off its card what knobs it has; gives
 * the function that writes the new ones. A crash leaves a model without knobs, never one with a wrong checksum.
 * Throws DaimonError `file`, and the function also `model` where the model has changed meanwhile.
 */
export async function openForKnobs({ folder, card }: Bundle): Promise<(knobs: ModelKnobs) => Promise<void>> {
  const { knobs: _, ...networks } = card.files;
  await writing(folder, () => writeCard(folder, { ...card, files: networks }));
  return async (knobs) => {
    const { card: now } = await readBundle(folder);
    if (JSON.stringify(now.files) !== JSON.stringify(networks)) {
      throw new DaimonError('model', `${folder} has changed while its knobs were looked for: look for them again.`);
    }
    const path = join(folder, KNOBS_FILE);
    const bytes = Buffer.from(`${textOf(parseKnobs(knobs, path, card.architecture.latent))}\n`);
    await writing(folder, async () => {
      replaceFile(path, bytes);
      await writeCard(folder, { ...now, files: { ...networks, knobs: sha256Of(bytes) } });
    });
  };
}

/** JSON to read, but each list of numbers on a line of its own. */
const textOf = (knobs: ModelKnobs): string =>
  JSON.stringify(knobs, null, 2).replace(/\[[\s\d.,e+-]+\]/g, (list) => list.replace(/\s+/g, ' '));

async function writing(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (cause instanceof DaimonError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = 'copy the folder to one of yours and name that in --models-dir';
    throw new DaimonError('file', `${folder} can't be written to (${reason}); ${advice}.`, { cause });
  }
}
