import { alsaClients, linksIn } from './alsa-links.js';
import { midiSystem } from './midi-system.js';
import { type Direction, type PortsSeen, portNames } from './ports.js';

/** Looks at what ports there are, over and over, through one handle: each handle is a client of the system's MIDI. */
export interface PortLookout {
  /** Never throws: what can't be listed just now is as it was. */
  look(): PortsSeen;
  close(): void;
}

/** Null where there is no MIDI. Never throws. */
export async function openLookout(direction: Direction): Promise<PortLookout | null> {
  const system = await midiSystem();
  if (system.kind === 'missing') return null;
  const handle = direction === 'output' ? new system.native.Output() : new system.native.Input();
  let clients: string | null = null;
  let seen: PortsSeen = { names: [], links: null };
  return {
    look: () => {
      // read before the names are: what changes in between is then seen at the next look
      const there = alsaClients();
      if (there !== null && there === clients) return seen;
      try {
        seen = { names: portNames(handle), links: there === null ? null : linksIn(there) };
        clients = there;
      } catch {}
      return seen;
    },
    close: () => handle.destroy(),
  };
}
