import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Frame } from '../../test/support/frames.js';

/** Of each client: enough that it never waits for us, and few enough that all are answered soon after the last. */
const ON_THEIR_WAY = 64;
/** How long a last answer is waited for, in ms. */
const PATIENCE_MS = 30_000;

/** Clients who send whatever they are given, and want one answer to each. */
export interface Crowd {
  readonly answers: Map<string, number>;
  send(frames: number, next: () => Frame): Promise<void>;
  close(): void;
}

/** Rejects `send` where a client is closed, or has no answer in time. */
export async function joinAs(url: string, size: number): Promise<Crowd> {
  const answers = new Map<string, number>();
  const clients = Array.from({ length: size }, () => {
    const socket = new WebSocket(url);
    const client = { socket, owed: 0, closed: false, wake: (): void => {} };
    socket.on('message', (data, isBinary) => {
      if (isBinary) return;
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
