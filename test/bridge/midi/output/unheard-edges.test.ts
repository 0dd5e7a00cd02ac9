import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unheardEdges } from '#daimon/bridge/midi/output/unheard-edges.js';
import { tick } from '#daimon/music/units.js';
import { type Edge, FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';

const edges = (...ticks: readonly number[]): readonly Edge[] =>
  ticks.map((at) => ({ tick: tick(at), status: 0x90, data1: 60, data2: 80 }));
const SECOND = nextEpoch(FIRST_EPOCH);

describe('the edges that the output process was given', () => {
  it('leave in the order in which they came, whatever batches they came in', () => {
    const unheard = unheardEdges();
    unheard.push(edges(1, 2), FIRST_EPOCH);
    unheard.push(edges(), FIRST_EPOCH);
    unheard.push(edges(3, 4, 5), SECOND);
    const left = (): unknown => unheard.batches.map(({ edges: rest, epoch }) => [epoch, ...rest.map((e) => e.tick)]);
    unheard.take(1);
    assert.deepEqual(left(), [
      [FIRST_EPOCH, 2],
      [SECOND, 3, 4, 5],
    ]);
    unheard.take(2);
    assert.deepEqual(left(), [[SECOND, 4, 5]]);
    unheard.take(2);
    assert.deepEqual(left(), []);
  });

  it('are refused where the process may lack room, all of them, and fit once some have left', () => {
    const unheard = unheardEdges(4);
    assert.ok(unheard.push(edges(1, 2, 3), FIRST_EPOCH));
    assert.equal(unheard.push(edges(4, 5), FIRST_EPOCH), false);
    assert.ok(unheard.push(edges(4), FIRST_EPOCH));
    unheard.take(2);
    assert.ok(unheard.push(edges(5, 6), FIRST_EPOCH));
    unheard.keep(({ tick: at }, epoch) => epoch === FIRST_EPOCH && at > 5);
    assert.ok(unheard.push(edges(7, 8, 9), SECOND));
    assert.deepEqual(
      unheard.batches.flatMap((batch) => batch.edges.map((edge) => edge.tick)),
      [6, 7, 8, 9],
    );
  });
});
