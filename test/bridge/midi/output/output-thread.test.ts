import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openMidiOut } from '#daimon/bridge/midi/output/output-thread.js';
import { now } from '#daimon/bridge/monotonic.js';
import { FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { edgesOf, FAR, messages, off, on, openPortless, playFrom } from '../../../support/portless.js';

const SECOND = nextEpoch(FIRST_EPOCH);

it('an output thread that dies has its notes released by a fresh one, which plays on; it is said once', async () => {
  const started: Worker[] = [];
  const { out, sent, heard, warnings } = await openPortless((options) =>
    openMidiOut({
      ...options,
      startThread: (program, thread) => {
        started.push(new Worker(program, thread));
        return started[started.length - 1];
      },
    }),
  );
  playFrom(out, now());
  out.schedule([on(0, 60), on(0, 64), off(FAR, 60), off(FAR, 64)], FIRST_EPOCH);
  await heard(2);
  await started[0].terminate();
  await heard(4);
  assert.deepEqual(messages(sent).slice(2), [
    [0x80, 60],
    [0x80, 64],
  ]);
  out.release(SECOND);
  out.schedule([on(0, 72), off(1, 72)], SECOND);
  await heard(6);
  await out.close();
  assert.deepEqual(edgesOf(sent).slice(4), [on(0, 72), off(1, 72)]);
  assert.equal(started.length, 2);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /MIDI output thread stopped .* a fresh one plays on\./);
});

it('an output thread first ends what another may have left sounding', async () => {
  const inherited = { struck: [3 * 128 + 60, 64], lastTick: 480 };
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

it('an output thread that dies once too often says that it will send no more', async () => {
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const startThread = () => new Worker('process.exit(3)', { eval: true });
  const { out, warnings } = await openPortless((options) => openMidiOut({ ...options, startThread, onEnd: ended }));
  await end;
  assert.equal(out.schedule([on(0, 60)], FIRST_EPOCH), false);
  assert.match(warnings.at(-1) ?? '', /MIDI output thread stopped .* a fresh process is needed\./);
  await out.close();
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
