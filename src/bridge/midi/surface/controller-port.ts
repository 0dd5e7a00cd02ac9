import { openMidiIn } from '../midi-in.js';
import { openOutput } from '../ports/open-port.js';
import { openLookout } from '../ports/port-lookout.js';
import { watchPort } from '../ports/port-watch.js';
import type { PortOpened, PortWish } from '../ports/ports.js';
import type { ControllerPort } from './controller.js';

/** A controller's two ports: the one that it is heard at, and the one that shows it where things stand, if it has one. */
export interface OpenController extends ControllerPort {
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Hears when either port has come or gone. */
  onChange(listener: () => void): void;
  onPanic(listener: () => void): void;
  close(): void;
}

export interface ControllerOptions {
  /** A name, or a part of one, of a port that is there or will come. */
  readonly name: string;
  /** Hears, in one sentence each, of its going and coming. */
  readonly say: (sentence: string) => void;
  /** The port that the music goes to: nothing else is ever sent there. */
  readonly isPlayedTo: (port: string) => boolean;
}

/** Never fails for want of a port: one that comes later is taken up then. */
export async function openController({ name, say, isPlayedTo }: ControllerOptions): Promise<OpenController> {
  const wish: PortWish = { kind: 'existing', name };
  const listeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const input = await openMidiIn(wish, {
    say: (sentence) => {
      say(sentence);
      changed();
    },
  });
  if (input.missing !== null) say(input.missing);
  // shown at once, nothing is due later: it needs no queue
  let output = await openOutput(wish, false);
  let closed = false;
  const letGo = (): void => {
    if (output.kind === 'open') output.native.destroy();
  };
  const reopen = async (): Promise<PortOpened> => {
    letGo();
    output = await openOutput(wish, false);
    if (closed) letGo();
    else changed();
    return output;
  };
  const lookout = await openLookout('output');
  // of a controller that can be shown nothing there is nothing to say
  const watched = { wish, direction: 'output', opened: () => output, reopen, say: () => {} } as const;
  const watch = lookout === null ? null : watchPort(watched, lookout);

  const send = (bytes: Uint8Array): void => {
    if (closed || output.kind !== 'open' || isPlayedTo(output.name)) return;
    try {
      output.native.sendMessage(Buffer.from(bytes));
    } catch {
      // it has just been pulled out: the watch will see
    }
  };
  return {
    wanted: name,
    get name() {
      return input.port;
    },
    send,
    onBytes: (listener) => input.onBytes(listener),
    onPanic: (listener) => input.onPanic(listener),
    onChange: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      closed = true;
      watch?.close();
      letGo();
      input.close();
    },
  };
}
