/** Whether the stamps are to be trusted that jitter and follow go by: npm run bench -- stamps [SECONDS] */
import { readFileSync, rmSync } from 'node:fs';
import { median, printTable } from './parts/figures.js';
import { onTheWay } from './parts/results.js';
import { PORTS_ARE, runWithPorts } from './parts/with-ports.js';

const seconds = Number(process.argv[2] ?? 20);
const file = onTheWay('stamps-ports.json');
await runWithPorts('stamps-ports', [String(seconds), file], seconds);
const heard: {
  readonly sends: readonly { readonly before: number; readonly after: number }[];
  /** By the queue's own clock, whose origin is unknown. */
  readonly queue: readonly number[];
  readonly raw: readonly number[];
} = JSON.parse(readFileSync(file, 'utf8'));
rmSync(file);

const { sends, raw } = heard;
if (raw.length !== sends.length || heard.queue.length !== sends.length) {
  console.error(`Of ${sends.length} messages ${raw.length} and ${heard.queue.length} came through: run it once more.`);
  process.exit(1);
}
const apart = heard.queue.map((time, i) => time - raw[i]!);
const usual = median(apart);
const row = (name: string, values: readonly number[]): [string, ...number[]] => [
  name,
  Math.min(...values),
  median(values),
  Math.max(...values),
];
console.log(
  `\nAt ALSA ports ${PORTS_ARE}, ${sends.length} messages, ${raw.length} raw stamps, ${apart.length} of the queue; ms`,
);
printTable(
  ['', 'least', 'median', 'most'],
  [
    row(
      'raw stamp after the send began',
      raw.map((time, i) => time - sends[i]!.before),
    ),
    row(
      'send ended after the raw stamp',
      raw.map((time, i) => sends[i]!.after - time),
    ),
    row(
      'queue stamp after the raw one, median 0',
      apart.map((x) => x - usual),
    ),
  ],
);
const steps = raw.map((time) => Math.round(time * 1e6)).sort((a, b) => a - b);
const least = steps.slice(1).reduce((divisor, time, i) => gcd(divisor, time - steps[i]!), 0);
console.log(`raw stamps come in steps of ${least} ns`);

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
