import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const ports = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['dist/cli/main.js', 'ports', ...args], { encoding: 'utf8' });

test('the ports are listed or, where there is no MIDI, one sentence says what to do; nothing else is printed', () => {
  const { status, stdout, stderr } = ports();
  assert.equal(status, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /^(There is no MIDI: [^\n]+\.|Inputs, for --in:\n(.+\n)+\nOutputs, for --out:\n(.*\n)+.+\.)\n$/);
});

test('the ports can be had as JSON', () => {
  const list = JSON.parse(ports('--json').stdout);
  if (list.kind === 'missing') assert.match(list.reason, /\.$/);
  else assert.ok(list.kind === 'ports' && Array.isArray(list.inputs) && Array.isArray(list.outputs));
});
