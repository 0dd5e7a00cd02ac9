import { fileURLToPath } from 'node:url';
import { Program } from '../../test/support/program.js';

/** A program of this folder, run by node as a process of its own. */
export const peer = (name: string, args: readonly string[], flags: readonly string[] = []): Program =>
  new Program(process.execPath, [...flags, fileURLToPath(new URL(`./${name}.js`, import.meta.url)), ...args]);

/** Three clients at a control server, once they are connected. */
export async function threeClients(url: string): Promise<Program> {
  const clients = peer('ws-clients', [url]);
  await clients.says(/connected/);
  return clients;
}

/** Where a daemon that has come up is reached. */
export const controlOf = async (daemon: Program): Promise<string> => (await daemon.says(/ws:\/\/\S+/))[0];
