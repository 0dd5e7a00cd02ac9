import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DESK, studio } from './controller-studio.js';

describe('what a controller is shown', () => {
  it('is where things stand, at first and whenever they change, on the channel that it speaks on', () => {
    const { plug, pass, turned } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    pass(100);
    const first = desk.shown();
    for (const message of ['176 21 0', '176 22 64', '144 40 127', '144 41 0', '144 60 127', '144 37 127'])
      assert.ok(first.includes(message), message);
    turned('swing', 62.5);
    pass(50);
    assert.deepEqual(desk.shown(), ['176 21 64']);
    desk.say(0xb4, 21, 100);
    pass(1000);
    turned('swing', 50);
    pass(50);
    assert.deepEqual(desk.shown(), ['180 21 0']);
  });

  it('is not what it said itself, and nothing while a hand is on it', () => {
    const { plug, pass, turned } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    pass(100);
    desk.shown();
    desk.say(0xb0, 21, 90);
    pass(500);
    assert.deepEqual(desk.shown(), []);
    desk.say(0xb0, 21, 91);
    pass(20);
    turned('swing', 50);
    pass(200);
    assert.deepEqual(desk.shown(), []);
    pass(200);
    assert.deepEqual(desk.shown(), ['176 21 0']);
  });

  it('is everything again once it has come back, and its lights are put out at the end', async () => {
    const { plug, pass, hands } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    pass(200);
    const first = desk.shown();
    desk.come(false);
    pass(200);
    assert.deepEqual(desk.shown(), []);
    desk.come(true);
    pass(200);
    assert.deepEqual(desk.shown(), first);
    await hands.close();
    assert.ok(desk.shown().includes('144 40 0'));
  });

  it('ends where it comes back by itself: a port that is a loop is not gone round', () => {
    const { plug, pass, asked, turned } = studio([DESK]);
    const desk = plug('desk');
    desk.come(true);
    for (let i = 0; i < 200; i++) {
      pass(25);
      for (const message of desk.shown()) desk.say(...message.split(' ').map(Number));
    }
    assert.deepEqual(asked(), []);
    turned('texture', 'monophonic');
    let rounds = 0;
    for (let i = 0; i < 200; i++) {
      pass(25);
      for (const message of desk.shown()) {
        desk.say(...message.split(' ').map(Number));
        rounds++;
      }
    }
    assert.ok(rounds < 5, `${rounds}`);
    assert.deepEqual(asked(), []);
  });
});
