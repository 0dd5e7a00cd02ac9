import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { DEFAULT_MODEL } from '#daimon/cli/play-options.js';
import { TICKS_PER_BAR } from '#daimon/music/units.js';
import { SMALL, writeRandomBundle } from '../engine/random-model.js';
import { pairUp } from '../support/comparison.js';
import { OTHER_ADDRESS } from '../support/other-address.js';
import { daimon, eventually, inFolder, type Program, runDaimon } from '../support/program.js';
import { notesOf, readSmf, textsOf } from '../support/smf.js';

describe('daimon start', () => {
  let models = '';
  before(async () => {
    models = await writeRandomBundle(DEFAULT_MODEL, SMALL);
  });

  /** Plays at 300 BPM for as long as a test looks at it. */
  async function playing(args: readonly string[], test: (program: Program) => Promise<void>): Promise<void> {
    const program = start(...args);
    try {
      await test(program);
    } finally {
      await program.close();
    }
  }
  const start = (...args: readonly string[]): Program =>
    daimon(['start', '--models-dir', models, '--bpm', '300', '--ws-port', '0', '--seed', '1', ...args]);

  /** A client that keeps what it hears. */
  async function listen(program: Program) {
    const [url] = await program.says(/ws:\/\/\S+/);
    const socket = new WebSocket(url);
    const heard: Record<string, unknown>[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
    await eventually('a greeting', () => (heard.length > 0 ? true : null));
    return { heard, send: (message: object) => socket.send(JSON.stringify(message)) };
  }

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`ended by ${signal} in the middle of a phrase, leaves a recording in which every note has its end`, () =>
      inFolder((folder) => {
        const [record, whole] = [join(folder, 'take.mid'), join(folder, 'whole.mid')];
        return playing(['--clock', 'internal', '--record', record], async (program) => {
          const { heard } = await listen(program);
          await eventually('notes', () => (heard.filter(({ kind }) => kind === 'note').length > 20 ? true : null));
          assert.equal((await program.end(signal)).code, code);
          const recorded = notesOf(readSmf(readFileSync(record)));
          assert.ok(recorded.length > 10);

          await runDaimon('render', '--models-dir', models, '--seed', '1', '--blocks', '2', '--out', whole);
          const planned = notesOf(readSmf(readFileSync(whole)));
          const pairs = pairUp(planned, recorded, recorded.at(-1)?.on ?? 0);
          // what the end cut short ends there, on a machine that was held up a little after its time
          const end = Math.max(...recorded.map(({ off }) => off));
          for (const { planned: plan, recorded: take } of pairs)
            assert.ok(plan.on === take.on && (take.off <= plan.off || take.off === end), JSON.stringify([plan, take]));
        });
      }));
  }

  it('piped into a reader that leaves, finishes its recording', () =>
    inFolder((folder) => {
      const record = join(folder, 'take.mid');
      return playing(['--clock', 'internal', '--record', record], async (program) => {
        const { heard } = await listen(program);
        await eventually('notes', () => (heard.filter(({ kind }) => kind === 'note').length > 20 ? true : null));
        program.stopReading();
        assert.equal((await program.ended()).code, 0);
        assert.ok(notesOf(readSmf(readFileSync(record))).length > 10);
      });
    }));

  it('says what it plays with, and the seed to have the take again', () =>
    playing(['--clock', 'host'], async (program) => {
      await program.says(/Ctrl-C ends it/);
      assert.match(program.said, new RegExp(`model +${DEFAULT_MODEL}, onnx`));
      assert.match(program.said, /--seed 1\b/);
      assert.match(program.said, /clock +the host's/);
    }));

  for (const [args, chased] of [
    [[], true],
    [['--no-chase'], false],
  ] as const) {
    it(`after a jump into held notes ${chased ? 'strikes them late' : 'waits for the next ones, with --no-chase'}`, () =>
      playing(['--clock', 'internal', ...args], async (program) => {
        const { heard, send } = await listen(program);
        const block = await eventually('a block', () => heard.find(({ kind }) => kind === 'block') ?? null);
        const notes = block.notes as readonly { onset: number; duration: number; pitch: number }[];
        const heldAt = (at: number) => notes.filter(({ onset, duration }) => onset < at && onset + duration > at);
        const bar = [2, 4, 6, 8, 10, 12, 14].find((each) => heldAt(each * TICKS_PER_BAR).length > 0);
        assert.ok(bar !== undefined);
        const at = bar * TICKS_PER_BAR;
        send({ kind: 'locate', bar: bar + 1 });
        const due = [...notes.filter(({ onset }) => onset === at), ...(chased ? heldAt(at) : [])];
        const pitches = [...new Set(due.map(({ pitch }) => pitch))].sort();
        const ons = () => heard.filter(({ kind, on, tick }) => kind === 'note' && on === true && Number(tick) >= at);
        await eventually('notes after the jump', () => (ons().length > pitches.length ? true : null));
        const first = ons().slice(0, pitches.length);
        assert.deepEqual(first.map(({ pitch }) => Number(pitch)).sort(), pitches);
      }));
  }

  it('leads with --clock-out, and refuses to follow at once', async () => {
    await playing(['--clock-out'], async (program) => {
      await program.says(/clock +our own, at 300 BPM, for others to follow/);
    });
    for (const mode of ['host', 'auto']) {
      const { code, stderr } = await start('--clock-out', '--clock', mode).ended();
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`^daimon: --clock-out has our own clock lead, --clock ${mode} `));
    }
    await playing(['--clock-out', '--clock', 'internal'], async (program) => {
      await program.says(/for others to follow/);
    });
  });

  it('obeys its clients: another preset, another seed', () =>
    inFolder((folder) => {
      const record = join(folder, 'take.mid');
      return playing(['--clock', 'internal', '--record', record], async (program) => {
        const { heard, send } = await listen(program);
        const block = (preset: string, seed?: number) =>
          eventually(`a block of ${preset}`, () =>
            heard.some((m) => m.kind === 'block' && m.preset === preset && (seed ?? m.seed) === m.seed) ? true : null,
          );
        send({ kind: 'preset', name: 'music-box' });
        await block('music-box');
        send({ kind: 'seed', value: 99 });
        await block('music-box', 99);
        send({ kind: 'preset', name: 'no-such' });
        await eventually('a refusal', () => heard.find((m) => m.kind === 'error' && m.code === 'preset') ?? null);
        await program.end('SIGTERM');
        const smf = readSmf(readFileSync(record));
        notesOf(smf);
        assert.ok(textsOf(smf, 0x06).some(({ text }) => text === 'music-box, seed 99'));
      });
    }));

  it('tells `daimon status` how it keeps time, and plays on after `daimon panic`', () =>
    playing(['--clock', 'internal', '--offset', '-20'], async (program) => {
      const [, port] = await program.says(/ws:\/\/127\.0\.0\.1:(\d+)/);
      const { heard } = await listen(program);
      const notes = () => heard.filter(({ kind, on }) => kind === 'note' && on).length;
      await eventually('notes', () => (notes() > 0 ? true : null));

      const { stdout } = await runDaimon('status', '--ws-port', port, '--json');
      const { model, values, timing } = JSON.parse(stdout);
      assert.deepEqual([model, values.offset], [DEFAULT_MODEL, -20]);
      assert.ok(timing.total.count > 0 && timing.total.max > 0);

      assert.equal((await runDaimon('panic', '--ws-port', port)).code, 0);
      await program.says(/^Panic: /m);
      const before = notes();
      await eventually('more notes', () => (notes() > before ? true : null));
    }));

  it('lets other devices in by a link with a token, which is another one each time unless it is kept', () =>
    inFolder(async (folder) => {
      const tokens: string[] = [];
      const kept = ['--token-file', join(folder, 'token')];
      for (const more of [[], [], kept, kept])
        await playing(['--clock', 'host', '--host', OTHER_ADDRESS, ...more], async (program) => {
          await program.says(/Ctrl-C ends it/);
          const [, host, token] = program.said.match(/devices +http:\/\/(\S+)\/#token=(\S+)$/m)!;
          assert.match(program.said, /^█+\n██ ▄▄▄▄▄ █/m);
          const socket = new WebSocket(`ws://${host}/?token=${token}`);
          const [hello] = await once(socket, 'message');
          assert.equal(JSON.parse(String(hello)).kind, 'hello');
          tokens.push(token!);
        });
      assert.equal(new Set(tokens).size, 3);
      assert.equal(tokens[2], tokens[3]);
    }));

  it('refuses a token or a host that nobody could come by', async () => {
    for (const args of [
      ['--host', OTHER_ADDRESS, '--no-ws'],
      ['--token-file', 'token'],
    ]) {
      const { code, stderr } = await start(...args).ended();
      assert.equal(code, 2);
      assert.match(stderr, /^daimon: --(host|token-file) .*\.\n/);
    }
  });

  it('plays in the session of the add-on that docs/clocks.md shows', () =>
    inFolder((folder) => {
      const [, source] = readFileSync('docs/clocks.md', 'utf8').match(/```js\n(.*?)```/s)!;
      const addon = join(folder, 'my-clock.mjs');
      writeFileSync(addon, source!);
      return playing(['--clock-addon', addon], async (program) => {
        const { heard } = await listen(program);
        await eventually('a note', () => heard.find(({ kind, on }) => kind === 'note' && on) ?? null);
        const state = heard.findLast(({ kind }) => kind === 'state');
        assert.deepEqual([state?.source, state?.clock, state?.tempo], ['session', 'running', 96]);
        assert.deepEqual(
          heard.filter(({ kind }) => kind === 'notice'),
          [],
        );
        assert.match(program.said, /clock +a session's, which .*my-clock\.mjs joins/);
        assert.equal((await program.end('SIGTERM')).code, 143);
      });
    }));

  it('with a clock add-on that is not there says so in a sentence and exits with 1', async () => {
    const { code, stderr } = await start('--clock-addon', 'daimon-no-such').ended();
    assert.equal(code, 1);
    assert.match(stderr, /^daimon: There is no clock add-on 'daimon-no-such'[^\n]+\n$/);
  });

  it('takes up to eight controllers, each by a name', async () => {
    const many = Array.from({ length: 9 }, (_, i) => ['--control', `desk ${i}`]).flat();
    for (const args of [many, ['--control', ' ']]) {
      const { code, stderr } = await runDaimon('start', ...args);
      assert.equal(code, 2);
      assert.match(stderr, /It must be the name of a port, for at most 8 of them\./);
    }
  });

  it('with a model that is not there says so in a sentence and exits with 1', async () => {
    const { code, stderr } = await runDaimon('start', '--model', 'no-such', '--no-ws');
    assert.equal(code, 1);
    assert.match(stderr, /^daimon: .*no-such/);
  });

  it('with a WebSocket port that is taken says so, and ends', () =>
    playing(['--clock', 'host'], async (first) => {
      const [, port] = await first.says(/ws:\/\/127\.0\.0\.1:(\d+)/);
      const { code, stderr } = await start('--ws-port', port).ended();
      assert.equal(code, 1);
      assert.match(stderr, /another program/);
    }));

  it('says where it hears OSC and who is told; sends none where it hears none, nor to what is no port', async () => {
    await playing(
      ['--clock', 'host', '--osc-port', '0', '--osc-to', '127.0.0.1:9', '--osc-to', 'localhost:10'],
      async (program) => {
        await program.says(/osc +osc\.udp:\/\/127\.0\.0\.1:\d+, to 127\.0\.0\.1:9, to localhost:10$/m);
      },
    );
    await playing(['--clock', 'host', '--osc-port', 'off'], async (program) => {
      await program.says(/Ctrl-C ends it/);
      assert.doesNotMatch(program.said, /osc/);
    });
    for (const args of [
      ['--osc-port', 'off', '--osc-to', 'localhost:9'],
      ['--osc-to', 'localhost'],
      ['--osc-to', 'a:0'],
    ]) {
      const { code, stderr } = await start(...args).ended();
      assert.equal(code, 2);
      assert.match(stderr, /^daimon: .*--osc-to/);
    }
  });
});
