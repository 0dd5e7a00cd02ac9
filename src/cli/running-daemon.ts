import { WebSocket } from 'ws';
import {
  type ControlRequest,
  type MessageOf,
  messageSchema,
  type RequestId,
  type ServerMessage,
} from '../bridge/control/protocol.js';
import { DaimonError } from '../errors.js';
import { VERSION } from '../package.js';

/** Most answers take a few ms; a daemon that owes it for so long is in trouble, or is none. */
const PATIENCE_MS = 3000;
/** A block in which every cell is a note takes 1 MiB, and nothing longer is ever said. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const ID: RequestId = 1;

/**
 * Asks something of the daemon that runs on this machine, and gives its hello once it has said ok: null where that is
 * of a version that we do not read. Throws DaimonError: 'connect' where no daemon answers, else as it refuses.
 */
export function askDaemon(
  port: number,
  request: ControlRequest,
  patienceMs = PATIENCE_MS,
): Promise<MessageOf<'hello'> | null> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { maxPayload: MAX_MESSAGE_BYTES });
    // only the first to settle counts: to be terminated is an error of its own
    const end = (settle: () => void): void => {
      settle();
      clearTimeout(patience);
      socket.terminate();
    };
    const fail = (why: string): void => end(() => reject(noDaemon(port, why)));
    const patience = setTimeout(() => fail(`it was silent for ${patienceMs / 1000} seconds`), patienceMs);
    let hello: MessageOf<'hello'> | null = null;
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? end(() => reject(nobody(port))) : fail(error.message),
    );
    socket.on('close', () => fail('it closed the connection'));
    socket.on('open', () => socket.send(JSON.stringify({ ...request, id: ID })));
    socket.on('message', (data) => {
      const message = readMessage(String(data));
      if (message?.kind === 'hello') hello = message;
      else if (message?.kind === 'ok' && message.id === ID) end(() => resolve(hello));
      else if (message?.kind === 'error' && message.id === ID)
        end(() => reject(new DaimonError(message.code, message.message)));
    });
  });
}

/** Null for whatever is not of our version of the protocol: a client leaves that aside. */
function readMessage(text: string): ServerMessage | null {
  try {
    return messageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const nobody = (port: number): DaimonError =>
  new DaimonError(
    'connect',
    `No daimon answers on 127.0.0.1:${port}: start one, or name its port with --ws-port; it says which when it starts.`,
  );

const noDaemon = (port: number, why: string): DaimonError =>
  new DaimonError(
    'connect',
    `What listens on 127.0.0.1:${port} does not answer as a daimon (${why}); name the daimon's port with --ws-port.`,
  );

/** Where a hello is of a version that we do not read. */
export const otherVersion = (port: number): DaimonError =>
  new DaimonError(
    'connect',
    `The daimon on 127.0.0.1:${port} is of another version than this one (${VERSION}): ask it with its own 'daimon status'.`,
  );
