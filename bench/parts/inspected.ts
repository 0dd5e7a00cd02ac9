import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Program } from '../../test/support/program.js';

/** Of a program that was started with `--inspect`: the heap of its main thread in MB, all garbage collected. */
export async function heapOf(program: Program): Promise<number> {
  const [url] = await program.says(/ws:\/\/\S+\/[0-9a-f-]{36}/);
  const socket = new WebSocket(url);
  await once(socket, 'open');
  let count = 0;
  const ask = async (method: string): Promise<{ readonly usedSize?: number }> => {
    const id = ++count;
    socket.send(JSON.stringify({ id, method }));
    for (;;) {
      const [data] = await once(socket, 'message');
      const message = JSON.parse(String(data));
      if (message.id === id) return message.result;
    }
  };
  await ask('HeapProfiler.collectGarbage');
  const { usedSize = 0 } = await ask('Runtime.getHeapUsage');
  socket.close();
  return Math.round(usedSize / 1e4) / 100;
}
