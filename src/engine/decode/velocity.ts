import { STEPS_PER_BAR, STEPS_PER_BEAT } from '../../music/units.js';

const HALF_BAR = STEPS_PER_BAR / 2;

/** Metric weight of a step of 4/4: 1 on the downbeat, 0 off the beat. */
export function metricWeight(step: number): number {
  if (step % STEPS_PER_BAR === 0) return 1;
  if (step % HALF_BAR === 0) return 0.75;
  return step % STEPS_PER_BEAT === 0 ? 0.5 : 0;
}

/**
 * 1..127. Probability and meter each move the velocity by up to half the accent: probability down or up from the
 * middle of what can sound at all (threshold..1), meter only up.
 */
export function velocityOf(
  step: number,
  probability: number,
  choices: { readonly velocity: number; readonly accent: number; readonly threshold: number },
): number {
  const above = (probability - choices.threshold) / (1 - choices.threshold);
  const certainty = Math.min(Math.max(2 * above - 1, -1), 1);
  const moved = choices.velocity + (choices.accent / 2) * (certainty + metricWeight(step));
  return Math.min(Math.max(Math.round(moved), 1), 127);
}
