import { readFileSync } from 'node:fs';

/**
 * What the kernel tells of ALSA's sequencer: every port and every connection, in one read, where a listing by RtMidi
 * takes thousands of calls. Containers often hide it.
 */
const CLIENTS = '/proc/asound/seq/clients';

/** Its lines about clients, ports and connections, without the counters that change by themselves; null where hidden. */
export function alsaClients(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const lines = readFileSync(CLIENTS, 'latin1').split('\n');
    return lines.filter((line) => /^(Client +\d| {2}Port | {4}Conn)/.test(line)).join('\n');
  } catch {
    return null;
  }
}

/** Connections as `sender>receiver`, each a client and a port: `131:0>128:0`. */
export function linksIn(clients: string): ReadonlySet<string> {
  const links = new Set<string>();
  let client = '';
  let port = '';
  for (const line of clients.split('\n')) {
    client = /^Client +(\d+)/.exec(line)?.[1] ?? client;
    port = /^ {2}Port +(\d+)/.exec(line)?.[1] ?? port;
    const receivers = /^ {4}Connecting To:(.*)/.exec(line)?.[1] ?? '';
    for (const [receiver] of receivers.matchAll(/\d+:\d+/g)) links.add(`${client}:${port}>${receiver}`);
  }
  return links;
}

/** The client and the port that RtMidi's name of an ALSA port ends with; null for another system's. */
export function addressIn(name: string): { readonly client: number; readonly port: number } | null {
  const address = / (\d+):(\d+)$/.exec(name);
  return address === null ? null : { client: Number(address[1]), port: Number(address[2]) };
}

/** The one connection of a port, by RtMidi's name for it, that there was not before; null where that can't be told. */
export function newLink(name: string, before: string | null, after: string | null): string | null {
  const address = / (\d+:\d+)$/.exec(name)?.[1];
  if (address === undefined || before === null || after === null) return null;
  const old = linksIn(before);
  const added = [...linksIn(after)].filter((link) => !old.has(link) && link.split('>').includes(address));
  return added.length === 1 ? added[0] : null;
}
