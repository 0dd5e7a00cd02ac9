import { OCTAVE, pitchClassOf } from '../../music/pitch-class.js';
import { CELLS, cell, PITCHES, type RoleRoll } from '../../music/roll.js';
import type { Preference } from './preference.js';
import { mean, type Span } from './spans.js';

/** Probabilities below this are told apart no more: among pitches that the model holds for impossible the nearest is taken. */
const FLOOR = 1e-3;
/** What each semitone away from the pitch that was read costs, of a logarithm. */
const COST_OF_SEMITONE = 0.35;

/**
 * The pitches of a role's notes chosen anew, each from those within an octave: by what the roll itself gives a pitch
 * over the note's length, times the preference, less for each semitone of distance. When notes begin and how long they
 * last stays, and so does every note that nothing speaks against. What has to move takes no key that is down already: a
 * note that finds none has merged with one that sounds, and is left out. `shift` makes a row the pitch that is heard.
 */
export function rescored<T extends Span>(
  spans: readonly T[],
  role: RoleRoll,
  preference: Preference,
  shift: number,
): readonly T[] {
  const down = new Uint8Array(CELLS);
  const press = ({ start, length }: Span, row: number) => down.fill(1, cell(row, start), cell(row, start) + length);
  const staying: T[] = [];
  const moving: T[] = [];
  for (const span of spans) {
    const weights = preference(span, role.voices);
    const isRight = weights[pitchClassOf(span.row + shift)] === 0;
    const stays = isRight || bestRow(span, role, weights, shift, null) === span.row;
    (stays ? staying : moving).push(span);
    if (stays) press(span, span.row);
  }
  moving.sort((a, b) => a.start - b.start || b.probability - a.probability || b.row - a.row);
  const moved = moving.flatMap((span) => {
    const row = bestRow(span, role, preference(span, role.voices), shift, down);
    if (row === null) return [];
    press(span, row);
    return [{ ...span, row }];
  });
  return [...staying, ...moved];
}

/**
 * The best of the rows that a note may have, of equals its own, then the nearer one, then the higher; of those that are
 * not `down` when it begins, if that is to be minded. Null: there is none.
 */
function bestRow(
  span: Span,
  role: RoleRoll,
  weights: Float64Array,
  shift: number,
  down: Uint8Array | null,
): number | null {
  let [best, most] = [-1, Number.NEGATIVE_INFINITY];
  for (let distance = 0; distance <= OCTAVE; distance++) {
    for (const row of distance === 0 ? [span.row] : [span.row + distance, span.row - distance]) {
      if (row < 0 || row >= PITCHES || down?.[cell(row, span.start)] === 1) continue;
      // a logarithm of a probability only takes from it
      const limit = weights[pitchClassOf(row + shift)] - COST_OF_SEMITONE * distance;
      if (limit <= most) continue;
      const score = limit + Math.log(Math.max(likelihood(role, row, span), FLOOR));
      if (score > most) [best, most] = [row, score];
    }
  }
  return best === -1 ? null : best;
}

/** What the roll gives a pitch over a note's length, 0..1: that it is struck, and that it sounds. */
function likelihood({ sounding, onset }: RoleRoll, row: number, { start, length }: Span): number {
  const at = cell(row, start);
  const sounds = mean(sounding, at, at + length);
  return onset === null ? sounds : (onset[at] + sounds) / 2;
}
