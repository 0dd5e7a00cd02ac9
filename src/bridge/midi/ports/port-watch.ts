import type { PortLookout } from './port-lookout.js';
import { type Direction, isThere, matchPort, type PortOpened, type PortsSeen, type PortWish } from './ports.js';

/** A port that is opened by one who knows how, and watched over here. */
export interface WatchedPort {
  readonly wish: PortWish;
  readonly direction: Direction;
  opened(): PortOpened;
  /** Lets go of what is open, and opens what is there. Never rejects. */
  reopen(): Promise<PortOpened>;
  /** Hears, in one sentence each, of the port's going and coming. */
  readonly say: (sentence: string) => void;
}

/** Soon enough for someone who plugs a cable in again, and rare enough to cost nothing. */
const LOOK_MS = 1000;

export interface PortWatch {
  close(): void;
}

/** Looks once a second whether the port is there, and has it reopened as it comes and goes. Closes the lookout. */
export function watchPort(port: WatchedPort, lookout: PortLookout): PortWatch {
  let busy = false;
  let closed = false;
  const look = async (): Promise<void> => {
    const before = port.opened();
    if (busy || !isReopeningDue(port, before, lookout.look())) return;
    busy = true;
    const after = await port.reopen();
    busy = false;
    const news = portNews(before, after, port.direction);
    if (news !== null && !closed) port.say(news);
  };
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return {
    close: () => {
      closed = true;
      clearInterval(timer);
      lookout.close();
    },
  };
}

function isReopeningDue({ wish, direction }: WatchedPort, opened: PortOpened, seen: PortsSeen): boolean {
  return opened.kind === 'open' ? !isThere(opened, seen) : matchPort(wish.name, seen.names, direction).kind === 'match';
}

const MEANWHILE = { output: 'daimon plays on in silence, and to it', input: 'daimon hears it' } as const;
const FROM_NOW = { output: 'daimon plays to it', input: 'daimon hears it' } as const;

/** What there is to say, if anything, of a port that was looked for again. */
function portNews(before: PortOpened, after: PortOpened, direction: Direction): string | null {
  if (before.kind === 'open') {
    return after.kind === 'open'
      ? `The MIDI ${direction} '${before.name}' was gone for a moment; ${FROM_NOW[direction]} again, as '${after.name}'.`
      : `The MIDI ${direction} '${before.name}' is gone; ${MEANWHILE[direction]} again once it is back.`;
  }
  if (after.kind === 'open')
    return `The MIDI ${direction} '${after.name}' is there; ${FROM_NOW[direction]} from now on.`;
  return after.reason === before.reason ? null : after.reason;
}
