/**
 * Clients that turn knobs, all together so many times a second, until they are told to end by a line on stdin; then
 * prints what came of it as JSON: node set-clients.js URL CLIENTS SETS_PER_SECOND
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';

const [url, clients, perSecond] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];
/** Some are due each time: as often as a hand's fader is read. */
const EVERY_MS = 5;

interface Told {
  readonly kind: string;
  readonly id?: number;
  readonly parameters?: readonly { readonly path: string; readonly group: string }[];
}

const asked = new Map<number, number>();
const answers: number[] = [];
let [refused, heard] = [0, 0];
let paths: readonly string[] = [];

const hear = (data: unknown): void => {
  heard++;
  const message: Told = JSON.parse(String(data));
  if (message.kind === 'hello')
    paths = message.parameters!.filter(({ group }) => group === 'knobs').map(({ path }) => path);
  if (message.kind === 'error') refused++;
  const begun = asked.get(message.id ?? -1);
  if (begun === undefined) return;
  asked.delete(message.id!);
  answers.push(performance.now() - begun);
};

const sockets = Array.from({ length: clients }, () => new WebSocket(url));
for (const socket of sockets) socket.on('message', hear);
await Promise.all(sockets.map((socket) => once(socket, 'message')));

const begun = performance.now();
let sent = 0;
const turn = setInterval(() => {
  for (const due = ((performance.now() - begun) * perSecond) / 1000; sent < due; sent++) {
    const value = Math.round(1000 * Math.sin(sent / 97)) / 1000;
    asked.set(sent, performance.now());
    sockets[sent % clients]!.send(
      JSON.stringify({ kind: 'set', id: sent, values: { [paths[sent % paths.length]!]: value } }),
    );
  }
}, EVERY_MS);
console.log('connected');

await once(process.stdin, 'data');
clearInterval(turn);
const seconds = (performance.now() - begun) / 1000;
const sorted = answers.toSorted((a, b) => a - b);
const quantile = (q: number): number => Math.round(1000 * (sorted[Math.ceil(q * sorted.length) - 1] ?? 0)) / 1000;
console.log(
  JSON.stringify({
    setsPerSecond: Math.round(sent / seconds),
    messagesPerSecond: Math.round(heard / seconds),
    unanswered: asked.size,
    refused,
    answer: { p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) },
  }),
);
process.exit();
