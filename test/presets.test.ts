import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { findPreset, loadPresets } from '#daimon/bridge/presets/preset-folder.js';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import type { Note } from '#daimon/music/note.js';
import type { Preset } from '#daimon/music/preset.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CELLS, cell, DEFAULT_BASE_PITCH, type PianoRoll } from '#daimon/music/roll.js';
import { STEPS_PER_BAR, STEPS_PER_BLOCK, TICKS_PER_BEAT } from '#daimon/music/units.js';
import { shippedFolder } from '#daimon/package.js';

/** A tune of quavers (60..84) and, in a role of their own, held triads (48..60), of every certainty from a guess to a fact. */
function folkRoll(): PianoRoll {
  const random = randomFrom(seed(11));
  const empty = (name: string) => ({ name, sounding: new Float32Array(CELLS), onset: new Float32Array(CELLS) });
  const tune = { ...empty('tune'), voices: null };
  const chords = { ...empty('chords'), voices: null };
  const draw = ({ sounding, onset }: typeof tune, pitch: number, start: number, length: number): void => {
    const certainty = 0.2 + 0.79 * random.uniform();
    const row = pitch - DEFAULT_BASE_PITCH;
    onset[cell(row, start)] = certainty;
    for (let at = start; at < start + length; at++) sounding[cell(row, at)] = certainty;
  };
  const scale = [0, 2, 4, 5, 7, 9, 11];
  const degree = (base: number, n: number): number => base + 12 * Math.floor(n / 7) + scale[n % 7];
  for (let at = 0; at < STEPS_PER_BLOCK; at += 2) draw(tune, degree(60, random.below(15)), at, 1 + random.below(2));
  for (let at = 0; at < STEPS_PER_BLOCK; at += STEPS_PER_BAR) {
    const root = random.below(4);
    for (const third of [0, 2, 4]) draw(chords, degree(48, root + third), at, STEPS_PER_BAR);
  }
  return { basePitch: DEFAULT_BASE_PITCH, roles: [tune, chords] };
}

describe('on one and the same roll', () => {
  const roll = folkRoll();
  let presets: readonly Preset[];
  const play = (name: string): readonly Note[] =>
    decode(roll, { ...DEFAULT_DECODING, ...findPreset(presets, name).decoding }, { seed: seed(1) });
  const atOnce = (notes: readonly Note[]): number =>
    Math.max(...notes.map(({ onset }) => notes.filter((n) => n.onset <= onset && onset < n.onset + n.duration).length));
  const mean = (notes: readonly Note[], of: (note: Note) => number): number =>
    notes.reduce((sum, note) => sum + of(note), 0) / notes.length;

  before(async () => {
    presets = (await loadPresets([shippedFolder('presets')])).presets;
  });

  it('every preset plays something, and no two the same', () => {
    const played = presets.map(({ name, seed, temperature }) => {
      const notes = play(name);
      assert.ok(notes.length > 10, `${name} plays ${notes.length} notes`);
      return JSON.stringify([seed, temperature, notes]);
    });
    assert.equal(new Set(played).size, presets.length);
  });

  it('Tin Whistle plays the tune alone, one note at a time', () => {
    const notes = play('tin-whistle');
    assert.ok(notes.every(({ pitch }) => pitch >= 75));
    assert.equal(atOnce(notes), 1);
  });

  it('Drone plays only chords, Cellar only their feet, on a channel of its own', () => {
    const [drone, cellar] = [play('drone'), play('cellar')];
    assert.ok(drone.every(({ pitch }) => pitch <= 62) && atOnce(drone) === 3);
    assert.ok(cellar.every(({ pitch, channel }) => pitch <= 38 && channel === 1));
    assert.equal(atOnce(cellar), 1);
  });

  it('Ensemble plays what Plain plays, the tune on channel 1 and the chords on channel 2', () => {
    const notes = play('ensemble');
    assert.deepEqual(new Set(notes.map(({ channel }) => channel)), new Set([0, 1]));
    assert.ok(notes.every(({ channel, pitch }) => (channel === 0 ? pitch >= 60 : pitch >= 48 && pitch <= 72)));
    const played = (name: string) => new Set(play(name).map(({ onset, pitch }) => `${onset} ${pitch}`));
    assert.deepEqual(played('ensemble'), played('plain'));
  });

  it('Kitchen Drums play short strokes on the drum channel', () => {
    assert.ok(play('kitchen-drums').every(({ channel, duration }) => channel === 9 && duration <= TICKS_PER_BEAT / 2));
  });

  it('First Snow plays fewer notes and softer ones than Plain, Dervish more and louder ones', () => {
    const [snow, plain, dervish] = [play('first-snow'), play('plain'), play('dervish')];
    assert.ok(snow.length * 1.5 < plain.length && plain.length < dervish.length);
    const velocity = (notes: readonly Note[]) => mean(notes, (note) => note.velocity);
    assert.ok(velocity(snow) < velocity(plain) && velocity(plain) < velocity(dervish));
  });

  it('Village Organ strikes all keys alike, Pizzicato tells strong beats from weak ones', () => {
    const velocities = (name: string) => new Set(play(name).map(({ velocity }) => velocity));
    assert.equal(velocities('village-organ').size, 1);
    const pizzicato = [...velocities('pizzicato')];
    assert.ok(Math.max(...pizzicato) - Math.min(...pizzicato) > 20);
  });
});
