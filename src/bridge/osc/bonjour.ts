import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';

/** Announced to the network until it is closed, and then taken back. */
export interface Announcement {
  close(): Promise<void>;
}

/** How long to take leave, where the network takes nothing any more, in ms. */
const FAREWELL_MS = 500;

/**
 * Has apps that look for OSC (TouchOSC and others) find us, by Bonjour as `_osc._udp`. Where this machine has no
 * multicast nothing happens. `warn` hears why. Another `network` than the usual one is for tests.
 */
export async function announce(
  port: number,
  warn: (text: string) => void,
  network: { readonly port?: number } = {},
): Promise<Announcement> {
  const { Bonjour } = await import('bonjour-service');
  const lost = (error: Error): void => warn(`OSC can't be announced by Bonjour: ${error.message}.`);
  const bonjour = new Bonjour(network, lost);
  // bonjour-service 1.4 leaves the errors of its socket unheard, which ends a program
  const mdns: unknown = Reflect.get(Reflect.get(bonjour, 'server'), 'mdns');
  if (mdns instanceof EventEmitter) mdns.on('error', lost);
  // by host and port the name is nobody else's: there is nothing to probe for
  bonjour.publish({ name: `daimon ${hostname()} ${port}`, type: 'osc', protocol: 'udp', port, probe: false });
  return {
    close: () =>
      new Promise((done) => {
        const patience = setTimeout(end, FAREWELL_MS);
        function end(): void {
          clearTimeout(patience);
          bonjour.destroy(done);
        }
        bonjour.unpublishAll(end);
      }),
  };
}
