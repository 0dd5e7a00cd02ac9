import { byOnset, type Note } from '../../music/note.js';
import { minus, plus, STEPS_PER_BLOCK, type Step, step, stepToTick, type Tick, tick } from '../../music/units.js';
import { COLUMNS, STEPS_PER_COLUMN } from './reach.js';
import { LEAD } from './surroundings.js';

/** Columns of a block that are read together: half of them. */
const READ = COLUMNS / 2;

/**
 * A block's notes, read in sixteen bars around each of its halves: those that begin in the half, with four bars before
 * them, as a note's length hangs on what sounds already, and four bars after them to sound on in. So no note passes its
 * half's end, and the block's, by more than four bars. `read` gives the notes of the sixteen bars from a column on,
 * which begins at a step counted from the block's first.
 */
export function notesOfHalves(read: (column: number, from: Step) => readonly Note[]): readonly Note[] {
  const halves = [0, READ].flatMap((half) => {
    const column = half - LEAD;
    const from = column * STEPS_PER_COLUMN;
    const first = stepToTick(step(LEAD * STEPS_PER_COLUMN));
    const end = stepToTick(step((LEAD + READ) * STEPS_PER_COLUMN));
    return read(column, step(from))
      .filter(({ onset }) => onset >= first && onset < end)
      .map((note) => ({ ...note, onset: plus(note.onset, stepToTick(step(from))) }));
  });
  return endedByNext(halves.sort(byOnset));
}

/** Each note until its pitch is struck again on its channel: the first half knows nothing of the second. By onset. */
function endedByNext(notes: readonly Note[]): readonly Note[] {
  const next = new Map<number, Tick>();
  const latest = tick(stepToTick(step(STEPS_PER_BLOCK + LEAD * STEPS_PER_COLUMN)));
  return notes
    .toReversed()
    .map((note) => {
      const voice = note.channel * 128 + note.pitch;
      const most = minus(next.get(voice) ?? latest, note.onset);
      next.set(voice, note.onset);
      return note.duration <= most ? note : { ...note, duration: most };
    })
    .toReversed();
}
