import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rehearse } from '#daimon/bridge/midi/output/rehearsal.js';

it('notes, pulses and a panic are rehearsed, and the rehearsal comes to an end', () => {
  assert.ok(rehearse() > 20);
});
