import type { Card } from '../../engine/card.js';
import type { Random } from '../../music/random.js';
import type { Line } from '../corpus/grid.js';
import { type Keys, meanPitch } from '../corpus/keys-of.js';

/** Semitones. Few blocks may lie closer together than their songs' would; one block alone has no deviation at all. */
const LEAST_DEVIATION = 0.5;

/**
 * A function that moves a block back to where its song may have been. A tune is played in a key that suits its
 * register: of the moves, each is drawn as often as blocks of this mean pitch were moved by it (Bayes' rule, their mean
 * pitches taken as normal).
 */
export function mover(keys: Card['keys'], random: Random): (notes: Line) => Line {
  if (keys === undefined) return (notes) => notes;
  return (notes) => {
    if (notes.length === 0) return notes;
    const by = moveFor(meanPitch(notes), keys, random);
    // a note moved off the keyboard could not be written to a file
    return notes.map((note) => ({ ...note, pitch: note.pitch - by })).filter(({ pitch }) => pitch > 0 && pitch < 128);
  };
}

function moveFor(meanOfBlock: number, keys: Keys, random: Random): number {
  const logs = keys.map(({ share, pitch, deviation }) => {
    const wide = Math.max(deviation, LEAST_DEVIATION);
    return Math.log(share / wide) - ((meanOfBlock - pitch) / wide) ** 2 / 2;
  });
  // far from all of them every likelihood would round to zero
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const chosen = keys.find((_, i) => {
    left -= weights[i];
    return left < 0;
  });
  // what is left may be a rounding
  return (chosen ?? keys.at(-1))?.move ?? 0;
}
