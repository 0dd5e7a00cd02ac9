import type { MessageOf } from '../../control/protocol.js';
import { type Binding, indexOf, moved, type Touched } from './bindings.js';
import { addressOf, type Lights, lightsOf, messagesFor, type Shown } from './feedback.js';
import { type Flushed, flush, type Gripped, NO_GRIP, touch } from './grip.js';
import type { ControlMap } from './map-file.js';
import { hear, type Move, NEW_EAR } from './moves.js';
import { keysOfBinding } from './told-binding.js';

/** A port that a controller is at. */
export interface ControllerPort {
  /** As it was asked for. */
  readonly wanted: string;
  /** As the system names it; null while it is not there. */
  readonly name: string | null;
  /** Shows something; null where the controller can't be shown anything. */
  readonly send: ((bytes: Uint8Array) => void) | null;
}

/** One controller: what is heard of it, and what it was shown. */
export interface Controller {
  readonly port: ControllerPort;
  map: ControlMap;
  /** What it says, in all the ways that it can be understood. */
  hear(bytes: Uint8Array, time: number): readonly Move[];
  touched(moves: readonly Move[]): Touched | null;
  touch(touched: Touched, time: number): Gripped['asked'];
  flush(shown: Pick<Shown, 'controls' | 'values'>): Flushed['values'];
  /** Shows what has changed, a bounded number of messages at once; true where something is left to be shown later. */
  show(shown: Shown, time: number): boolean;
  /** It may have been switched off in between: it is to be shown everything. */
  forget(): void;
  /** Puts out what was lit. */
  darken(): void;
  readonly told: MessageOf<'bindings'>['controllers'][number];
}

/** A motor fader is not pulled away from under a finger: so long after it was moved it is left alone, in ms. */
const HANDS_OFF_MS = 300;
/** What comes back the same within so long, is our own: the port is a loop. In ms. */
const ECHO_MS = 100;
/** As many as a cable of MIDI 1.0 carries in 25 ms, at 1 ms each. */
const MOST_MESSAGES = 25;

export function newController(port: ControllerPort, chosen: ControlMap): Controller {
  let map = chosen;
  let index = indexOf(map.bindings);
  let ear = NEW_EAR;
  let grip = NO_GRIP;
  const heardOn = new Map<Binding, number>();
  const said = new Map<Binding, { readonly channel: number; readonly value: number; readonly time: number }>();
  const movedAt = new Map<string, number>();
  const sent = new Map<string, string>();
  const sentAt = new Map<string, number>();

  return {
    port,
    get map() {
      return map;
    },
    set map(next) {
      if (next === map) return;
      map = next;
      index = indexOf(map.bindings);
      // a binding that stays is the very same
      const stays = new Set(map.bindings);
      grip = {
        holds: new Map([...grip.holds].filter(([binding]) => stays.has(binding))),
        down: new Set(),
        pending: new Map(),
      };
      for (const binding of heardOn.keys()) if (!stays.has(binding)) heardOn.delete(binding);
      said.clear();
      movedAt.clear();
    },
    hear: (bytes, time) => {
      const isEcho = time - (sentAt.get(keyOf(bytes)) ?? Number.NEGATIVE_INFINITY) < ECHO_MS;
      if (isEcho) return [];
      const heard = hear(ear, bytes);
      ear = heard.ear;
      return heard.moves;
    },
    touched: (moves) => moved(index, moves),
    touch: (touched, time) => {
      note(touched, time);
      const gripped = touch(grip, touched);
      grip = gripped.grip;
      return gripped.asked;
    },
    flush: ({ controls, values }) => {
      const flushed = flush(grip, map.takeover, controls, values);
      grip = flushed.grip;
      return flushed.values;
    },
    show: (shown, time) => {
      if (port.send === null || port.name === null || !map.feedback) return false;
      minded();
      let count = 0;
      let isLeft = false;
      for (const [address, messages] of lights(shown)) {
        const text = messages.map(keyOf).join();
        if (sent.get(address) === text) continue;
        if (count >= MOST_MESSAGES || time - (movedAt.get(address) ?? Number.NEGATIVE_INFINITY) < HANDS_OFF_MS) {
          isLeft = true;
          continue;
        }
        sent.set(address, text);
        for (const message of messages) {
          sentAt.set(keyOf(message), time);
          port.send(message);
          count++;
        }
      }
      for (const [key, at] of sentAt) if (time - at > ECHO_MS) sentAt.delete(key);
      return isLeft;
    },
    forget: () => sent.clear(),
    darken: () => {
      for (const text of sent.values()) {
        const [status, key] = text.split(' ').map(Number);
        if (status >> 4 === 0x9) port.send?.(Uint8Array.of(status, key, map.unlit));
      }
    },
    get told() {
      return {
        port: port.name ?? port.wanted,
        connected: port.name !== null,
        map: map.name,
        bindings: map.bindings.map(keysOfBinding),
      };
    },
  };

  /** Remembers where it stands by itself; what that comes to is told when there is something to show. */
  function note({ binding, move }: Touched, time: number): void {
    const { source } = binding;
    heardOn.set(binding, move.channel);
    if (move.kind === 'note' && source.kind === 'note') {
      // a pad lights up while it is down, whatever it was shown
      sent.delete(addressOf({ ...source, low: move.number, high: move.number }, move.channel));
    } else if ('value' in move && !(source.kind === 'cc' && source.encoding !== null)) {
      said.set(binding, { channel: move.channel, value: move.value, time });
    }
  }

  /** What it said itself is not to be shown to it again. */
  function minded(): void {
    for (const [{ source }, { channel, value, time }] of said) {
      const address = addressOf(source, channel);
      movedAt.set(address, time);
      sent.set(address, messagesFor(source, channel, value).map(keyOf).join());
    }
    said.clear();
  }

  function lights(shown: Shown): Lights {
    return lightsOf(map, shown, (binding) => heardOn.get(binding) ?? map.channel);
  }
}

const keyOf = (bytes: Uint8Array): string => bytes.join(' ');
