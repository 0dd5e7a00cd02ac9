import { DaimonError } from '../../../errors.js';
import type { Values } from '../../control/controls.js';
import type { Desk, Surface } from '../../control/desk.js';
import type { ControlRequest, MessageOf, ServerMessage } from '../../control/protocol.js';
import { newAsking } from './asking.js';
import { type Binding, bind, bindingNews, type Target, targetWords } from './bindings.js';
import { type Controller, type ControllerPort, newController } from './controller.js';
import type { Asked } from './grip.js';
import { arm, NOTHING_TO_LEARN, REST_MS, settle, watch } from './learn.js';
import { armedKeys, isSameTarget, targetOf } from './learnable.js';
import { type ControlMap, MAX_BINDINGS } from './map-file.js';
import { ownMap } from './map-folder.js';
import { newMapShelf } from './map-shelf.js';
import { soon, type Wait, waitFor } from './soon.js';

/** MIDI controllers as a surface: what is moved on them turns what they are bound to, and they are shown where it stands. */
export interface Hands extends Surface {
  /** Takes in a controller. */
  add(port: ControllerPort): Hand;
  learn(request: RequestOf<'learn'>): void;
  /** Throws DaimonError `map` where nothing is bound so. */
  unlearn(request: RequestOf<'unlearn'>): void;
  readonly bindings: MessageOf<'bindings'>;
}

type RequestOf<K extends ControlRequest['kind']> = Extract<ControlRequest, { kind: K }>;

export interface Hand {
  /** A message has come; true where it is bound, and so nobody else's. */
  hear(bytes: Uint8Array): boolean;
  /** The port has come, gone, or come back. */
  changed(): void;
}

export interface HandsOptions extends Desk {
  readonly maps: readonly ControlMap[];
  /** Tells all surfaces. */
  readonly tell: (message: MessageOf<'bindings'>) => void;
  readonly say: (sentence: string) => void;
  /** Writes a map to the player's folder. */
  readonly save: (map: ControlMap) => Promise<void>;
  /** In ms. */
  readonly now: () => number;
  readonly wait?: Wait;
}

/** A fader says hundreds of things a second; of those within so long the newest counts. No ear tells, in ms. */
const FLUSH_MS = 10;
/** Forty pictures a second: lights and motors follow no faster. In ms. */
const SHOW_MS = 25;

const nameOf = ({ name, wanted }: ControllerPort): string => name ?? wanted;

export function openHands(options: HandsOptions): Hands {
  const { hello, controls, values, say, now, wait = waitFor } = options;
  const { ask, set, complain } = newAsking(options);
  const maps = newMapShelf(options.maps, options.save, complain);
  let learning = NOTHING_TO_LEARN;
  let seen = '';
  let closed = false;
  const controllers: Controller[] = [];

  const tellBindings = (): void => options.tell(bindings());
  const bindings = (): MessageOf<'bindings'> => ({
    kind: 'bindings',
    armed: armedKeys(learning.armed),
    controllers: controllers.map(({ told }) => told),
    maps: maps.names,
  });

  const flushAll = (): void => {
    let wanted: Values = {};
    for (const each of controllers) {
      wanted = { ...wanted, ...each.flush({ controls: controls(), values: { ...values(), ...wanted } }) };
    }
    set(wanted);
  };
  const flushSoon = soon(FLUSH_MS, flushAll, wait);

  const perform = (asked: Asked): void => {
    // what was turned before a pad was pressed is turned first
    flushAll();
    if (asked.kind === 'request') ask(asked.request);
    else recall(asked.place);
  };
  const recall = (place: number): void => {
    const { presets } = hello();
    const preset = presets[place - 1];
    if (preset === undefined)
      complain(new Error(`There is no preset ${place} to recall: there are ${presets.length}.`));
    else ask({ kind: 'preset', name: preset.name });
  };

  const showAll = (): void => {
    const { presets, state } = hello();
    const isPlaying = state.clock !== 'stopped';
    const shown = {
      controls: controls(),
      values: values(),
      presets: presets.map(({ name }) => name),
      preset: state.preset,
      isPlaying,
    };
    if (controllers.map((each) => each.show(shown, now())).includes(true)) showSoon();
  };
  const showSoon = soon(SHOW_MS, showAll, wait);

  const settleSoon = soon(
    REST_MS,
    () => {
      const settled = settle(learning, now());
      learning = settled.learning;
      if (settled.learned !== null) learned(settled.learned.port, settled.learned);
      else if (learning.port !== null) settleSoon();
    },
    wait,
  );

  const learned = (port: string, binding: Binding): void => {
    const controller = controllers.find((each) => each.port.wanted === port);
    if (controller === undefined) return;
    const { source, target } = binding;
    const bound = bind(controller.map.bindings, { source, target });
    if (bound.bindings.length > MAX_BINDINGS) {
      say(`The map ${controller.map.name} is full: it has ${MAX_BINDINGS} bindings. Unlearn one first.`);
    } else {
      keep(controller, bound.bindings);
      say(bindingNews({ source, target }, bound.before));
    }
    tellBindings();
  };

  /** Has a controller's own map say so from now on, and writes it. */
  const keep = (controller: Controller, bindings: readonly Binding[]): void => {
    maps.keep({ ...ownMap(controller.map, nameOf(controller.port)), bindings });
    choose();
    showSoon();
  };
  const choose = (): void => {
    for (const each of controllers) each.map = maps.find(nameOf(each.port));
  };

  return {
    add: (port) => {
      const controller = newController(port, maps.find(nameOf(port)));
      controllers.push(controller);
      return {
        hear: (bytes) => {
          const moves = controller.hear(bytes, now());
          if (moves.length === 0) return false;
          if (learning.armed !== null) {
            learning = watch(learning, port.wanted, moves, now());
            settleSoon();
            return true;
          }
          const touched = controller.touched(moves);
          if (touched === null) return false;
          const asked = controller.touch(touched, now());
          if (asked !== null) perform(asked);
          else if (touched.move.kind === 'note') flushAll();
          else flushSoon();
          showSoon();
          return true;
        },
        changed: () => {
          controller.forget();
          choose();
          showSoon();
          tellBindings();
        },
      };
    },
    learn: (request) => {
      learning = arm(targetOf(request, controls()));
      tellBindings();
    },
    unlearn: (request) => {
      const target = targetOf(request, controls());
      if (target === null) throw new DaimonError('protocol', 'unlearn wants a path, or a request.');
      const isMeant = (other: Target): boolean => isSameTarget(other, target, controls());
      const bound = controllers.filter(({ map }) => map.bindings.some((one) => isMeant(one.target)));
      if (bound.length === 0) throw new DaimonError('map', `Nothing on any controller ${targetWords(target)}.`);
      for (const each of bound)
        keep(
          each,
          each.map.bindings.filter((one) => !isMeant(one.target)),
        );
      tellBindings();
    },
    get bindings() {
      return bindings();
    },
    broadcast: (message: ServerMessage) => {
      if (closed) return;
      if (message.kind === 'state') {
        const sight = `${message.clock} ${message.preset}`;
        if (sight === seen) return;
        seen = sight;
      } else if (message.kind !== 'values' && message.kind !== 'presets' && message.kind !== 'model') return;
      showSoon();
    },
    close: async () => {
      closed = true;
      for (const each of [flushSoon, showSoon, settleSoon]) each.callOff();
      for (const each of controllers) each.darken();
      await maps.close();
    },
  };
}
