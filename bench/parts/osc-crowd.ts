import { createSocket } from 'node:dgram';
import { setTimeout as passes } from 'node:timers/promises';

/** So many packets at a time, and the pause after them: some 2,000 a second, from one socket after the other. */
const BURST = 100;
const PAUSE_MS = 50;
const SOCKETS = 8;

/** Throws packets at a port of this machine until it is ended; gives then how many there were. */
export function throwAt(port: number, packet: () => Uint8Array): { end(): Promise<number> } {
  const sockets = Array.from({ length: SOCKETS }, () => createSocket('udp4').on('error', () => {}));
  let isOn = true;
  let count = 0;
  const done = (async () => {
    while (isOn) {
      for (let i = 0; i < BURST; i++) sockets[count++ % SOCKETS]!.send(packet(), port, '127.0.0.1', () => {});
      await passes(PAUSE_MS);
    }
    for (const socket of sockets) socket.close();
    return count;
  })();
  return {
    end: () => {
      isOn = false;
      return done;
    },
  };
}
