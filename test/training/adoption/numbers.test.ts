import assert from 'node:assert/strict';
import { it } from 'node:test';
import { extentOf, numbersOf, probabilityOf } from '#daimon/training/adoption/numbers.js';

it('numbers are judged by how far they reach, and by whether a Tanh gave them', () => {
  const of = (least: number, most: number, last: string | null) => numbersOf({ least, most }, last, 'g.onnx');
  assert.equal(of(0, 1, 'Sigmoid'), 'probabilities');
  assert.equal(of(0.2, 0.3, null), 'probabilities');
  assert.equal(of(0, 1.0000001, 'Sigmoid'), 'probabilities');
  assert.equal(of(-0.99, 0.2, 'Tanh'), 'tanh');
  assert.equal(of(-0.99, 0.2, 'ConvTranspose'), 'logits');
  assert.equal(of(-9, 4, null), 'logits');
  assert.equal(of(-9, -2, null), 'logits');
  assert.throws(() => of(0, 127, 'Relu'), { code: 'model', message: /^g\.onnx gives numbers from 0 to 127: / });
});

it('each becomes a probability, in the same order', () => {
  for (const [numbers, values] of [
    ['probabilities', [0, 0.25, 1]],
    ['tanh', [-1, -0.5, 1]],
    ['logits', [-20, 0, 20]],
  ] as const) {
    const as = values.map(probabilityOf[numbers]);
    assert.ok(
      as.every((p, i) => p >= 0 && p <= 1 && (i === 0 || p > as[i - 1])),
      numbers,
    );
  }
});

it('the extent of rolls is that of all their numbers', () => {
  assert.deepEqual(extentOf([Float32Array.of(1, -2), Float32Array.of(0.5)]), { least: -2, most: 1 });
});
