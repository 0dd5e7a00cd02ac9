import type { ControlRequest, MessageOf, ServerMessage } from '../src/bridge/control/protocol.js';

/** A request as it is written here: the link gives it its `id`. */
type Asked<R = ControlRequest> = R extends ControlRequest ? Omit<R, 'id'> : never;

/** The way to the daemon: it comes again by itself when it was lost. */
export interface Link {
  /** Asks for something; what the daemon refuses is told of by `onRefused`. */
  ask(request: Asked): void;
  on<K extends ServerMessage['kind']>(kind: K, listener: (message: MessageOf<K>) => void): void;
  onFrame(listener: (frame: ArrayBuffer) => void): void;
  onRefused(listener: (sentence: string) => void): void;
  /** Hears whether there is a daemon, at each change. */
  onChange(listener: (connected: boolean) => void): void;
}

/** How soon the daemon is looked for again, in ms: at once, and then ever less often. */
const FIRST_RETRY = 250;
const LAST_RETRY = 4000;

export function openLink(url: string): Link {
  const listeners = new Map<string, ((message: never) => void)[]>();
  const refused: ((sentence: string) => void)[] = [];
  const changed: ((connected: boolean) => void)[] = [];
  const framed: ((frame: ArrayBuffer) => void)[] = [];
  let socket: WebSocket | null = null;
  let retry = FIRST_RETRY;
  let count = 0;

  const hear = (message: ServerMessage): void => {
    if (message.kind === 'error') for (const listener of refused) listener(message.message);
    for (const listener of listeners.get(message.kind) ?? []) listener(message as never);
  };
  const connect = (): void => {
    const opened = new WebSocket(url);
    opened.binaryType = 'arraybuffer';
    opened.onopen = () => {
      retry = FIRST_RETRY;
      socket = opened;
      for (const listener of changed) listener(true);
    };
    opened.onmessage = ({ data }) => {
      if (typeof data === 'string') hear(JSON.parse(data) as ServerMessage);
      else for (const listener of framed) listener(data as ArrayBuffer);
    };
    opened.onclose = () => {
      // also where none was reached
      for (const listener of changed) listener(false);
      socket = null;
      setTimeout(connect, retry);
      retry = Math.min(LAST_RETRY, 2 * retry);
    };
  };
  connect();
  return {
    ask: (request) => socket?.send(JSON.stringify({ ...request, id: ++count })),
    on: (kind, listener) => void listeners.set(kind, [...(listeners.get(kind) ?? []), listener]),
    onFrame: (listener) => void framed.push(listener),
    onRefused: (listener) => void refused.push(listener),
    onChange: (listener) => void changed.push(listener),
  };
}
