import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SMALL, TWO_ROLES, writeRandomBundle } from '../engine/random-model.js';
import { inFolder, Program, runDaimon } from '../support/program.js';
import { notesOf, readSmf, type SmfNote } from '../support/smf.js';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const TICKS_PER_STEP = 120;

const samples = (...args: string[]) => new Program(process.execPath, ['scripts/samples.mjs', ...args]).ended();

/** What a roll of the picture shows, back from its strokes: `role onset pitch length`, in steps, the highest note at `high`. */
function drawnIn(roll: string, colours: readonly string[], high: number): string[] {
  return [...roll.matchAll(/<path stroke="([^"]+)" opacity="[^"]+" stroke-width="[^"]+" d="([^"]+)"/g)].flatMap(
    ([, colour, d]) =>
      [...d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)/g)].map(([, x, y, length]) =>
        [colours.indexOf(colour), Number(x), high + 0.5 - Number(y), (Number(length) + 0.2).toFixed(1)].join(' '),
      ),
  );
}

const inSteps = ({ channel, on, off, pitch }: SmfNote): string =>
  [channel, on / TICKS_PER_STEP, pitch, ((off - on) / TICKS_PER_STEP).toFixed(1)].join(' ');

describe('npm run samples', () => {
  let models = '';
  let out = '';
  before(async () => {
    models = await writeRandomBundle('duet', TWO_ROLES);
    out = mkdtempSync(join(tmpdir(), 'daimon-samples-'));
    const { code, stderr } = await samples('duet', '--models-dir', models, '--out', out, '--no-audio');
    assert.equal(code, 0, stderr);
  });
  after(() => rmSync(out, { recursive: true }));

  it('writes the blocks of seeds 1 to 8 as daimon render writes them, and a picture', async () => {
    const names = readdirSync(join(out, 'duet')).sort();
    assert.deepEqual(names, ['rolls.svg', ...SEEDS.map((seed) => `seed-${seed}.mid`)]);
    const take = join(out, 'take.mid');
    const choice = ['--model', 'duet', '--models-dir', models, '--preset', 'ensemble', '--bpm', '110'];
    await runDaimon('render', ...choice, '--seed', '3', '--blocks', '1', '--out', take);
    assert.deepEqual(readFileSync(join(out, 'duet', 'seed-3.mid')), readFileSync(take));
  });

  it('draws every note of every block, in the colour of its role, under the name of its seed', () => {
    const svg = readFileSync(join(out, 'duet', 'rolls.svg'), 'utf8');
    const [head, ...rolls] = svg.split(/<text [^>]*>seed (?=\d<)/);
    const key = [...head.matchAll(/fill="([^"]+)"\/><text [^>]*>([^<]+)</g)];
    assert.deepEqual(
      key.map(([, , role]) => role),
      ['melody', 'chords'],
    );
    const colours = key.map(([, colour]) => colour);
    const played = SEEDS.map((seed) => notesOf(readSmf(readFileSync(join(out, 'duet', `seed-${seed}.mid`)))));
    const high = Math.max(...played.flat().map(({ pitch }) => pitch));
    assert.equal(rolls.length, SEEDS.length);
    SEEDS.forEach((seed, i) => {
      assert.ok(rolls[i].startsWith(`${seed}</text>`));
      assert.deepEqual(drawnIn(rolls[i], colours, high).sort(), played[i].map(inSteps).sort());
    });
  });

  it('draws music that was not taken apart without a key to roles', () =>
    inFolder(async (folder) => {
      const whole = await writeRandomBundle('whole', SMALL);
      assert.equal((await samples('whole', '--models-dir', whole, '--out', folder, '--no-audio')).code, 0);
      const svg = readFileSync(join(folder, 'whole', 'rolls.svg'), 'utf8');
      assert.equal(svg.match(/<text /g)?.length, SEEDS.length);
      assert.ok(svg.includes('stroke="url(#pitch)"'));
    }));

  it('wants a model, and one that is there', async () => {
    const none = await samples();
    assert.equal(none.code, 2);
    assert.match(none.stderr, /Name a model.*\n.*npm run samples/);
    const unknown = await samples('no-such', '--no-audio');
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /^daimon: There is no model "no-such"/);
  });
});
