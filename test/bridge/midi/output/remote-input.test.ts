import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { millis } from '#daimon/music/units.js';
import { lineFrom, puppets } from '../../../support/puppets.js';

describe('the input that is heard in the output process', () => {
  const IN = { kind: 'virtual', name: 'Daimon In' } as const;
  const pulse = (acted: boolean) => ({ kind: 'arrival', bytes: Uint8Array.of(0xf8), time: millis(5), acted }) as const;

  it('tells what arrives as an input of our own would, and is opened anew in a fresh process', async () => {
    const { all, opening, open } = puppets();
    open(all[0]);
    const out = await opening;
    const listening = out.listen(IN);
    all[0].say({ kind: 'input', port: 'Daimon In', missing: null });
    const input = await listening;
    const heard: unknown[] = [];
    input.onMessage((message) => heard.push(message));
    all[0].say(pulse(false));
    assert.deepEqual(heard, [{ kind: 'pulse', time: 5 }]);
    assert.equal(input.port, 'Daimon In');
    all[0].emit('close', null, 'SIGKILL');
    assert.equal(input.port, null);
    assert.match(input.missing ?? '', /^The MIDI output process stopped/);
    assert.deepEqual(all[1].hears('listen'), [{ kind: 'listen', port: IN }]);
    all[1].say({ kind: 'input', port: 'Daimon In', missing: null });
    all[1].say(pulse(false));
    assert.deepEqual([input.port, heard.length], ['Daimon In', 2]);
  });

  it('is told how things stand by one who says what it had heard of, and anew after each act of its own', async () => {
    const { all, opening, open } = puppets();
    open(all[0]);
    const out = await opening;
    const [puppet] = all;
    const line = lineFrom(0);
    const reflexes = { stops: true, downbeat: null };
    const before = puppet.told.length;
    out.setTimeline(line);
    puppet.say(pulse(false));
    out.setReflexes(reflexes);
    puppet.say(pulse(true));
    assert.deepEqual(puppet.told.slice(before), [
      { kind: 'timeline', line, offset: 0, heard: 0 },
      { kind: 'reflexes', reflexes, heard: 1 },
      { kind: 'timeline', line, offset: 0, heard: 2 },
      { kind: 'reflexes', reflexes, heard: 2 },
    ]);
  });

  it('has no port where no process can be started', async () => {
    const { all, opening } = puppets();
    for (let n = 0; n < all.length; n++) all[n].emit('close', 1, null);
    const input = await (await opening).listen(IN);
    assert.equal(input.port, null);
    assert.match(input.missing ?? '', /start daimon again/);
  });
});
