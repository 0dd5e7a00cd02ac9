/**
 * Whether rubbish does any harm: npm run bench -- fuzz [COUNT] [SEED]
 *
 * The built program plays by itself; clients send it so many frames, good, mutated and random, as fast as it reads, and
 * guests come who break the rules of HTTP and WebSocket. Ends with 1 where the daemon ended, left a frame without its
 * one answer, called an answer an error of its own, or does not answer a good request in the end.
 */
import { once } from 'node:events';
import { setTimeout as passes } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Lateness } from '#daimon/bridge/control/protocol.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { type Example, exampleRequests, type Frame, newFrames } from '../test/support/frames.js';
import { inFolder, Program } from '../test/support/program.js';
import { printTable } from './parts/figures.js';
import { heapOf } from './parts/inspected.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { usageOf } from './parts/process-tree.js';
import { RAW_GUESTS, visit } from './parts/raw-guests.js';

const count = Number(process.argv[2] ?? 1_000_000);
const from = Number(process.argv[3] ?? 1);
const CLIENTS = 16;
/** Of each client: enough that it never waits for us, and few enough that all are answered soon after the last. */
const ON_THEIR_WAY = 64;
/** How long the music is listened to before, in ms. */
const QUIET_MS = 20_000;
/** How long a last answer is waited for, in ms. */
const PATIENCE_MS = 30_000;
/** One guest after the other, at this distance in ms. */
const GUEST_EVERY_MS = 500;
/** The part of the frames that may also move what time is measured by. */
const LAST_PART = 0.05;

/** They stop or move the clock, shift what is due, or load models beside: legal, and no rubbish, but felt. */
const moves = ({ kind, values }: Example): boolean =>
  ['start', 'stop', 'locate', 'model'].includes(kind) ||
  (kind === 'set' && ['tempo', 'offset', 'quantum'].some((path) => Object.hasOwn(Object(values), path)));

interface Crowd {
  readonly answers: Map<string, number>;
  send(frames: number, next: () => Frame): Promise<void>;
  close(): void;
}

async function joinAs(url: string): Promise<Crowd> {
  const answers = new Map<string, number>();
  const clients = Array.from({ length: CLIENTS }, () => {
    const socket = new WebSocket(url);
    const client = { socket, owed: 0, closed: false, wake: (): void => {} };
    socket.on('message', (data) => {
      const { kind, code } = JSON.parse(String(data));
      const what = kind === 'error' ? `error ${code}` : kind;
      answers.set(what, (answers.get(what) ?? 0) + 1);
      if (kind === 'ok' || kind === 'error') client.owed--;
      client.wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      client.closed = true;
      client.wake();
    });
    return client;
  });
  await Promise.all(clients.map(({ socket }) => once(socket, 'open')));
  const until = async (client: (typeof clients)[number], owed: number): Promise<void> => {
    while (client.owed > owed) {
      if (client.closed) throw new Error('a client was closed that broke no rule of the WebSocket');
      const patience = setTimeout(() => client.wake(), PATIENCE_MS);
      const before = client.owed;
      await new Promise<void>((wake) => {
        client.wake = wake;
      });
      clearTimeout(patience);
      if (client.owed === before && performance.now() > lastAnswer + PATIENCE_MS)
        throw new Error(`${client.owed} frames have no answer`);
      if (client.owed !== before) lastAnswer = performance.now();
    }
  };
  let lastAnswer = performance.now();
  return {
    answers,
    send: async (frames, next) => {
      let left = frames;
      lastAnswer = performance.now();
      await Promise.all(
        clients.map(async (client) => {
          while (left > 0) {
            left--;
            client.socket.send(next());
            client.owed++;
            await until(client, ON_THEIR_WAY);
          }
          await until(client, 0);
        }),
      );
    },
    close: () => {
      for (const { socket } of clients) socket.close();
    },
  };
}

/** A client that asks something good; gives the state. */
async function stateAt(
  url: string,
): Promise<{ readonly clock: string; readonly timing: { readonly recent: Lateness; readonly total: Lateness } }> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send('{"kind":"get-state","id":"good"}');
  for (;;) {
    const [data] = await once(socket, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
    const message = JSON.parse(String(data));
    if (message.kind !== 'state') continue;
    socket.close();
    return message;
  }
}

async function fuzz(home: string): Promise<void> {
  const watch = watchMachine();
  const options = [
    'start',
    '--clock',
    'internal',
    '--bpm',
    '240',
    '--seed',
    '7',
    '--ws-port',
    '0',
    '--osc-port',
    'off',
  ];
  // what is saved is saved in a folder that goes afterwards
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
  const program = new Program(process.execPath, ['--inspect=127.0.0.1:0', 'dist/cli/main.js', ...options], { env });
  try {
    const [url] = await program.says(/ws:\/\/127\.0\.0\.1:\d+$/m);
    await program.says(/Ctrl-C ends it/);
    await passes(QUIET_MS);
    const before = {
      timing: (await stateAt(url)).timing.total,
      heap: await heapOf(program),
      rss: usageOf(program.pid).rss,
    };

    const random = randomFrom(seed(from));
    const examples = exampleRequests();
    const crowd = await joinAs(url);
    const guests = new Map<string, number>();
    let inside = true;
    const visits = (async () => {
      for (let i = 0; inside; i++) {
        const [name, write] = RAW_GUESTS[i % RAW_GUESTS.length]!;
        void visit(Number(new URL(url).port), write).then((status) => {
          const what = `${name}: ${status}`;
          guests.set(what, (guests.get(what) ?? 0) + 1);
        });
        await passes(GUEST_EVERY_MS);
      }
    })();
    const begun = performance.now();
    await crowd.send(
      Math.round(count * (1 - LAST_PART)),
      newFrames(
        random,
        examples.filter((each) => !moves(each)),
      ),
    );
    const { timing } = await stateAt(url);
    await crowd.send(Math.round(count * LAST_PART), newFrames(random, examples));
    const seconds = (performance.now() - begun) / 1000;
    inside = false;
    await visits;
    crowd.close();
    const last = await stateAt(url);
    await passes(QUIET_MS);
    const after = { heap: await heapOf(program), rss: usageOf(program.pid).rss };
    const machine = watch();

    console.log(`\n${machineLine(machine)}`);
    console.log(`\n${count} frames from seed ${from} by ${CLIENTS} clients in ${Math.round(seconds)} s`);
    for (const [what, times] of [...crowd.answers].sort()) console.log(`  ${what.padEnd(16)} ${times}`);
    console.log('\nGuests who broke rules, and the status they were answered with');
    for (const [what, times] of [...guests].sort()) console.log(`  ${what.padEnd(40)} ${times}`);
    console.log('\nNotes late by, in ms');
    const row = (name: string, { count: notes, p50, p99, max, late }: Lateness) =>
      [name, String(notes), p50, p99, max, String(late)] as [string, ...(string | number)[]];
    printTable(
      ['', 'notes', 'p50', 'p99', 'max', 'late'],
      [
        row('before', before.timing),
        row('meanwhile, last minutes', timing.recent),
        row('from first to last', timing.total),
      ],
    );
    console.log('\nMemory in MB');
    printTable(
      ['', 'before', 'after'],
      [
        ['heap of the main thread', before.heap, after.heap],
        ['resident, all processes', before.rss, after.rss],
      ],
    );
    console.log(`\nA good request in the end: answered, the clock is ${last.clock}`);
    if ((crowd.answers.get('error internal') ?? 0) > 0) throw new Error('some answers are errors of daimon itself');
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    console.error(program.isRunning ? 'The daemon still runs.' : `The daemon has ended: ${program.said.slice(-3000)}`);
    process.exitCode = 1;
  } finally {
    await program.close();
  }
}

await inFolder(fuzz);
