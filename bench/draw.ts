/** One block drawn by a shipped model, here and by the same network in PyTorch, one thread: npm run bench -- draw [MODEL] */
import { DEFAULT_MODEL } from '#daimon/cli/play-options.js';
import { findBundle, modelRoots, readWeights } from '#daimon/engine/bundle.js';
import { noiseShapeOf } from '#daimon/engine/card.js';
import { decodeOnnx } from '#daimon/engine/graph/onnx-decode.js';
import { noiseFrom } from '#daimon/music/latent.js';
import { seed } from '#daimon/music/random.js';
import { compile } from '#daimon/training/tape/compile.js';
import { compare, here, inTorch } from './parts/side-by-side.js';

const CPU = { threads: 1, provider: 'cpu' };
const name = process.argv[2] ?? DEFAULT_MODEL;
const bundle = await findBundle(name, modelRoots(null));
const { width, latent: shape } = bundle.card.architecture;
if (width === undefined) throw new Error(`"${name}" was trained elsewhere: PyTorch's peer of it is not known here.`);
const weights = await readWeights(bundle);
const latent = noiseFrom(seed(1), shape).values;

const generator = await compile(decodeOnnx(weights.generator), CPU);
const ours = here('generator (onnxruntime)', () => generator.run({ latent }), generator.close);
const contenders = [ours];
const torch = await inTorch('draw', width, shape.channels, 1);
if (torch) contenders.push({ ...torch, name: 'the same in PyTorch' });
else console.log("PyTorch is not here: 'apt-get install python3-torch libopenblas0-pthread' brings it.");
if (weights.prior) {
  const prior = await compile(decodeOnnx(weights.prior), CPU);
  const noise = noiseFrom(seed(1), noiseShapeOf(bundle.card)).values;
  contenders.push(here('prior (onnxruntime)', () => prior.run({ noise }), prior.close));
}
for (let i = 0; i < 5; i++) for (const contender of contenders) await contender.run();
await compare(`Drawing one block of "${name}", width ${width}, 1 thread`, contenders, 200);
