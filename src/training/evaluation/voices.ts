import { type Role, WHOLE } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import type { Dataset } from '../corpus/dataset.js';

/** A slip of the hands, or a note held over the next one's beginning, is no second voice. */
const MOST_CROWDED = 0.01;

/** A dataset's roles as a card has them; undefined where the music was not taken apart. */
export function rolesOf(dataset: Dataset): Role[] | undefined {
  const { roles } = dataset.header;
  if (roles.length === 1 && roles[0] === WHOLE.name) return undefined;
  return roles.map((name, role) => ({ name, voices: crowdedShare(dataset, role) <= MOST_CROWDED ? 1 : null }));
}

/** Share of the steps on which a role sounds, over the training blocks, on which it sounds two pitches or more. */
export function crowdedShare(dataset: Dataset, role: number): number {
  let sounding = 0;
  let crowded = 0;
  const pitches = new Uint8Array(STEPS_PER_BLOCK);
  for (const index of dataset.training) {
    pitches.fill(0);
    for (const { onset, end } of dataset.notesOf(index, role)) for (let s: number = onset; s < end; s++) pitches[s]++;
    for (const count of pitches) {
      if (count > 0) sounding++;
      if (count > 1) crowded++;
    }
  }
  return sounding === 0 ? 0 : crowded / sounding;
}
