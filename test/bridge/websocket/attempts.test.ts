import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newAttempts } from '#daimon/bridge/websocket/attempts.js';
import { millis } from '#daimon/music/units.js';

it('after twenty wrong tokens an address is heard once a second, and no other address is in its place', () => {
  const attempts = newAttempts();
  const wrongWithin = (from: number, to: number): number => {
    let tried = 0;
    for (let time = from; time < to; time += 10) {
      if (!attempts.mayTry('192.0.2.9', millis(time))) continue;
      tried++;
      attempts.failed('192.0.2.9', millis(time));
    }
    return tried;
  };
  assert.equal(wrongWithin(0, 900), 20);
  assert.equal(wrongWithin(1000, 61_000), 60);
  assert.ok(attempts.mayTry('192.0.2.10', millis(61_000)));
});

it('a token that is right costs nothing, however often it comes', () => {
  const attempts = newAttempts();
  for (let i = 0; i < 1000; i++) assert.ok(attempts.mayTry('192.0.2.9', millis(0)));
});

it('of ever more addresses those seen last are remembered', () => {
  const attempts = newAttempts();
  for (let i = 0; i < 5000; i++) for (let j = 0; j < 20; j++) attempts.failed(`2001:db8::${i}`, millis(i));
  assert.equal(attempts.mayTry('2001:db8::4999', millis(5000)), false);
  assert.equal(attempts.mayTry('2001:db8::0', millis(5000)), true);
});
