import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { describe, it } from 'node:test';
import { openMidiOut } from '#daimon/bridge/midi/output/output-process.js';
import { now } from '#daimon/bridge/monotonic.js';
import { millis } from '#daimon/music/units.js';
import { NO_REFLEXES } from '#daimon/transport/clock/reflexes.js';
import { FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { edgesOf, FAR, messages, off, on, openPortless, playFrom } from '../../../support/portless.js';
import { Program } from '../../../support/program.js';
import { lineFrom, type Puppet, puppets } from '../../../support/puppets.js';

const SECOND = nextEpoch(FIRST_EPOCH);

/** The real process, and those it was started as. */
async function openReal() {
  const started: ChildProcess[] = [];
  const studio = await openPortless((options) =>
    openMidiOut({
      ...options,
      startProcess: (program, settings) => {
        started.push(fork(program, settings));
        return started[started.length - 1];
      },
    }),
  );
  return { ...studio, started };
}

describe('the output process', () => {
  it('that is killed has its notes released by a fresh one, which plays on; it is said once', async () => {
    const { out, sent, heard, warnings, started } = await openReal();
    playFrom(out, now());
    out.schedule([on(0, 60), on(0, 64), off(FAR, 60), off(FAR, 64)], FIRST_EPOCH);
    await heard(2);
    started[0].kill('SIGKILL');
    await heard(4);
    assert.deepEqual(messages(sent).slice(2), [
      [0x80, 60],
      [0x80, 64],
    ]);
    assert.ok(sent[3].edge.tick > 0, 'where the process died, not where the note began');
    out.release(SECOND);
    out.schedule([on(0, 72), off(1, 72)], SECOND);
    await heard(6);
    await out.close();
    assert.deepEqual(edgesOf(sent).slice(4), [on(0, 72), off(1, 72)]);
    assert.equal(started.length, 2);
    assert.deepEqual(warnings, [
      'The MIDI output process stopped (by SIGKILL); its notes are released and a fresh one plays on.',
    ]);
  });

  it('minds no signal that a terminal or a shutdown gives to all, and plays on', async () => {
    const { out, sent, heard, warnings, started } = await openReal();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) started[0].kill(signal);
    playFrom(out, now());
    out.schedule([on(0, 60), off(1, 60)], FIRST_EPOCH);
    await heard(2);
    await out.close();
    assert.deepEqual(edgesOf(sent), [on(0, 60), off(1, 60)]);
    assert.deepEqual(warnings, []);
  });

  for (const [how, then] of [
    ['is killed', "process.kill(process.pid, 'SIGKILL')"],
    ['exits without closing', 'process.exit()'],
  ] as const) {
    it(`leaves when the daemon ${how}`, async () => {
      const program = new Program(process.execPath, [
        '--input-type=module',
        '--eval',
        `import { openMidiOut } from '#daimon/bridge/midi/output/output-process.js';
         await openMidiOut({ port: { kind: 'existing', name: 'no port has this name' }, warn: console.error });
         console.log('up');
         process.stdin.once('data', () => ${then});`,
      ]);
      await program.says(/up/);
      program.write('now');
      // the two share their stderr: it is closed once both are gone
      assert.equal((await program.ended()).stderr, '');
    });
  }
});

describe('what a fresh output process is given', () => {
  it('is every pitch ever struck and every one that may have been since, to release', async () => {
    const { all, opening, open } = puppets();
    open(all[0]);
    const out = await opening;
    out.setTimeline(lineFrom(now()));
    out.schedule([on(0, 60), off(1, 60), on(2, 62), on(3, 64), off(FAR, 64)], FIRST_EPOCH);
    const sent = [on(0, 60), off(1, 60)].map((edge) => ({
      ...{ edge, epoch: FIRST_EPOCH, tick: edge.tick, time: millis(0), late: millis(0) },
    }));
    all[0].say({ kind: 'echo', sent, taken: 2 });
    all[0].emit('close', null, 'SIGKILL');
    const [opened] = all[1].hears('open');
    assert.ok(opened.kind === 'open');
    assert.deepEqual([...opened.inherited.struck].sort(), [60, 62, 64]);
  });

  it("is not to use the kernel's queue, of which the other may have died", async () => {
    const { all } = puppets();
    all[0].emit('close', null, 'SIGSEGV');
    const asked = all.map((puppet) => {
      const [opened] = puppet.hears('open');
      return opened.kind === 'open' && opened.inherited.mayQueue;
    });
    assert.deepEqual(asked, [true, false]);
  });

  it('is the epoch, the timeline and, once it is up, what is not due yet', async () => {
    const { all, opening, open } = puppets();
    open(all[0]);
    const out = await opening;
    const line = lineFrom(now() - 1000);
    out.setTimeline(line, millis(7));
    out.schedule([on(0, 48), on(FAR, 50)], FIRST_EPOCH);
    out.release(SECOND);
    out.schedule([on(500, 60), off(600, 60), on(FAR, 62)], SECOND);
    all[0].emit('close', 1, null);
    assert.ok(out.schedule([off(FAR, 62)], SECOND));
    assert.deepEqual(all[1].told.slice(1), [
      { kind: 'release', epoch: SECOND },
      { kind: 'timeline', line, offset: 7, heard: 0 },
      { kind: 'reflexes', reflexes: NO_REFLEXES, heard: 0 },
    ]);
    open(all[1]);
    assert.deepEqual(all[1].told.slice(4), [
      { kind: 'schedule', edges: [on(FAR, 62)], epoch: SECOND },
      { kind: 'schedule', edges: [off(FAR, 62)], epoch: SECOND },
    ]);
  });

  it('and what it releases is heard of only where a note sounded', async () => {
    const { all, opening, open } = puppets();
    open(all[0]);
    const out = await opening;
    const heard: number[] = [];
    out.onSent(({ edge }) => heard.push(edge.status, edge.data1));
    const echo = (puppet: Puppet, edge: ReturnType<typeof on>): void =>
      puppet.say({
        kind: 'echo',
        sent: [{ edge, epoch: FIRST_EPOCH, tick: edge.tick, time: millis(0), late: millis(0) }],
        taken: 0,
      });
    echo(all[0], on(0, 60));
    all[0].emit('close', null, 'SIGKILL');
    echo(all[1], off(5, 60));
    echo(all[1], off(5, 62));
    assert.deepEqual(heard, [0x90, 60, 0x80, 60]);
  });
});

describe('an output whose processes', () => {
  it('all die gives up, and says why there is no port', async () => {
    const { all, opening, warnings } = puppets();
    for (let n = 0; n < all.length; n++) all[n].emit('close', 1, null);
    const out = await opening;
    assert.equal(all.length, 4);
    assert.equal(out.port, null);
    assert.equal(out.missing, 'The MIDI output process stopped (with exit code 1); start daimon again.');
    assert.equal(warnings.length, 2);
    assert.equal(out.schedule([on(0, 60)], FIRST_EPOCH), false);
    await out.close();
  });

  it('end for their thread has died are replaced, and it is said once of what', async () => {
    const { all, opening, open, warnings } = puppets();
    open(all[0]);
    const out = await opening;
    out.schedule([on(FAR, 60), off(FAR, 60)], FIRST_EPOCH);
    all[0].say({ kind: 'end', cause: 'no memory' });
    all[0].emit('close', 0, null);
    open(all[1]);
    assert.deepEqual(all[1].hears('schedule'), [
      { kind: 'schedule', edges: [on(FAR, 60), off(FAR, 60)], epoch: FIRST_EPOCH },
    ]);
    assert.equal(out.port, 'Daimon Out');
    assert.deepEqual(warnings, [
      'The MIDI output process stopped (its thread: no memory); its notes are released and a fresh one plays on.',
    ]);
  });

  it('cannot be started gives up too', async () => {
    const out = await openMidiOut({
      port: { kind: 'virtual', name: 'Daimon Out' },
      warn: () => {},
      startProcess: () => {
        throw new Error('spawn EAGAIN');
      },
    });
    assert.equal(out.missing, 'The MIDI output process stopped (spawn EAGAIN); start daimon again.');
  });

  it('reads no more ends it', async () => {
    const { all, opening, open } = puppets();
    open(all[0]);
    const out = await opening;
    all[0].reads = false;
    for (let n = 0; n < 1100; n++) out.setTimeline(lineFrom(n));
    assert.equal(all[0].kills[0], 'SIGKILL');
  });
});
