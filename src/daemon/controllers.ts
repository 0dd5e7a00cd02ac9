import type { MidiIn, PlayedNote } from '../bridge/midi/midi-in.js';
import type { MidiOut } from '../bridge/midi/midi-out.js';
import { IN_PORT } from '../bridge/midi/ports/ports.js';
import { openController } from '../bridge/midi/surface/controller-port.js';
import type { Hands } from '../bridge/midi/surface/hands.js';

export interface ControllerParts {
  /** Names of ports, or parts of them. */
  readonly names: readonly string[];
  readonly hands: Hands;
  readonly input: Pick<MidiIn, 'port' | 'onBytes' | 'onNote'>;
  readonly out: Pick<MidiOut, 'port'>;
  /** What is played at our own input, but for the keys that are bound. */
  readonly onNote: (note: PlayedNote) => void;
  readonly onPanic: () => void;
  readonly say: (sentence: string) => void;
}

/** Puts all that hands move into the hands: our own input, and the controllers. */
export async function openControllers(parts: ControllerParts): Promise<{ close(): Promise<void> }> {
  const { names, hands, input, out, onNote, onPanic, say } = parts;
  const ours = hands.add({
    wanted: IN_PORT,
    get name() {
      return input.port;
    },
    send: null,
  });
  // where both are one port, what is heard there is our own
  let isNobodys = true;
  input.onBytes((bytes) => {
    isNobodys = input.port !== out.port && !ours.hear(bytes);
  });
  input.onNote((note) => {
    if (isNobodys) onNote(note);
  });
  const isPlayedTo = (port: string): boolean => port === out.port;
  const controllers = await Promise.all(names.map((name) => openController({ name, say, isPlayedTo })));
  for (const controller of controllers) {
    const hand = hands.add(controller);
    controller.onBytes((bytes) => hand.hear(bytes));
    controller.onChange(() => hand.changed());
    controller.onPanic(onPanic);
  }
  return {
    close: async () => {
      await hands.close();
      for (const controller of controllers) controller.close();
    },
  };
}
