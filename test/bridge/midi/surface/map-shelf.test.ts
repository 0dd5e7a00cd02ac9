import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ControlMap } from '#daimon/bridge/midi/surface/map-file.js';
import { newMapShelf } from '#daimon/bridge/midi/surface/map-shelf.js';
import { mapOf } from './some-bindings.js';

test('a map that is kept is found at once, and maps are written one after the other, the last one last', async () => {
  const writing: string[] = [];
  const save = async ({ title }: ControlMap): Promise<void> => {
    writing.push(`${title} begun`);
    await null;
    writing.push(`${title} done`);
  };
  const shelf = newMapShelf([mapOf([])], save, (error) => assert.fail(String(error)));
  for (const title of ['One', 'Two', 'Three']) {
    shelf.keep(mapOf([], { title }));
    assert.equal(shelf.find('desk').title, title);
  }
  await shelf.close();
  assert.deepEqual(
    writing,
    ['One', 'Two', 'Three'].flatMap((title) => [`${title} begun`, `${title} done`]),
  );
  assert.deepEqual(shelf.names, ['desk']);
});

test('one that could not be written is told of, holds all the same, and does not hold up the next', async () => {
  const failed: unknown[] = [];
  const written: string[] = [];
  const save = async ({ title }: ControlMap): Promise<void> => {
    if (title === 'One') throw new Error('full');
    written.push(title);
  };
  const shelf = newMapShelf([], save, (error) => failed.push(error));
  shelf.keep(mapOf([], { title: 'One' }));
  shelf.keep(mapOf([], { title: 'Two', name: 'other', port: 'other' }));
  await shelf.close();
  assert.deepEqual([failed.length, written, shelf.find('desk').title], [1, ['Two'], 'One']);
});
