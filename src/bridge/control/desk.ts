import type { Control, Values } from './controls.js';
import type { HelloBody, PlayerRequest, ServerMessage } from './protocol.js';

/**
 * What a surface (WebSocket, OSC, MIDI controllers) knows of the daemon. All of them speak in requests and messages of
 * the protocol, so that whatever one can do the others can.
 */
export interface Desk {
  /** The daemon as it is now: what can be turned, where that stands, the presets, the state. */
  readonly hello: () => HelloBody;
  /** All that can be turned just now. */
  readonly controls: () => readonly Control[];
  /** Where each of these stands. */
  readonly values: () => Values;
  /**
   * Does what is asked for, when it gives a promise once that is kept. A message that it gives is for who asked, a
   * DaimonError that it throws is the answer.
   */
  readonly onRequest: (request: PlayerRequest) => unknown;
}

/** A surface that is open. */
export interface Surface {
  /** Shows what has happened. Never waits, and never throws. */
  broadcast(message: ServerMessage): void;
  close(): unknown;
}
