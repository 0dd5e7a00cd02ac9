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
 * last stays, and so do notes that nothing better is found for. What has to move takes no key that is down already: a
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
  const moving: { span: T; rows: readonly number[] }[] = [];
  for (const span of spans) {
    const rows = rowsByScore(span, role, preference(span, role.voices), shift);
    if (rows[0] !== span.row) moving.push({ span, rows });
    else {
      staying.push(span);
      press(span, span.row);
    }
  }
  moving.sort(({ span: a }, { span: b }) => a.start - b.start || b.probability - a.probability || b.row - a.row);
  const moved = moving.flatMap(({ span, rows }) => {
    const row = rows.find((one) => down[cell(one, span.start)] === 0);
    if (row === undefined) return [];
    press(span, row);
    return [{ ...span, row }];
  });
  return [...staying, ...moved];
}

/** The rows that a note may have, the best first; of equals its own, then the nearer one, then the higher. */
function rowsByScore(span: Span, role: RoleRoll, weights: Float64Array, shift: number): readonly number[] {
  const rows: { row: number; score: number; distance: number }[] = [];
  for (let row = Math.max(span.row - OCTAVE, 0); row <= Math.min(span.row + OCTAVE, PITCHES - 1); row++) {
    const weight = weights[pitchClassOf(row + shift)];
    if (weight === Number.NEGATIVE_INFINITY) continue;
    const distance = Math.abs(row - span.row);
    const own = Math.log(Math.max(likelihood(role, row, span), FLOOR));
    rows.push({ row, score: own + weight - COST_OF_SEMITONE * distance, distance });
  }
  rows.sort((a, b) => b.score - a.score || a.distance - b.distance || b.row - a.row);
  return rows.map(({ row }) => row);
}

/** What the roll gives a pitch over a note's length, 0..1: that it is struck, and that it sounds. */
function likelihood({ sounding, onset }: RoleRoll, row: number, { start, length }: Span): number {
  const at = cell(row, start);
  const sounds = mean(sounding, at, at + length);
  return onset === null ? sounds : (onset[at] + sounds) / 2;
}
