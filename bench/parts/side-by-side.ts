import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Something that can be run once and tells how many milliseconds that took. */
export interface Contender {
  readonly name: string;
  run(): Promise<number>;
  close(): Promise<void> | void;
}

/** A contender in this process. */
export const here = (name: string, work: () => Promise<unknown>, close: () => Promise<void>): Contender => ({
  name,
  async run() {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  },
  close,
});

/** A contender in PyTorch. Null where there is no PyTorch. */
export const inTorch = (
  what: 'draw' | 'train',
  width: number,
  channels: number,
  threads: number,
): Promise<Contender | null> =>
  inPython('PyTorch', 'bench/parts/torch_peer.py', [what, width, channels, threads].map(String));

/** A contender in Python, another process that waits while it is not its turn. Null where it can't start. */
export async function inPython(name: string, script: string, args: readonly string[]): Promise<Contender | null> {
  const python = process.env.PYTHON ?? '/usr/bin/python3';
  const peer = spawn(python, [script, ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
  peer.on('error', () => {});
  const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done || first.value !== 'ready') return null;
  return {
    name,
    async run() {
      peer.stdin.write('go\n');
      return Number((await lines.next()).value);
    },
    close: () => {
      peer.stdin.end();
    },
  };
}

/** Runs the contenders in turn, so that what else the machine does falls on all alike, and prints a table. */
export async function compare(title: string, contenders: readonly Contender[], rounds: number): Promise<void> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) times[i]!.push(await contender.run());
  }
  console.log(`\n${title} (${rounds} rounds in turn)`);
  console.log(`${''.padEnd(24)}${'median ms'.padStart(12)}${'min ms'.padStart(12)}${'median of ratios'.padStart(20)}`);
  contenders.forEach(({ name }, i) => {
    const ratios = times[i]!.map((t, round) => t / times[0]![round]!);
    const row = [median(times[i]!), Math.min(...times[i]!)].map((ms) => ms.toFixed(2).padStart(12)).join('');
    console.log(`${name.padEnd(24)}${row}${median(ratios).toFixed(2).padStart(20)}`);
  });
  for (const contender of contenders) await contender.close();
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
