import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curvesOf } from '#daimon/training/evaluation/curves.js';

test('a log of a training has a curve for each figure, and a torn last line does no harm', () => {
  const log = '{"step":1,"loss":4,"note":"x"}\n{"step":2,"loss":3,"critic":1}\n{"step":3,"lo';
  assert.deepEqual(curvesOf(log), [
    {
      name: 'loss',
      points: [
        { step: 1, value: 4 },
        { step: 2, value: 3 },
      ],
    },
    { name: 'critic', points: [{ step: 2, value: 1 }] },
  ]);
});

test('a long log is thinned by means', () => {
  const log = Array.from({ length: 4000 }, (_, step) => JSON.stringify({ step, loss: step % 2 })).join('\n');
  const [{ points }] = curvesOf(log);
  assert.equal(points.length, 200);
  assert(points.every(({ value }) => value === 0.5));
});
