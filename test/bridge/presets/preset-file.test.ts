import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parsePreset } from '#daimon/bridge/presets/preset-file.js';
import { DEFAULT_PRESET, findPreset, loadPresets } from '#daimon/bridge/presets/preset-folder.js';
import { DaimonError } from '#daimon/errors.js';
import { DECODING } from '#daimon/music/decoding.js';
import { FEEL, STRAIGHT } from '#daimon/music/feel.js';
import { legalValues, type NumberParameter, type Parameter, type WholeParameter } from '#daimon/music/parameter.js';
import { cellsOf } from '#daimon/music/sketch.js';
import { shippedFolder } from '#daimon/package.js';

const HEAD = 'title = "A"\ndescription = "B"\n';
const parse = (text: string) => parsePreset('mine', HEAD + text, '/presets/mine.toml');
const refusal = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof DaimonError && error.code === 'preset');
    return error.message;
  }
  return assert.fail(`was read: ${text}`);
};

const folder = mkdtempSync(join(tmpdir(), 'daimon-presets-'));
after(() => rmSync(folder, { recursive: true }));

describe('a preset file', () => {
  it('leaves to the model what it does not name, and the seed to the player', () => {
    const { seed, temperature, whenLate, decoding, feel } = parse('voices = 2');
    assert.deepEqual(
      { seed, temperature, whenLate, decoding, feel },
      {
        seed: null,
        temperature: 1,
        whenLate: 'repeat',
        decoding: { voices: 2 },
        feel: STRAIGHT,
      },
    );
  });

  it('takes every knob at both ends of its range, and none a step beyond', () => {
    const told: Readonly<Record<string, Parameter>> = { ...DECODING, ...FEEL };
    const isNumber = (parameter: Parameter): parameter is NumberParameter | WholeParameter =>
      parameter.kind === 'number' || parameter.kind === 'whole';
    const knobs = Object.entries(told).flatMap(([key, one]) => (isNumber(one) ? [[key, one] as const] : []));
    assert.ok(knobs.length > 15);
    for (const [key, { kind, min, max }] of [
      ...knobs,
      ['temperature', { kind: 'number', min: 0, max: 2 }] as const,
      ['seed', { kind: 'whole', min: 0, max: 4_294_967_295 }] as const,
    ]) {
      const whole = kind === 'whole';
      const step = whole ? 1 : 0.01;
      const range = `it must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`;
      for (const value of [min, max]) parse(`${key} = ${value}`);
      for (const value of [min - step, max + step]) {
        assert.equal(
          refusal(`${key} = ${value}`),
          `The preset /presets/mine.toml is refused: ${key} is ${value}; ${range}`,
        );
      }
      if (whole) assert.match(refusal(`${key} = 1.5`), /1\.5; it must be a whole number/);
      assert.match(refusal(`${key} = nan`), /is NaN; it must be/);
      assert.match(refusal(`${key} = "loud"`), /is "loud"; it must be/);
    }
  });

  it('takes words, masks and lists as they are written, and says what else is one', () => {
    const text =
      'key = "D minor"\nscale = [0, 2, 3, 7, 9]\nchannels = [1, 2, 10]\nrests = "x... x..."\nsplit = "roles"';
    assert.deepEqual(parse(text).decoding, {
      key: 'D minor',
      scale: [0, 2, 3, 7, 9],
      channels: [1, 2, 10],
      rests: 'x... x...',
      split: 'roles',
    });
    assert.equal(parse('scale = "dorian"').decoding.scale, 'dorian');
    const wrong: readonly [keyof typeof DECODING, string][] = [
      ['key', '"H minor"'],
      ['scale', '"klingon"'],
      ['scale', '[0, 12]'],
      ['scale', '[]'],
      ['channels', '[1, 2, 3, 4, 5]'],
      ['channels', '1'],
      ['rests', '"x--x"'],
      ['ratchets', '"9"'],
      ['split', '1'],
    ];
    for (const [key, value] of wrong) {
      assert.ok(refusal(`${key} = ${value}`).endsWith(`; it must be ${legalValues(DECODING[key])}.`), key);
    }
  });

  it('swings eighths or sixteenths, and no other notes', () => {
    assert.deepEqual(parse('swing = 66.7\nswingUnit = 8').feel, { swing: 66.7, swingUnit: 8, humanise: 0 });
    assert.match(refusal('swingUnit = 12'), /swingUnit is 12; it must be one of 8, 16\.$/);
  });

  it('is refused with the nearest key when one is misspelt', () => {
    assert.match(refusal('thresold = 0.5'), /"thresold" is no key here\. Did you mean 'threshold'\?$/);
    assert.match(refusal('reverb = 0.5'), /"reverb" is no key here; the keys are title, description, seed/);
  });

  it('is refused when its lowest note lies above its highest', () => {
    assert.match(refusal('lowest = 80\nhighest = 60'), /lowest is 80; .* not above highest\.$/);
  });

  it('is refused with the place where it stops being TOML', () => {
    assert.match(refusal('voices = = 2'), /^The preset \/presets\/mine\.toml is refused: it is no TOML at line 3, /);
    assert.match(refusal(`voices = ${'['.repeat(10_000)}`), /it is no TOML/);
  });

  it('is refused by a name that could lead out of its folder', () => {
    for (const name of ['../plain', '..', 'a/b', 'a\\b', 'Mine', '']) {
      assert.throws(() => parsePreset(name, HEAD, 'f'), /its name must be/);
    }
  });
});

describe('a folder of presets', () => {
  it('is read whole but for its broken files, which are named', async () => {
    writeFileSync(join(folder, 'good.toml'), HEAD);
    writeFileSync(join(folder, 'plain.toml'), HEAD);
    writeFileSync(join(folder, 'broken.toml'), 'title =');
    writeFileSync(join(folder, 'Big Name.toml'), HEAD);
    writeFileSync(join(folder, 'long.toml'), '#'.repeat(20_000));
    writeFileSync(join(folder, 'notes.txt'), 'no preset');
    const { presets, broken } = await loadPresets([shippedFolder('presets'), folder, join(folder, 'not there')]);
    assert.ok(presets.some(({ name }) => name === 'good'));
    assert.equal(broken.length, 3);
    for (const name of ['broken', 'Big Name', 'long']) {
      assert.ok(
        broken.some(({ message }) => message.includes(join(folder, `${name}.toml`))),
        name,
      );
    }
    assert.equal(findPreset(presets, 'plain').title, 'A', "the player's own stands in for the shipped one");
  });

  it('that cannot be read is named, and the others are there', async () => {
    const notAFolder = 'package.json';
    const { presets, broken } = await loadPresets([notAFolder, 'presets']);
    assert.equal(presets[0].name, 'plain');
    assert.equal(broken.length, 1);
    assert.match(broken[0].message, /package\.json could not be read .*look at its rights/);
  });

  it('says the nearest name when a preset is not there, and never opens a path', async () => {
    const { presets } = await loadPresets([shippedFolder('presets')]);
    assert.throws(() => findPreset(presets, 'musicbox'), /There is no preset 'musicbox'\. Did you mean 'music-box'\?/);
    assert.throws(() => findPreset(presets, '../presets/plain'), DaimonError);
    assert.throws(() => findPreset(presets, 'x'.repeat(100_000)), /There are plain, /);
  });
});

describe('the shipped presets', () => {
  it('are ten at least, all sound, the plain one first', async () => {
    const { presets, broken } = await loadPresets([shippedFolder('presets')]);
    assert.deepEqual(broken, []);
    assert.equal(presets.length, readdirSync('presets').length);
    assert.ok(presets.length >= 10);
    assert.equal(presets[0].name, DEFAULT_PRESET);
    assert.deepEqual(presets[0].decoding, {});
  });

  it('have each a character of their own: no two differ in fewer than three knobs, but Ensemble is Plain split', async () => {
    const shipped = (await loadPresets([shippedFolder('presets')])).presets;
    assert.deepEqual(shipped.find(({ name }) => name === 'ensemble')?.decoding, { split: 'roles' });
    const presets = shipped.filter(({ name }) => name !== 'ensemble');
    const knobs = presets.map(({ seed, temperature, whenLate, decoding, feel }) => ({
      seed,
      temperature,
      whenLate,
      ...decoding,
      ...feel,
    }));
    for (const [i, a] of knobs.entries()) {
      for (const [j, b] of knobs.entries()) {
        const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
        const apart = [...keys].filter((key) => Reflect.get(a, key) !== Reflect.get(b, key)).length;
        assert.ok(i === j || apart >= 3, `${presets[i].name} and ${presets[j].name} differ in ${apart}`);
      }
    }
  });
});

describe('a latent in a preset', () => {
  const textOf = (values: Float32Array): string => `latent = "${Buffer.from(values.buffer).toString('base64')}"\n`;

  it('is played as it is, or some of its columns are, while the others are drawn afresh', () => {
    const values = Float32Array.from({ length: 48 }, (_, i) => Math.fround(Math.sin(i)));
    const theme = (more = '') => parse(textOf(values) + more).theme;
    const latent = { shape: { channels: 3, rows: 2, columns: 8 }, values };
    assert.deepEqual(theme(), { latent, cells: cellsOf([]), amount: 0 });
    assert.deepEqual(theme('hold = [1, 2]'), { latent, cells: cellsOf([1, 2]), amount: 1 });
    const varied = theme('hold = [1, 2]\nholdRow = "low"\nvary = 0.2');
    assert.deepEqual(varied, { latent, cells: cellsOf([1, 2], 'low'), amount: 0.2 });
  });

  it('is refused where it is cut, too long, or has numbers that are none', () => {
    const broken = [new Float32Array(47), new Float32Array(97 * 16), new Float32Array(16).fill(Number.NaN)];
    for (const values of broken) assert.match(refusal(textOf(values)), /it must be a latent of 1 to 96 x 2 x 8 finite/);
    assert.match(refusal('latent = "???"'), /latent is "\?\?\?"; it must be a latent as daimon writes it, in base64/);
  });
});
