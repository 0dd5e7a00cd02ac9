import { type Line, lineOf, MIDI_PITCHES } from '../../music/line.js';
import type { Phrase } from '../../music/phrase.js';
import { cell, PITCHES, type PianoRoll, type Role, type RoleRoll } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';

/** A line for each of a model's roles. */
export type Voicing = readonly Line[];

/** By the parts' names, where they tell two roles apart; what bears no role's is the last one's. Null where they don't. */
export function byName({ parts }: Phrase, roles: readonly Role[]): Voicing | null {
  const wanted = roles.map(({ name }) => plain(name));
  const found = parts.map(({ name }) => wanted.indexOf(plain(name)));
  if (new Set(found.filter((role) => role >= 0)).size < 2) return null;
  const roleOf = found.map((role) => (role >= 0 ? role : roles.length - 1));
  return roles.map((_, r) => lineOf(parts.flatMap(({ notes }, i) => (roleOf[i] === r ? notes : []))));
}

/**
 * By height: roles of one voice in turn get what is the highest as it begins, the second highest, and so on; the last
 * role gets the rest. Notes of one block.
 */
export function byHeight(notes: Line, roles: readonly Role[]): Voicing {
  const sounding = new Uint8Array(MIDI_PITCHES * STEPS_PER_BLOCK);
  for (const { onset, end, pitch } of notes)
    sounding.fill(1, pitch * STEPS_PER_BLOCK + onset, pitch * STEPS_PER_BLOCK + end);
  const singers = roles.flatMap(({ voices }, role) => (voices === 1 ? [role] : []));
  const roleOf = notes.map(({ onset, pitch }) => {
    let above = 0;
    for (let p = pitch + 1; p < MIDI_PITCHES; p++) above += sounding[p * STEPS_PER_BLOCK + onset];
    return singers[above] ?? roles.length - 1;
  });
  return split(notes, roleOf, roles.length);
}

/**
 * Each note to the role in which the model's roll has it sound the most, the surest first; a role of one voice takes
 * none where it has one already. What then finds no place is the last role's. Notes of one block, in the roll's window.
 */
export function byLikelihood(notes: Line, { basePitch, roles }: PianoRoll): Voicing {
  const bids = notes.flatMap((note, index) =>
    roles.map((role, r) => ({ index, role: r, share: shareOf(note, role, basePitch) })),
  );
  bids.sort((a, b) => b.share - a.share || a.index - b.index || a.role - b.role);
  const taken = roles.map(() => new Uint8Array(STEPS_PER_BLOCK));
  const roleOf = notes.map(() => -1);
  for (const { index, role } of bids) {
    if (roleOf[index] >= 0) continue;
    const steps = taken[role].subarray(notes[index].onset, notes[index].end);
    if (roles[role].voices === 1 && steps.includes(1)) continue;
    steps.fill(1);
    roleOf[index] = role;
  }
  return split(
    notes,
    roleOf.map((role) => (role >= 0 ? role : roles.length - 1)),
    roles.length,
  );
}

/** How surely a role begins a note and holds it, 0..2. */
function shareOf({ onset, end, pitch }: Line[number], role: RoleRoll, basePitch: number): number {
  const from = cell(pitch - basePitch, onset);
  const held = role.sounding.subarray(from, from + end - onset);
  return (role.onset?.[from] ?? 0) + held.reduce((sum, p) => sum + p, 0) / held.length;
}

/**
 * A network's numbers [planes, 64, 256] for lines that lie in the window: zeros and ones, of each role sounding, then
 * onset; of a single plane sounding only.
 */
export function planesOf(voicing: Voicing, basePitch: number, planes: number): Float32Array {
  const size = PITCHES * STEPS_PER_BLOCK;
  const values = new Float32Array(planes * size);
  voicing.forEach((notes, role) => {
    const [sounding, onset] = [values.subarray(2 * role * size), planes > 1 ? (2 * role + 1) * size : null];
    for (const note of notes) {
      const from = cell(note.pitch - basePitch, note.onset);
      sounding.fill(1, from, from + note.end - note.onset);
      if (onset !== null) values[onset + from] = 1;
    }
  });
  return values;
}

const split = (notes: Line, roleOf: readonly number[], roles: number): Voicing =>
  Array.from({ length: roles }, (_, role) => notes.filter((_, i) => roleOf[i] === role));

const plain = (name: string): string => name.trim().toLowerCase();
