import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOnnx } from '#daimon/engine/backends/onnx.js';

test('Without a wish the CPU runs', async () => {
  assert.equal((await openOnnx(null)).name, 'onnx (cpu)');
});

test('The first provider of a list that works is taken, and the reason says so', async () => {
  const backend = await openOnnx(' WASM , cpu');
  assert.equal(backend.name, 'onnx (wasm)');
  assert.equal(backend.reason, 'wasm was asked for and works here.');
});

test('A provider that this machine lacks is passed over for the CPU, with its reason', async () => {
  // DirectML is a part of Windows, CoreML of macOS: one of them is missing wherever this runs
  const foreign = process.platform === 'win32' ? 'coreml' : 'dml';
  const backend = await openOnnx(foreign);
  assert.equal(backend.name, 'onnx (cpu)');
  assert.match(backend.reason, new RegExp(`^${foreign} can't start here \\([^)]+.*\\), so cpu runs\\.$`));
});

test('A provider that does not exist is refused by name', async () => {
  await assert.rejects(openOnnx('cpu,cudda'), {
    code: 'option',
    message: /no provider "cudda".*Did you mean 'cuda'\?$/,
  });
});
