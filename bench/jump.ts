/**
 * What a jump in an endless stream costs, when it is sudden and when the blocks there were found in spare time, beside
 * a plain block: npm run bench -- jump [MODEL...]
 */
import { DEFAULT_MODEL } from '#daimon/cli/play-options.js';
import { modelRoots } from '#daimon/engine/bundle.js';
import { Drawer } from '#daimon/engine/drawer.js';
import { plainDraw } from '#daimon/engine/engine.js';
import { deriveSeed, type Seed, seed } from '#daimon/music/random.js';
import { streamed } from '../test/support/streamed.js';
import { median, printTable } from './parts/figures.js';

const ROUNDS = 30;
/** Far enough apart for nothing of one to be known at the other, near enough for both to be scouted. */
const [BEFORE, EVEN, ODD] = [40, 60, 53];

const models = process.argv.length > 2 ? process.argv.slice(2) : [DEFAULT_MODEL];

for (const model of models) {
  const drawer = await Drawer.open({ model, roots: modelRoots(null), backend: 'onnx', provider: null });
  const { decoding } = drawer.info;
  const timed = async (act: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await act();
    return performance.now() - began;
  };
  const jumpTo = (index: number, of: Seed) =>
    timed(() => drawer.draw(plainDraw(seed(0), decoding, streamed(of, 1, index))));
  const times = { plain: [], even: [], odd: [], known: [], found: [] } as Record<string, number[]>;
  const note = (name: string, ms: number): number => times[name]!.push(ms);
  for (let round = 0; round < ROUNDS; round++) {
    const of = deriveSeed(seed(1), round);
    note('plain', await timed(() => drawer.draw(plainDraw(of, decoding))));
    note('even', await jumpTo(EVEN, of));
    note('odd', await jumpTo(ODD, of));
    await jumpTo(BEFORE, of);
    const began = performance.now();
    while (await drawer.scout());
    note('found', performance.now() - began);
    note('known', await jumpTo(EVEN + 20, of));
  }
  await drawer.close();
  const plain = median(times.plain!);
  const row = (name: string, of: string): [string, number, number] => [
    name,
    median(times[of]!),
    median(times[of]!) / plain,
  ];
  console.log(`\n${model}: ${ROUNDS} streams, medians; until the notes are there\n`);
  printTable(
    ['', 'ms', 'by a plain block'],
    [
      row('a plain block', 'plain'),
      row('a jump in a stream: to an odd block', 'odd'),
      row('to an even one', 'even'),
      row('to one found in spare time', 'known'),
      row('spare time for all blocks around', 'found'),
    ],
  );
}
