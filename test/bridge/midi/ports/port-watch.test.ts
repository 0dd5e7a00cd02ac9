import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { watchPort } from '#daimon/bridge/midi/ports/port-watch.js';
import type { Direction, PortOpened } from '#daimon/bridge/midi/ports/ports.js';

const missing: PortOpened = { kind: 'none', reason: "No MIDI output is named like 'synth'; there are none." };

/** A machine whose ports come and go, and someone who opens the one called synth; in virtual time. */
function machine(direction: Direction = 'output') {
  let names: readonly string[] = [];
  let refusal: string | null = null;
  let opened: PortOpened = missing;
  let looks = 0;
  let reopened = 0;
  const said: string[] = [];
  const watch = watchPort(
    {
      wish: { kind: 'existing', name: 'synth' },
      direction,
      opened: () => opened,
      reopen: async () => {
        reopened++;
        const name = names.find((each) => each.startsWith('Synth'));
        if (name === undefined) opened = missing;
        else opened = refusal === null ? { kind: 'open', name, link: null } : { kind: 'none', reason: refusal };
        return opened;
      },
      say: (sentence) => said.push(sentence),
    },
    {
      look: () => {
        looks++;
        return { names, links: null };
      },
      close: () => said.push('(closed)'),
    },
  );
  return {
    watch,
    said,
    ports: (...there: string[]) => {
      names = there;
    },
    refuse: (reason: string | null) => {
      refusal = reason;
    },
    seconds: async (count: number) => {
      for (let i = 0; i < count; i++) {
        mock.timers.tick(1000);
        await turn();
      }
    },
    looks: () => looks,
    reopened: () => reopened,
  };
}

describe('the watch over a port', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
  afterEach(() => mock.timers.reset());

  it('has a port opened that comes, let go of when it goes, and opened again, and says so each time', async () => {
    const { ports, seconds, said, looks, reopened } = machine();
    await seconds(3);
    assert.deepEqual([looks(), reopened(), said], [3, 0, []]);
    ports('Other', 'Synth A');
    await seconds(5);
    assert.deepEqual(said.splice(0), ["The MIDI output 'Synth A' is there; daimon plays to it from now on."]);
    ports('Other');
    await seconds(5);
    assert.deepEqual(said.splice(0), [
      "The MIDI output 'Synth A' is gone; daimon plays on in silence, and to it again once it is back.",
    ]);
    ports('Synth A');
    await seconds(5);
    assert.deepEqual(said, ["The MIDI output 'Synth A' is there; daimon plays to it from now on."]);
    assert.equal(reopened(), 3);
  });

  it('says in one sentence that a port went and came back between two looks', async () => {
    const { ports, seconds, said } = machine('input');
    ports('Synth 1');
    await seconds(1);
    ports('Synth 2');
    await seconds(2);
    assert.deepEqual(said, [
      "The MIDI input 'Synth 1' is there; daimon hears it from now on.",
      "The MIDI input 'Synth 1' was gone for a moment; daimon hears it again, as 'Synth 2'.",
    ]);
  });

  it('tries a port that another program holds once a second, and says so once', async () => {
    const { ports, seconds, said, refuse, reopened } = machine();
    refuse('It is held.');
    ports('Synth');
    await seconds(4);
    assert.deepEqual([said, reopened()], [['It is held.'], 4]);
    refuse(null);
    await seconds(1);
    assert.equal(said.length, 2);
  });

  it('leaves alone what is named by two, until there is one', async () => {
    const { ports, seconds, reopened } = machine();
    ports('Synth A', 'Synth B');
    await seconds(2);
    assert.equal(reopened(), 0);
    ports('Synth B');
    await seconds(1);
    assert.equal(reopened(), 1);
  });

  it('ends with its lookout, and is silent then', async () => {
    const { ports, seconds, said, watch, looks } = machine();
    ports('Synth');
    mock.timers.tick(1000);
    watch.close();
    await seconds(3);
    assert.deepEqual([said, looks()], [['(closed)'], 1]);
  });
});
