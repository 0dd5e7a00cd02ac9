import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openMidiOut } from '#daimon/bridge/midi/output/output-thread.js';
import { now } from '#daimon/bridge/monotonic.js';
import { FIRST_EPOCH } from '#daimon/transport/edge.js';
import { edgesOf, FAR, off, on, openPortless, playFrom } from '../../../support/portless.js';

it('an output thread that dies says of what, and sends no more', async () => {
  const started: Worker[] = [];
  let ended: (cause: string) => void = () => {};
  const end = new Promise<string>((resolve) => {
    ended = resolve;
  });
  const { out, sent, heard } = await openPortless((options) =>
    openMidiOut({
      ...options,
      onEnd: (cause) => ended(cause),
      startThread: (program, thread) => {
        started.push(new Worker(program, thread));
        return started[started.length - 1];
      },
    }),
  );
  playFrom(out, now());
  out.schedule([on(0, 60), off(FAR, 60)], FIRST_EPOCH);
  await heard(1);
  await started[0].terminate();
  assert.equal(await end, 'it ended by itself');
  assert.equal(out.schedule([on(0, 72)], FIRST_EPOCH), false);
  assert.equal(out.missing, 'The MIDI output thread stopped (it ended by itself).');
  await out.close();
  assert.deepEqual(edgesOf(sent), [on(0, 60)]);
  assert.equal(started.length, 1);
});

it('an output thread that cannot come up says of what it died', async () => {
  let ended: (cause: string) => void = () => {};
  const end = new Promise<string>((resolve) => {
    ended = resolve;
  });
  const startThread = () => new Worker('throw new Error("no memory")', { eval: true });
  const { out } = await openPortless((options) =>
    openMidiOut({ ...options, startThread, onEnd: (cause) => ended(cause) }),
  );
  assert.equal(await end, 'no memory');
  assert.equal(out.port, null);
  await out.close();
});

it('an output thread first ends what another may have left sounding', async () => {
  const inherited = { struck: [3 * 128 + 60, 64], lastTick: 480, mayQueue: true };
  const { out, sent, heard } = await openPortless((options) => openMidiOut({ ...options, inherited }));
  await heard(2);
  await out.close();
  assert.deepEqual(
    sent.map(({ edge }) => [edge.status, edge.data1, edge.tick]),
    [
      [0x80, 64, 480],
      [0x83, 60, 480],
    ],
  );
});

it('an output thread is told once a second to look again, where the port has come or gone; what it finds is said and shown', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const finds = [
    { kind: 'none', reason: 'It is not there.' },
    { kind: 'open', name: 'Synth', link: null },
    { kind: 'none', reason: 'It is not there.' },
  ];
  let names: readonly string[] = [];
  let heard: (sentence: string) => void = () => {};
  const out = await openMidiOut({
    port: { kind: 'existing', name: 'synth' },
    warn: (sentence) => heard(sentence),
    startThread: (_, options) =>
      new Worker(new URL('../../../support/port-thread.js', import.meta.url), {
        ...options,
        workerData: { ...options.workerData, finds },
      }),
    openLookout: async () => ({ look: () => ({ names, links: null }), close: () => {} }),
  });
  const said = (): Promise<string> => {
    const sentence = new Promise<string>((resolve) => {
      heard = resolve;
    });
    mock.timers.tick(1000);
    return sentence;
  };
  try {
    assert.deepEqual([out.port, out.missing], [null, 'It is not there.']);
    names = ['Synth'];
    assert.match(await said(), /^The MIDI output 'Synth' is there; /);
    assert.deepEqual([out.port, out.missing], ['Synth', null]);
    names = [];
    assert.match(await said(), /^The MIDI output 'Synth' is gone; /);
    assert.equal(out.port, null);
  } finally {
    await out.close();
    mock.timers.reset();
  }
});
