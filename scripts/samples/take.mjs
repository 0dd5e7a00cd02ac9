import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModel } from './model.mjs';
import { drawRolls } from './picture.mjs';
import { programsFor, scoreOf, synthesise } from './sound.mjs';

/** The first eight: chosen by nobody. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const LAYOUT = { columns: 2, width: 1280, row: 4 };

/** Writes a model's samples into OUT/MODEL, with sound unless `soundfont` is null. */
export async function takeSamples(name, { modelsDir, out, tempo, programs, soundfont }) {
  const model = await openModel(name, modelsDir);
  const folder = join(out, name);
  const rolls = [];
  try {
    mkdirSync(folder, { recursive: true });
    for (const seed of SEEDS) {
      await model.render(seed, tempo, join(folder, `seed-${seed}.mid`));
      rolls.push({ caption: `seed ${seed}`, notes: await model.draw(seed) });
    }
  } finally {
    await model.close();
  }
  const title = `Sixteen bars drawn by the model ${name} from each of the seeds ${SEEDS[0]} to ${SEEDS.at(-1)}`;
  writeFileSync(join(folder, 'rolls.svg'), drawRolls(title, model.roles, rolls, LAYOUT));
  console.log(`${folder}: ${SEEDS.length} MIDI files and rolls.svg (${kilobytes(join(folder, 'rolls.svg'))} kB)`);
  if (soundfont === null) return;
  const chosen = programs ?? programsFor(model.roles);
  if (chosen.length !== model.roles.length) {
    throw new Error(`${name} has the roles ${model.roles.join(', ')}; --programs names ${chosen.length} instruments`);
  }
  const scratch = mkdtempSync(join(tmpdir(), 'daimon-samples-'));
  try {
    const score = scoreOf(
      rolls.map(({ notes }) => notes),
      chosen,
      tempo,
    );
    synthesise(score, soundfont, join(folder, 'seeds.ogg'), scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
  const instruments = model.roles.map((role, i) => `${role} ${chosen[i]}`).join(', ');
  console.log(
    `${folder}: seeds.ogg (${kilobytes(join(folder, 'seeds.ogg'))} kB), General MIDI programs: ${instruments}`,
  );
}

const kilobytes = (file) => Math.ceil(statSync(file).size / 1000);
