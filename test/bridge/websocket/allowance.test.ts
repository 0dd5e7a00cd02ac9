import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fullAccount, newAsked, owedFor, take } from '#daimon/bridge/websocket/allowance.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { millis, plus } from '#daimon/music/units.js';

const EACH = { perSecond: 100, atOnce: 50 };
const ALL = { perSecond: 150, atOnce: 60 };

it('so much can be had at once, and as much again once it has come in', () => {
  let account = fullAccount(EACH, millis(0));
  for (let i = 0; i < 50; i++) account = take(EACH, account, 1, millis(0));
  assert.equal(owedFor(EACH, account), 0);
  account = take(EACH, account, 1, millis(0));
  assert.equal(owedFor(EACH, account), 10);
  assert.equal(owedFor(EACH, take(EACH, account, 0, millis(10))), 0);
});

it('nobody owes more than can be had at once, whatever was taken, nor has more, however long nothing was', () => {
  const random = randomFrom(seed(3));
  let account = fullAccount(EACH, millis(0));
  for (let i = 0, time = millis(0); i < 10_000; i++) {
    time = plus(time, millis(random.below(2000)));
    account = take(EACH, account, random.below(500), time);
    assert.ok(account.left >= -EACH.atOnce && account.left <= EACH.atOnce);
    assert.ok(owedFor(EACH, account) <= (1000 * EACH.atOnce) / EACH.perSecond);
  }
});

it('whoever waits as long as is told has no more than is allowed a second, and all together not more than all may', () => {
  const asked = newAsked(EACH, ALL, millis(0));
  const clients = Array.from({ length: 4 }, () => ({ take: asked.newcomer(millis(0)), from: 0, taken: 0 }));
  const seconds = 60;
  for (let time = 0; time < seconds * 1000; time++) {
    for (const client of clients) {
      if (time < client.from) continue;
      client.taken++;
      client.from = time + client.take(1, millis(time));
    }
  }
  const total = clients.reduce((sum, { taken }) => sum + taken, 0);
  assert.ok(clients.every(({ taken }) => taken <= seconds * EACH.perSecond + EACH.atOnce + 1));
  assert.ok(total <= seconds * ALL.perSecond + ALL.atOnce + clients.length, `${total}`);
  assert.ok(total >= 0.9 * seconds * ALL.perSecond, `${total}`);
});
