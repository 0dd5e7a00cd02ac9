import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadMaps, mapFor, ownMap, saveMap } from '#daimon/bridge/midi/surface/map-folder.js';
import { DaimonError } from '#daimon/errors.js';
import { inFolder } from '../../../support/program.js';
import { cc, mapOf, turn } from './some-bindings.js';

const BINDINGS = [{ source: cc(20), target: turn('swing') }];
const plain = mapOf(BINDINGS, { name: 'default', port: null });
const mix = mapOf([], { name: 'midi-mix', port: 'MIDI Mix' });
const mix2 = mapOf([], { name: 'midi-mix-2', port: 'midi mix two' });

describe('the map for a port', () => {
  it('is the one that names most of it, however it is written, or else the default', () => {
    const maps = [plain, mix, mix2];
    const chosen = (port: string) => mapFor(maps, port).name;
    assert.equal(chosen('MIDI Mix:MIDI Mix MIDI 1 24:0'), 'midi-mix');
    assert.equal(chosen('midi mix'), 'midi-mix');
    assert.equal(chosen('Midi Mix Two'), 'midi-mix-2');
    assert.equal(chosen('BeatStep'), 'default');
    assert.deepEqual(mapFor([mix], 'BeatStep').bindings, []);
  });

  it('is its own once something is learned: the default stays what it is', () => {
    const own = ownMap(plain, 'Arturia BeatStep:Arturia BeatStep MIDI 1 24:0');
    assert.deepEqual([own.name, own.port, own.bindings], ['arturia-beatstep-midi', 'Arturia BeatStep MIDI', BINDINGS]);
    assert.equal(mapFor([plain, own], 'Arturia BeatStep:Arturia BeatStep MIDI 1 28:0'), own);
    assert.equal(ownMap(mix, 'MIDI Mix'), mix);
  });

  it('has a name that can be a file, whatever the port is called', () => {
    for (const port of ['default', '../../etc', '', '   ', 'Ключ', 'a'.repeat(300), '-', 'Daimon In 2', '1'])
      assert.match(ownMap(plain, port).name, /^[a-z0-9][a-z0-9-]{0,63}$/);
    assert.equal(ownMap(plain, 'default').name, 'controller');
  });
});

describe('a map that is saved', () => {
  it('is there whole, and stands in for the shipped one of its name', () =>
    inFolder(async (shipped) =>
      inFolder(async (own) => {
        await saveMap({ ...mix, title: 'Shipped' }, shipped);
        const learned = { ...mix, bindings: BINDINGS };
        await saveMap(learned, join(own, 'maps'));
        const { maps, broken } = await loadMaps([shipped, join(own, 'maps')]);
        assert.deepEqual([maps, broken], [[learned], []]);
        assert.deepEqual(readdirSync(join(own, 'maps')), ['midi-mix.toml'], 'no draft is left');
      }),
    ));

  it('cannot leave its folder', () =>
    inFolder(async (folder) => {
      for (const name of ['../out', 'a/b', '', '.', 'CON:', 'a'.repeat(65)])
        await assert.rejects(
          saveMap({ ...mix, name }, folder),
          (error) => error instanceof DaimonError && error.code === 'map',
        );
      assert.deepEqual(readdirSync(folder), []);
    }));

  it('that is broken is left out and named; the others are there', () =>
    inFolder(async (folder) => {
      await saveMap(mix, folder);
      writeFileSync(join(folder, 'bad.toml'), 'title = ');
      writeFileSync(join(folder, 'long.toml'), `# ${'x'.repeat(65 * 1024)}`);
      const { maps, broken } = await loadMaps([folder, join(folder, 'none')]);
      assert.deepEqual(
        maps.map(({ name }) => name),
        ['midi-mix'],
      );
      assert.match(
        broken.map(({ message }) => message).join('\n'),
        /bad\.toml is refused: it is no TOML.*\n.*long\.toml is longer/,
      );
    }));
});

describe('the maps that come with daimon', () => {
  it('are read, each of them, and each for a port but the default', async () => {
    const { maps, broken } = await loadMaps(['maps']);
    assert.deepEqual(broken, []);
    assert.deepEqual(
      maps.map(({ name }) => name),
      readdirSync('maps')
        .map((file) => file.replace('.toml', ''))
        .sort(),
    );
    assert.deepEqual(
      maps.filter(({ port }) => port === null).map(({ name }) => name),
      ['default'],
    );
  });

  it('bind nothing twice, and no key that is not on the page of the controller', async () => {
    const { maps } = await loadMaps(['maps']);
    for (const { name, bindings } of maps) {
      const sources = bindings.map(({ source }) => JSON.stringify(source));
      assert.equal(new Set(sources).size, sources.length, name);
    }
  });

  it('leave the notes at Daimon In to phrases and chords, and take only controllers that MIDI leaves undefined', async () => {
    const { maps } = await loadMaps(['maps']);
    const free = (number: number): boolean =>
      [
        [20, 31],
        [85, 90],
        [102, 119],
      ].some(([low, high]) => number >= low! && number <= high!);
    for (const { source } of mapFor(maps, 'Daimon In').bindings)
      assert.ok(source.kind === 'program' || (source.kind === 'cc' && free(source.number)), JSON.stringify(source));
  });

  it('are as their remarks say: the knobs of a Launch Control XL, a nanoKONTROL2, a MIDI Mix, and a Push', async () => {
    const { maps } = await loadMaps(['maps']);
    const knobs = (name: string): readonly number[] =>
      maps
        .find((map) => map.name === name)!
        .bindings.flatMap(({ source, target }) =>
          target.kind === 'turn' && target.path.startsWith('knob ') && source.kind === 'cc' ? [source.number] : [],
        );
    assert.deepEqual(knobs('launch-control-xl'), [13, 14, 15, 16, 17, 18, 19, 20]);
    assert.deepEqual(knobs('nanokontrol2'), [16, 17, 18, 19, 20, 21, 22, 23]);
    assert.deepEqual(knobs('midi-mix'), [16, 20, 24, 28, 46, 50, 54, 58]);
    assert.deepEqual(knobs('push'), [71, 72, 73, 74, 75, 76, 77, 78]);
    assert.ok(readFileSync('maps/push.toml', 'utf8').includes('twos-complement'));
  });
});
