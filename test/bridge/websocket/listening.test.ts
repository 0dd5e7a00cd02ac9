import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { it } from 'node:test';
import { addressesFor, hostsBeyond } from '#daimon/bridge/websocket/listening.js';

it('this machine is heard whatever the host, and nobody else unless a host is named', () => {
  for (const host of [null, '127.0.0.1', 'localhost']) assert.deepEqual(addressesFor(host), ['127.0.0.1']);
  assert.deepEqual(addressesFor('192.0.2.7'), ['127.0.0.1', '192.0.2.7']);
  assert.deepEqual(addressesFor('[2001:db8::7]'), ['127.0.0.1', '2001:db8::7']);
  assert.deepEqual(addressesFor('0.0.0.0'), ['0.0.0.0']);
  assert.deepEqual(addressesFor('::'), ['::']);
});

it('links lead to the host that was named, or to each address of this machine where all are listened at', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1']) assert.deepEqual(hostsBeyond(host), []);
  assert.deepEqual(hostsBeyond('192.0.2.7'), ['192.0.2.7']);
  assert.deepEqual(hostsBeyond('2001:db8::7'), ['[2001:db8::7]']);
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const others = all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
  assert.deepEqual(hostsBeyond('0.0.0.0'), others);
});
