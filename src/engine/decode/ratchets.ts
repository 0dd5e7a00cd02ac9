import { signsOf } from '../../music/mask.js';
import { TICKS_PER_STEP } from '../../music/units.js';

/** For each step of a block, 0..255, how often a note that begins there is struck: 1 where the mask has no digit. */
export function strikesBy(mask: string): (step: number) => number {
  const signs = signsOf(mask);
  return (step) => {
    const sign = signs[step % signs.length] ?? '.';
    return sign === '.' ? 1 : Number(sign);
  };
}

/**
 * A note of so many ticks as strikes that share its first step evenly, to the tick: each until the next, and the last
 * to the note's end. It must last a step, 120 ticks, at least; `after` is in ticks from its onset.
 */
export function ratcheted(
  ticks: number,
  strikes: number,
): readonly { readonly after: number; readonly ticks: number }[] {
  if (strikes === 1) return [{ after: 0, ticks }];
  const at = (strike: number): number => Math.round((strike * TICKS_PER_STEP) / strikes);
  return Array.from({ length: strikes }, (_, i) => ({
    after: at(i),
    ticks: (i === strikes - 1 ? ticks : at(i + 1)) - at(i),
  }));
}
