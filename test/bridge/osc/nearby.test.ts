import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hearing, isNear, nameOf } from '#daimon/bridge/osc/nearby.js';

it('this machine and its own network are near, the world is not, nor a port that is none', () => {
  const near = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.20', '169.254.7.7', '::1', 'fe80::1%eth0', 'fd12::1'];
  for (const address of [...near, '::ffff:192.168.1.20']) assert.ok(isNear({ address, port: 9000 }), address);
  const far = [
    '8.8.8.8',
    '172.32.0.1',
    '192.169.0.1',
    '255.255.255.255',
    '224.0.0.251',
    '2001:db8::1',
    '::ffff:8.8.8.8',
  ];
  for (const address of [...far, '', 'localhost']) assert.ok(!isNear({ address, port: 9000 }), address);
  assert.ok(!isNear({ address: '127.0.0.1', port: 0 }));
});

it('an address is written with its port as in a URL', () => {
  assert.equal(nameOf({ address: '127.0.0.1', port: 7334 }), '127.0.0.1:7334');
  assert.equal(nameOf({ address: '::1', port: 7334 }), '[::1]:7334');
});

it('who is heard is this machine and those that were named, and nobody else', () => {
  const isHeard = hearing(['192.168.1.20']);
  for (const address of ['127.0.0.1', '127.8.8.8', '192.168.1.20']) assert.ok(isHeard(address), address);
  for (const address of ['192.168.1.21', '10.0.0.1', '', '::1']) assert.ok(!isHeard(address), address);
});
