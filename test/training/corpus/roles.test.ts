import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMidi } from '#daimon/smf/midi-file.js';
import { rolesOfTracks } from '#daimon/training/corpus/roles.js';
import { BAR, type Event, noteEvents, songBytes, trackName } from '../../smf/smf-bytes.js';

const NOTES = noteEvents(0, BAR, 60);
const DRUMS = noteEvents(0, BAR, 36, 9);

function rolesIn(tracks: readonly (readonly Event[])[], roles: readonly string[], drums = false): readonly number[] {
  const file = readMidi(songBytes(...tracks));
  assert(file.kind === 'song');
  return rolesOfTracks(file, roles, { drums });
}

test('tracks that bear a role’s name are that role’s, in capitals or not, wherever they stand', () => {
  const tracks = [[], [trackName('PIANO'), ...NOTES], [trackName(' Melody '), ...NOTES]];
  assert.deepEqual(rolesIn(tracks, ['melody', 'piano']).slice(1), [1, 0]);
});

test('where a name decides, an empty track takes no other’s place, and a nameless one goes to the last role', () => {
  const tracks = [[trackName('MELODY')], [trackName('BRIDGE'), ...NOTES], [trackName('PIANO'), ...NOTES], NOTES];
  assert.deepEqual(rolesIn(tracks, ['melody', 'bridge', 'piano']), [0, 1, 2, 2]);
});

test('without names the tracks that hold notes are given out in order, what is left over to the last role', () => {
  const roles = rolesIn([[trackName('A tune')], NOTES, [], NOTES, NOTES, NOTES], ['soprano', 'alto', 'bass']);
  assert.deepEqual([roles[1], roles[3], roles[4], roles[5]], [0, 1, 2, 2]);
});

test('a track of drums that are left out, or of spacers, takes no role', () => {
  const tracks = [DRUMS, noteEvents(0, BAR, 0), NOTES];
  assert.equal(rolesIn(tracks, ['a', 'b', 'c'])[2], 0);
  assert.equal(rolesIn(tracks, ['a', 'b', 'c'], true)[2], 1);
});
