/** One update of the original's two networks, here and in PyTorch: npm run bench -- train [WIDTH] [THREADS] */
import { seed } from '#daimon/music/random.js';
import { CELLS } from '#daimon/music/roll.js';
import { createDcgan } from '#daimon/training/recipes/dcgan.js';
import type { Blocks } from '#daimon/training/recipes/recipe.js';
import { compare, here, inTorch } from './parts/side-by-side.js';

const CHANNELS = 7;
const width = Number(process.argv[2] ?? 32);
const threads = Number(process.argv[3] ?? 1);

const blocks: Blocks = {
  training: Uint32Array.of(0),
  heldOut: new Uint32Array(),
  planes: 2,
  unpack: (_, into) => {
    into.forEach((_s, i) => {
      into[i] = (i % CELLS) % 20 === 0 ? 1 : 0;
    });
  },
};
const options = {
  width,
  latentChannels: CHANNELS,
  batch: 16,
  divergence: 1,
  transpose: 0,
  same: 1,
  temperature: 1,
  phases: {},
  seed: seed(1),
  threads,
  provider: 'cpu',
};
const recipe = await createDcgan(blocks, {}, options);
let step = 0;
const ours = here('daimon (onnxruntime)', () => recipe.step(step++), recipe.close);
for (let i = 0; i < 3; i++) await ours.run();
const torch = await inTorch('train', width, CHANNELS, threads);
if (!torch) console.log("PyTorch is not here: 'apt-get install python3-torch libopenblas0-pthread' brings it.");
await compare(`Training, width ${width}, 16 blocks, ${threads} thread(s)`, torch ? [ours, torch] : [ours], 15);
