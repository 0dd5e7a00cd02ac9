import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { edgeRing, edgeRingMemory } from '#daimon/bridge/midi/output/edge-ring.js';
import { playhead } from '#daimon/bridge/midi/output/playhead.js';
import { type Edge, FIRST_EPOCH } from '#daimon/transport/edge.js';
import { off, on } from '../../../support/studio.js';

function playing(...planned: readonly Edge[]) {
  const edges = edgeRing(edgeRingMemory(64));
  assert.ok(edges.push(planned, FIRST_EPOCH));
  const told: string[] = [];
  const tell = (tick: number, status: number, data1: number, data2: number, due: number): void => {
    told.push(`${tick} ${Buffer.of(status, data1, data2).toString('hex')} due ${due}`);
  };
  return { edges, told, tell, head: playhead(edges, FIRST_EPOCH) };
}

describe('a playhead', () => {
  it('comes to what an edge means where it is: an off before a note that sounds already, nothing for a silent one', () => {
    const { head, told, tell } = playing(off(5, 60), on(10, 60), on(20, 60), off(25, 60), off(30, 60));
    for (let at = 0; at < 5; at++) head.play(at, 100 + at, tell);
    assert.deepEqual(told, ['10 903c50 due 101', '20 803c00 due 102', '20 903c50 due 102', '30 803c40 due 104']);
    assert.deepEqual([head.tick, head.epoch, head.ledger.sounding], [30, 0, 0]);
  });

  it('ends what sounds where the next epoch takes over; what was struck after that, where it was struck', () => {
    const { head, told, tell } = playing(on(10, 60), on(20, 64));
    head.play(0, 0, tell);
    head.takeOver(15, 1, tell);
    head.play(1, 2, tell);
    head.takeOver(18, 3, tell);
    assert.deepEqual(told, ['10 903c50 due 0', '15 803c00 due 1', '20 904050 due 2', '20 804000 due 3']);
    assert.deepEqual([head.tick, head.epoch, head.ledger.sounding], [18, 2, 0]);
  });

  it('that was copied goes on by itself', () => {
    const { edges, head, told, tell } = playing(on(10, 60), off(20, 60));
    const foreseen = playhead(edges, FIRST_EPOCH);
    head.play(0, 0, tell);
    foreseen.copy(head);
    foreseen.play(1, 1, tell);
    assert.deepEqual([foreseen.ledger.sounding, head.ledger.sounding], [0, 1]);
    head.end(2, tell);
    assert.deepEqual(told, ['10 903c50 due 0', '20 803c40 due 1', '10 803c00 due 2']);
  });
});
