import type { Note } from '../../music/note.js';
import { CELLS, cell, PITCHES, type PianoRoll, type RoleRoll } from '../../music/roll.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, TICKS_PER_BAR } from '../../music/units.js';
import { weightOf } from './density.js';
import type { Placed } from './placing.js';
import type { Thresholds } from './spans.js';

/** Thresholds are halved so often at most: a model that holds all notes of a bar for less likely than a millionth means it. */
const MOST_HALVINGS = 20;

/** The bars of a block, from 0, in which no note begins or sounds on. */
export function emptyBars(notes: readonly Note[]): readonly number[] {
  const sounds = new Uint8Array(BARS_PER_BLOCK);
  for (const { onset, duration } of notes) {
    sounds.fill(1, Math.floor(onset / TICKS_PER_BAR), Math.ceil((onset + duration) / TICKS_PER_BAR));
  }
  return Array.from(sounds.keys()).filter((bar) => sounds[bar] === 0);
}

/**
 * Of each of these bars the notes of its likeliest moment, by the highest thresholds by which it has any, held until the
 * bar ends: what is unlikely to begin is by itself hardly longer than a step. Only rows count that the range allows: a voice that would take another one would be left out. `read` gives the
 * notes of a part of the roll by thresholds. None, where the player's choices allow none.
 */
export function likeliestIn(
  bars: readonly number[],
  roll: PianoRoll,
  isAllowed: (row: number) => boolean,
  { threshold, onsetThreshold, fragmentThreshold }: Thresholds,
  read: (part: PianoRoll, thresholds: Thresholds) => readonly Placed[],
): readonly Placed[] {
  const likeliest: Placed[] = [];
  let left = bars;
  for (let halving = 1; left.length > 0 && halving <= MOST_HALVINGS; halving++) {
    const share = 2 ** -halving;
    const notes = read(onlyThere(roll, left, isAllowed), {
      threshold: threshold * share,
      onsetThreshold: onsetThreshold * share,
      fragmentThreshold,
    });
    left = left.filter((bar) => {
      const end = (bar + 1) * STEPS_PER_BAR;
      const found = likeliestMoment(notes.filter(({ start }) => start >= end - STEPS_PER_BAR && start < end));
      likeliest.push(...found.map((note) => ({ ...note, length: end - note.start })));
      return found.length === 0;
    });
  }
  return likeliest;
}

/** The notes that begin together with the weightiest one, of equals the first. */
function likeliestMoment(notes: readonly Placed[]): readonly Placed[] {
  const best = notes.reduce<Placed | null>((a, b) => (a === null || weightOf(b) > weightOf(a) ? b : a), null);
  return notes.filter(({ start }) => start === best?.start);
}

/** The roll in some bars and rows, silent everywhere else. */
function onlyThere(roll: PianoRoll, bars: readonly number[], isAllowed: (row: number) => boolean): PianoRoll {
  const cut = (plane: Float32Array): Float32Array => {
    const part = new Float32Array(CELLS);
    for (let row = 0; row < PITCHES; row++) {
      if (!isAllowed(row)) continue;
      for (const bar of bars) {
        const from = cell(row, bar * STEPS_PER_BAR);
        part.set(plane.subarray(from, from + STEPS_PER_BAR), from);
      }
    }
    return part;
  };
  const roles = roll.roles.map(
    (role): RoleRoll => ({ ...role, sounding: cut(role.sounding), onset: role.onset && cut(role.onset) }),
  );
  return { ...roll, roles };
}
