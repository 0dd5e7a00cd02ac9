// Draws a block as docs/folk.svg shows one: `node docs/picture.mjs folk 7 > docs/folk.svg`, after a first `npm start`.
import { parseArgs } from 'node:util';
import { startEngine } from '../dist/engine/start.js';
import { seed } from '../dist/music/random.js';
import { BARS_PER_BLOCK, TICKS_PER_BAR, TICKS_PER_BLOCK } from '../dist/music/units.js';

const { positionals } = parseArgs({ allowPositionals: true });
const [model = 'folk', number = '7'] = positionals;

const WIDTH = 1280;
const ROW = 6;
const MARGIN = 8;
const x = (ticks) => ((ticks / TICKS_PER_BLOCK) * WIDTH).toFixed(1);

const engine = await startEngine({ model, modelsDir: null, backend: 'onnx', provider: null });
const { block } = await engine.draw({
  seed: seed(Number(number)),
  temperature: 1,
  latent: null,
  preset: 'picture',
  decoding: engine.info.decoding,
});
await engine.close();

const pitches = block.notes.map((note) => note.pitch);
const [low, high] = [Math.min(...pitches), Math.max(...pitches)];
const height = (high - low + 1) * ROW + 2 * MARGIN;
const y = (pitch) => MARGIN + (high - pitch) * ROW;
// low notes in violet, high ones in amber
const colour = (pitch) => `hsl(${Math.round(260 + 140 * ((pitch - low) / Math.max(1, high - low)))} 80% 68%)`;

const bars = Array.from({ length: BARS_PER_BLOCK - 1 }, (_, bar) => {
  const at = x((bar + 1) * TICKS_PER_BAR);
  return `<path d="M${at} 0V${height}" stroke="${bar % 4 === 3 ? '#4b4b63' : '#2d2d3f'}"/>`;
});
const notes = block.notes.map((note) => {
  const width = Math.max(2, Number(x(note.duration)) - 1);
  const place = `x="${x(note.onset)}" y="${y(note.pitch)}" width="${width.toFixed(1)}" height="${ROW - 1}"`;
  return `<rect ${place} rx="1.5" fill="${colour(note.pitch)}" opacity="${(0.45 + (0.55 * note.velocity) / 127).toFixed(2)}"/>`;
});
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">
<title>Sixteen bars drawn by the model ${model} from seed ${number}</title>
<rect width="${WIDTH}" height="${height}" rx="6" fill="#1b1b28"/>
${[...bars, ...notes].join('\n')}
</svg>`);
