/**
 * How soon a clock that jitters by up to 2 ms, evenly, is known: the follower's fit beside a plain line of least
 * squares, and beside the best that anyone can do who knows the jitter's law but not that songs have whole tempi (the
 * mean of the posterior). In virtual time: npm run bench -- lock [TRIALS]
 */
import { randomFrom, seed } from '#daimon/music/random.js';
import { millis } from '#daimon/music/units.js';
import { fitLine } from '#daimon/transport/clock/line-fit.js';
import { fitPulse, NO_PULSES } from '#daimon/transport/clock/pulse-fit.js';
import { centre, type Point, within } from './parts/half-planes.js';

const TRIALS = Number(process.argv[2] ?? 400);
const JITTER = 2;
const BEATS = [1, 2, 4];
const TEMPI = [120, 117.37, 120.1];

/** Interval and phase that someone tells from the arrivals, in ms. */
interface Told {
  readonly interval: number;
  readonly phase: number;
}

const ours = (arrivals: readonly number[]): Told => {
  const { interval, phase } = arrivals.map(millis).reduce(fitPulse, NO_PULSES);
  return { interval: interval ?? 0, phase };
};

const leastSquares = (arrivals: readonly number[]): Told => {
  const { last, next } = fitLine(arrivals, arrivals.length);
  return { interval: next - last, phase: last };
};

/** Every line that keeps within the jitter of all arrivals is as likely as any other: the middle of them all. */
const best = (arrivals: readonly number[]): Told => {
  const start = leastSquares(arrivals);
  const reach = 2 * JITTER;
  let lines: readonly Point[] = [
    { x: -reach, y: -reach },
    { x: reach, y: -reach },
    { x: reach, y: reach },
    { x: -reach, y: reach },
  ];
  arrivals.forEach((arrival, i) => {
    const back = arrivals.length - 1 - i;
    const off = arrival - (start.phase - back * start.interval);
    // x: added to the phase, y: to the interval
    lines = within(lines, { x: 1, y: -back }, off + JITTER);
    lines = within(lines, { x: -1, y: back }, JITTER - off);
  });
  const { x, y } = centre(lines);
  return { interval: start.interval + y, phase: start.phase + x };
};

const quantile = (values: readonly number[], share: number): number =>
  values.map(Math.abs).toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1]!;

const row = (cells: readonly string[]): string =>
  `|${cells.map((cell, i) => (i === 0 ? ` ${cell.padEnd(26)} ` : ` ${cell.padStart(9)} `)).join('|')}|`;

for (const tempo of TEMPI) {
  console.log(
    `\n${tempo} BPM, ±${JITTER} ms, ${TRIALS} trains. Tempo: within 0.05 BPM, and p99 in BPM. Phase: p99 in ms.\n`,
  );
  console.log(row(['', ...BEATS.flatMap((beats) => [`${beats} beat`, 'tempo', 'phase'])]));
  console.log(row(['---', ...BEATS.flatMap(() => ['--:', '--:', '--:'])]));
  for (const [name, tell] of Object.entries({
    follower: ours,
    'least squares': leastSquares,
    'best without whole tempi': best,
  })) {
    const cells = BEATS.flatMap((beats) => {
      const interval = 60_000 / (24 * tempo);
      const told = Array.from({ length: TRIALS }, (_, trial) => {
        const random = randomFrom(seed(trial));
        const arrivals = Array.from(
          { length: 24 * beats + 1 },
          (_, i) => i * interval + JITTER * (2 * random.uniform() - 1),
        );
        const { interval: found, phase } = tell(arrivals);
        return { tempo: 60_000 / (24 * found) - tempo, phase: phase - 24 * beats * interval };
      });
      const tempi = told.map((each) => each.tempo);
      const share = tempi.filter((off) => Math.abs(off) <= 0.05).length / TRIALS;
      const phases = told.map((each) => each.phase);
      return [`${Math.round(100 * share)} %`, quantile(tempi, 0.99).toFixed(2), quantile(phases, 0.99).toFixed(2)];
    });
    console.log(row([name, ...cells]));
  }
}
