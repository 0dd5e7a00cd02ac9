/**
 * Whether rubbish does any harm: npm run bench -- fuzz [COUNT] [SEED]
 *
 * The built program plays by itself; clients send it so many frames, good, mutated and random, as fast as it reads,
 * packets of OSC are thrown at it beside them, and guests come who break the rules of HTTP and WebSocket. Ends with 1 where the daemon ended, left a frame without its
 * one answer, called an answer an error of its own, or does not answer a good request in the end.
 */
import { once } from 'node:events';
import { setTimeout as passes } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Lateness } from '#daimon/bridge/control/protocol.js';
import { now } from '#daimon/bridge/monotonic.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { type Example, exampleRequests, newFrames } from '../test/support/frames.js';
import { newPackets } from '../test/support/packets.js';
import { inFolder, Program } from '../test/support/program.js';
import { printTable, spreadOf } from './parts/figures.js';
import { joinAs } from './parts/frame-crowd.js';
import { heapOf } from './parts/inspected.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { throwAt } from './parts/osc-crowd.js';
import { usageOf } from './parts/process-tree.js';
import { RAW_GUESTS, visit } from './parts/raw-guests.js';
import { latenessOfSleeper } from './parts/sleeper.js';

const count = Number(process.argv[2] ?? 1_000_000);
const from = Number(process.argv[3] ?? 1);
const CLIENTS = 16;
/** How long the music is listened to before, in ms. */
const QUIET_MS = 20_000;
/** How long the sleeping thread sleeps before it is asked how late it was, in ms. */
const NAP_MS = 10_000;
const SLEEPER_STEP_MS = 25;
/** How long a last answer is waited for, in ms. */
const PATIENCE_MS = 30_000;
/** One guest after the other, at this distance in ms. */
const GUEST_EVERY_MS = 500;
/** Memory is looked at so often before the last part: what fills up once is no leak. */
const LOOKS = 4;
/** The part of the frames that may also move what time is measured by. */
const LAST_PART = 0.05;

/** They stop or move the clock, shift what is due, or load models beside: legal, and no rubbish, but felt. */
const moves = ({ kind, values }: Example): boolean =>
  ['start', 'stop', 'locate', 'model'].includes(kind) ||
  (kind === 'set' && ['tempo', 'offset', 'quantum'].some((path) => Object.hasOwn(Object(values), path)));

/** How late a thread was that did nothing but sleep for so long: what the machine gives. */
const sleptFor = (span: number): Promise<readonly number[]> =>
  latenessOfSleeper({ first: now() + 500, step: SLEEPER_STEP_MS, count: Math.round(span / SLEEPER_STEP_MS) });

/** In MB, all garbage of the main thread collected. */
const memoryOf = async (program: Program) => ({ heap: await heapOf(program), rss: usageOf(program.pid).rss });

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
  const options = ['start', '--clock', 'internal', '--bpm', '240', '--seed', '7', '--ws-port', '0', '--osc-port', '0'];
  // what is saved is saved in a folder that goes afterwards
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
  const program = new Program(process.execPath, ['--inspect=127.0.0.1:0', 'dist/cli/main.js', ...options], { env });
  try {
    const [url] = await program.says(/ws:\/\/127\.0\.0\.1:\d+$/m);
    await program.says(/Ctrl-C ends it/);
    const sleptBefore = await sleptFor(QUIET_MS);
    const before = (await stateAt(url)).timing.total;
    const memory = [await memoryOf(program)];

    const random = randomFrom(seed(from));
    const [, oscPort = ''] = await program.says(/osc\.udp:\/\/127\.0\.0\.1:(\d+)/);
    const packets = throwAt(Number(oscPort), newPackets(randomFrom(seed(from)), ['tempo', 'offset', 'quantum']));
    const examples = exampleRequests();
    const crowd = await joinAs(url, CLIENTS);
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
    const slept: number[] = [];
    const sleeps = (async () => {
      while (inside) slept.push(...(await sleptFor(NAP_MS)));
    })();
    const begun = performance.now();
    const gentle = newFrames(
      random,
      examples.filter((each) => !moves(each)),
    );
    for (let look = 0; look < LOOKS; look++) {
      await crowd.send(Math.round((count * (1 - LAST_PART)) / LOOKS), gentle);
      memory.push(await memoryOf(program));
    }
    const { timing } = await stateAt(url);
    await crowd.send(Math.round(count * LAST_PART), newFrames(random, examples));
    const seconds = (performance.now() - begun) / 1000;
    inside = false;
    const [thrown] = await Promise.all([packets.end(), visits, sleeps]);
    crowd.close();
    const last = await stateAt(url);
    await passes(QUIET_MS);
    memory.push(await memoryOf(program));
    const machine = watch();

    console.log(`\n${machineLine(machine)}`);
    console.log(`\n${count} frames from seed ${from} by ${CLIENTS} clients in ${Math.round(seconds)} s`);
    console.log(`${thrown} packets of OSC beside them`);
    for (const [what, times] of [...crowd.answers].sort()) console.log(`  ${what.padEnd(16)} ${times}`);
    console.log('\nGuests who broke rules, and the status they were answered with');
    for (const [what, times] of [...guests].sort()) console.log(`  ${what.padEnd(40)} ${times}`);
    console.log('\nNotes late by, in ms');
    const row = (name: string, { count: notes, p50, p99, max, late }: Lateness) =>
      [name, String(notes), p50, p99, max, String(late)] as [string, ...(string | number)[]];
    const sleeper = (when: string, times: readonly number[]): [string, ...(string | number)[]] => {
      const { p50, p99, max } = spreadOf(times);
      return [`sleeping thread, ${when}`, String(times.length), p50, p99, max, ''];
    };
    printTable(
      ['', 'notes', 'p50', 'p99', 'max', 'late'],
      [
        row('before', before),
        row('meanwhile, last minutes', timing.recent),
        row('from first to last', timing.total),
        sleeper('before', sleptBefore),
        sleeper('meanwhile', slept),
      ],
    );
    console.log(
      '\nMemory in MB: before, after each quarter of the frames, after those that load models too and a rest',
    );
    printTable(
      ['', ...memory.map((_, i) => ['before', '1', '2', '3', '4', 'after'][i]!)],
      [
        ['heap of the main thread', ...memory.map(({ heap }) => heap.toFixed(1))],
        ['resident, all processes', ...memory.map(({ rss }) => rss.toFixed(1))],
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
