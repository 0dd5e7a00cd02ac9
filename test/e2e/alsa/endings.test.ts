import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import { openMidiOut } from '#daimon/bridge/midi/output/output-process.js';
import { now } from '#daimon/bridge/monotonic.js';
import { FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import {
  type Heard,
  heardBy,
  listener,
  midNote,
  portsNamed,
  sendBytes,
  sequencer,
  silence,
  soundingIn,
} from '../../support/alsa.js';
import { Client, closeAll } from '../../support/control.js';
import { FAR, off, on, playFrom } from '../../support/portless.js';
import { daimon, eventually, inFolder, Program, runDaimon } from '../../support/program.js';
import { notesOf } from '../../support/smf.js';
import { readMidi } from '../../support/take.js';

/** Each note that sounded by then has had its off since. */
const offsSince = (dump: Program, then: readonly Heard[]): Promise<true> =>
  eventually('the offs of what sounded', () => {
    const ended = new Set(
      heardBy(dump)
        .slice(then.length)
        .filter((note) => !note.on)
        .map(({ channel, pitch }) => `${channel}/${pitch}`),
    );
    return soundingIn(then).every((voice) => ended.has(voice)) ? true : null;
  });

/** A daemon on its own clock in the middle of a note, and who listens to it. */
async function inMidNote(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  test: (program: Program, dump: Program) => Promise<unknown>,
): Promise<void> {
  const own = ['start', '--clock', 'internal', '--bpm', '120', '--seed', '7', '--ws-port', '0', ...args];
  const program = daimon(own, { env: { ...process.env, ...env } });
  const dump = await listener('Daimon Out');
  try {
    await midNote(dump);
    await test(program, dump);
  } finally {
    await Promise.all([program.close(), dump.close()]);
  }
}

describe('the end of the daemon', () => {
  for (const [signal, status] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const) {
    it(`by ${signal} in the middle of a note: the note ends, and the recording is a whole file`, () =>
      inFolder((folder) => {
        const file = join(folder, 'take.mid');
        return inMidNote({}, ['--record', file], async (program, dump) => {
          const { code, stderr } = await program.end(signal);
          assert.equal(code, status, stderr);
          await silence(dump);
          // on a busy machine the first notes may have gone before the listener was connected
          const heard = heardBy(dump).filter((note) => note.on);
          const recorded = notesOf(readMidi(file)).slice(-heard.length);
          const pitches = (notes: readonly { readonly pitch: number }[]) => notes.map(({ pitch }) => pitch).sort();
          assert.deepEqual(pitches(recorded), pitches(heard));
        });
      }));
  }

  it('by SIGKILL in the middle of a note: the note ends, and no port stays', () =>
    inMidNote({}, [], async (program, dump) => {
      const { signal } = await program.end('SIGKILL');
      assert.equal(signal, 'SIGKILL');
      await silence(dump);
      assert.deepEqual(await portsNamed('Daimon'), []);
    }));

  it('by an uncaught error in the middle of a note: the note ends', () => {
    // threads hear no signal, and the output process gets none
    const broken = encodeURIComponent('process.on("SIGUSR2", () => { throw new Error("oh") })');
    return inMidNote({ NODE_OPTIONS: `--import=data:text/javascript,${broken}` }, [], async (program, dump) => {
      const { code, stderr } = await program.end('SIGUSR2');
      assert.equal(code, 1);
      assert.match(stderr, /please report.*oh/);
      await silence(dump);
    });
  });

  it('by an exit at once, with nothing closed: the note ends', async () => {
    const program = new Program(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { openMidiOut } from '#daimon/bridge/midi/output/output-process.js';
       const out = await openMidiOut({ port: { kind: 'virtual', name: 'Daimon Out' }, warn: console.error });
       process.stdin.once('data', () => {
         out.setTimeline({ tempo: 120, tickOrigin: 0, timeOrigin: 0 });
         out.schedule([60, 64, 67].map((data1) => ({ tick: 0, status: 0x90, data1, data2: 80 })), 0);
         out.onSent(({ edge }) => edge.data1 === 67 && process.exit());
       });`,
    ]);
    const dump = await listener('Daimon Out');
    try {
      program.write('play');
      const { code, stderr } = await program.ended();
      assert.equal(code, 0, stderr);
      assert.equal(heardBy(dump).filter((note) => note.on).length, 3);
      await silence(dump);
    } finally {
      await Promise.all([program.close(), dump.close()]);
    }
  });
});

describe('while a host plays', () => {
  let program: Program;
  let dump: Program;
  let host: Program;
  let url: string;

  /** A client that has been told that the host's clock runs. */
  const client = async (): Promise<Client> => {
    const joined = new Client(url);
    const hello = await joined.next();
    assert.ok(hello.kind === 'hello' && hello.state.clock === 'running');
    return joined;
  };

  before(async () => {
    program = daimon(['start', '--clock', 'host', '--seed', '7', '--ws-port', '0']);
    dump = await listener('Daimon Out');
    host = await sequencer('Daimon In', 120);
    url = (await program.says(/ws:\S+/))[0];
    host.write('p');
  });

  after(async () => {
    await closeAll();
    await Promise.all([program, dump, host].map((each) => each?.close()));
  });

  it('a jump: each note that sounded ends', async () => {
    const then = await midNote(dump);
    // song position 384: bar 25
    await sendBytes('Daimon In', 'F2 00 03');
    await program.says(/^bar 25: /m);
    await offsSince(dump, then);
  });

  it('a panic, by WebSocket, by `daimon panic` and by System Reset: each note that sounded ends, the channels are silenced, and the music goes on', async () => {
    const joined = await client();
    const silenced = (): number => dump.stdout.match(/controller 123, value 0/g)?.length ?? 0;
    for (const panic of [
      async () => joined.socket.send(JSON.stringify({ kind: 'panic' })),
      () => runDaimon('panic', '--ws-port', /\d+$/.exec(url)![0]),
      () => sendBytes('Daimon In', 'FF'),
    ]) {
      const then = await midNote(dump);
      const before = silenced();
      await panic();
      await offsSince(dump, then);
      await eventually('the silencers', () => (silenced() > before ? true : null));
    }
    await midNote(dump);
  });

  it('another preset, on another channel: each note of the first channel ends', async () => {
    await midNote(dump);
    (await client()).socket.send(JSON.stringify({ kind: 'preset', name: 'cellar' }));
    await eventually('a note on channel 2', () => (heardBy(dump).some(({ channel }) => channel === 1) ? true : null));
    await silence(dump, (voice) => voice.startsWith('0/'));
  });

  it('another model: each note that sounded as it took over ends', async () => {
    (await client()).socket.send(JSON.stringify({ kind: 'model', name: 'folk' }));
    await program.says(/^model folk.*^bar \d+: /ms);
    await offsSince(dump, heardBy(dump));
  });

  it('another channel: each note of the one before ends', async () => {
    await midNote(dump);
    (await client()).socket.send(JSON.stringify({ kind: 'set', values: { channel: 5 } }));
    await eventually('a note on channel 5', () => (heardBy(dump).some(({ channel }) => channel === 4) ? true : null));
    await silence(dump, (voice) => !voice.startsWith('4/'));
  });

  it('Stop: each note that sounded ends, and no other begins', async () => {
    await midNote(dump);
    const told = await client();
    host.write('s');
    for (let message = await told.next(); ; message = await told.next())
      if (message.kind === 'state' && message.clock === 'stopped') break;
    await silence(dump);
    const { length } = heardBy(dump);
    await passes(500);
    assert.equal(heardBy(dump).length, length);
  });
});

describe('the output process', () => {
  it('killed while it plays to a port that lives on: a fresh one ends the notes, and plays on', async () => {
    const dump = new Program('aseqdump', []);
    await eventually('aseqdump', async () => ((await portsNamed('aseqdump')).length > 0 ? true : null));
    const warnings: string[] = [];
    const processes: ChildProcess[] = [];
    const out = await openMidiOut({
      port: { kind: 'existing', name: 'aseqdump' },
      warn: (sentence) => warnings.push(sentence),
      startProcess: (program, options) => {
        processes.push(fork(program, options));
        return processes[processes.length - 1];
      },
    });
    try {
      const start = now();
      playFrom(out, start);
      out.schedule([on(0, 60), on(0, 64), off(1, 64), on(2, 67), on(FAR, 72), off(FAR, 60)], FIRST_EPOCH);
      await eventually('the notes', () => (heardBy(dump).length === 4 ? true : null));
      processes[0].kill('SIGKILL');
      await silence(dump);
      assert.equal(warnings.length, 1);
      out.release(nextEpoch(FIRST_EPOCH));
      // two seconds ahead, for it may not be wholly up yet
      const next = (now() - start + 2000) * 8;
      out.schedule([on(next, 48), off(next + 1, 48)], nextEpoch(FIRST_EPOCH));
      await eventually('the next note', () =>
        heardBy(dump).some((note) => note.on && note.pitch === 48) ? true : null,
      );
      await out.close();
      await silence(dump);
    } finally {
      await Promise.all([out.close(), dump.close()]);
    }
  });

  it('in a panic sends an off for all that was struck, then silences the channels played', async () => {
    const out = await openMidiOut({ port: { kind: 'virtual', name: 'Daimon Out' }, warn: console.error });
    const dump = await listener('Daimon Out');
    try {
      playFrom(out, now());
      out.schedule([on(0, 60), on(0, 64), off(1, 60), off(FAR, 64)], FIRST_EPOCH);
      await eventually('the notes', () => (heardBy(dump).length === 3 ? true : null));
      out.panic();
      await dump.says(/controller 123/);
      assert.deepEqual(
        heardBy(dump)
          .slice(3)
          .map((note) => [note.on, note.pitch]),
        [
          [false, 64],
          [false, 60],
        ],
      );
      const controllers = [...dump.stdout.matchAll(/Control change +0, controller (\d+), value 0/g)];
      assert.deepEqual(
        controllers.map(([, number]) => Number(number)),
        [64, 120, 123],
      );
    } finally {
      await Promise.all([out.close(), dump.close()]);
    }
  });
});

describe('two daemons', () => {
  it('have two names for their ports', async () => {
    const first = daimon(['start', '--clock', 'host', '--ws-port', '0']);
    const second = await eventually('the first', async () =>
      (await portsNamed('Daimon In')).length === 1 ? true : null,
    ).then(() => daimon(['start', '--clock', 'host', '--ws-port', '0']));
    try {
      await eventually('the second', async () => ((await portsNamed('Daimon')).length === 4 ? true : null));
      assert.deepEqual([...(await portsNamed('Daimon'))].sort(), [
        'Daimon In',
        'Daimon In 2',
        'Daimon Out',
        'Daimon Out 2',
      ]);
    } finally {
      await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')]);
    }
  });
});
