import { DaimonError } from '../../errors.js';
import type { Millis } from '../../music/units.js';
import { type Control, controlAt, type Values } from '../control/controls.js';
import type { Desk } from '../control/desk.js';
import type { HelloBody, ServerMessage } from '../control/protocol.js';
import { FADER, ROOT } from './address.js';
import { newAllowance } from './allowance.js';
import type { Packet } from './inbox.js';
import { isNear, nameOf, type Peer } from './nearby.js';
import { type OscMessage, readPacket, type Sent, writeMessage } from './packet.js';
import { newsFor, newTargets, type Target, type TargetLimits } from './targets.js';
import { standing, stateTold, type Told, toldOf, valuesTold } from './told.js';
import { faderSent, valueSent } from './turned.js';
import { type OscRequest, type Wish, wishOf } from './wish.js';

export interface RoomOptions extends Desk {
  readonly limits: TargetLimits;
  /** Those who are told from the start. */
  readonly fixed: readonly Peer[];
  /** Sends a packet. False where there is no room for it. */
  readonly send: (bytes: Uint8Array, to: Peer) => boolean;
  readonly say: (text: string) => void;
  readonly now: () => Millis;
}

/** Requests that wait for their answer; a load takes a second or two, and more can't be meant. */
const AWAITED = 16;
/** Enough of a sentence, and of what it quotes. */
const MAX_SENTENCE = 400;

type Turn = Extract<Wish, { kind: 'turn' }> & { readonly sender: Peer };

/** All who speak OSC with the daemon, and what they say. */
export class OscRoom {
  readonly #options: RoomOptions;
  readonly #targets;
  /** An answer goes to whom the packet names, be it true or not: so all together have a bound, in messages. */
  readonly #errors = newAllowance(16, 8);
  readonly #answers = newAllowance(1024, 256);
  /** To look at all that stands takes the daemon a millisecond or so. */
  readonly #looks = newAllowance(16, 16);
  #looked: HelloBody | null = null;
  #controls: readonly Control[] | null = null;
  /** The newest value of each control, until they are set together. */
  readonly #turned = new Map<string, Turn>();
  #awaited = 0;
  #isHinted = false;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#targets = newTargets(options.fixed, options.limits);
  }

  /** Tells those who are told from the start all that stands. */
  greet(): void {
    const { hello, controls, now } = this.#options;
    const targets = this.#targets.at(now());
    if (targets.length === 0) return;
    const told = standing(hello(), controls());
    for (const target of targets) this.#tell(target, told);
  }

  /** Reads a packet and does what it asks for; values wait for `settle`. Gives how many messages it had. Never throws. */
  read({ bytes, sender }: Packet): number {
    try {
      const messages = readPacket(bytes);
      if (messages === null) this.#hint(sender);
      for (const message of messages ?? []) this.#hear(message, sender);
      return messages?.length ?? 0;
    } catch (error) {
      this.#fail(sender, error);
      return 0;
    }
  }

  #hear(message: OscMessage, sender: Peer): void {
    try {
      this.#controls ??= this.#options.controls();
      const wish = wishOf(message, this.#controls);
      if (wish === null) {
        if (!message.address.startsWith(ROOT)) this.#hint(sender);
      } else if (wish.kind === 'turn') this.#turned.set(wish.control.path, { ...wish, sender });
      else {
        // another preset lets values go: what came before it is set before it
        if (this.#turned.size > 0) this.settle();
        this.#obey(wish.request, sender);
      }
    } catch (error) {
      this.#fail(sender, error);
    }
  }

  /** Sets the values that came, all at once; where that is refused, one by one. Never throws. */
  settle(): void {
    this.#looked = null;
    this.#controls = null;
    const turned = [...this.#turned.values()];
    this.#turned.clear();
    if (turned.length === 0) return;
    for (const { control, value, isFader, sender } of turned) {
      const { path, parameter } = control;
      if (isFader) this.#targets.hear(sender, ROOT + FADER + path, faderSent(parameter, value) ?? []);
      else this.#targets.hear(sender, ROOT + path, valueSent(parameter, value));
    }
    try {
      this.#set(turned);
    } catch (error) {
      if (turned.length === 1) this.#fail(turned[0].sender, error);
      else for (const one of turned) this.#setAlone(one);
      // a fader that was refused goes back
      this.broadcast({ kind: 'values', values: this.#options.values() });
    }
  }

  #setAlone(one: Turn): void {
    try {
      this.#set([one]);
    } catch (error) {
      this.#fail(one.sender, error);
    }
  }

  #set(turned: readonly Turn[]): void {
    const values = Object.fromEntries(turned.map(({ control, value }) => [control.path, value]));
    this.#options.onRequest({ kind: 'set', values });
  }

  #obey(request: OscRequest, sender: Peer): void {
    const { controls } = this.#options;
    switch (request.kind) {
      case 'subscribe':
        this.#subscribe(sender, request.port ?? sender.port);
        break;
      case 'unsubscribe':
        this.#targets.unsubscribe(sender, request.port ?? sender.port);
        break;
      case 'get':
        this.#answer(sender, valuesTold(valuesAt(this.#look().values, request.paths, controls()), controls()));
        break;
      case 'get-state':
        this.#answer(sender, stateTold(this.#look().state));
        break;
      case 'ping':
        this.#answer(sender, [PONG]);
        break;
      case 'hello':
      case 'history':
      case 'bindings':
        throw new DaimonError('protocol', `What ${request.kind} asks for is told over the WebSocket only.`);
      default: {
        if (this.#awaited >= AWAITED)
          throw new DaimonError('protocol', 'Too many requests wait for their end; wait for some first.');
        this.#looked = null;
        const outcome = this.#options.onRequest(request);
        if (!(outcome instanceof Promise)) return;
        this.#awaited++;
        void outcome.catch((error) => this.#fail(sender, error)).finally(() => this.#awaited--);
      }
    }
  }

  #subscribe(sender: Peer, port: number): void {
    const { controls, now } = this.#options;
    if (!isNear(sender)) return;
    const told = standing(this.#look(), controls());
    if (!this.#answers.take(told.length, now())) throw TOO_OFTEN;
    this.#tell(this.#targets.subscribe(sender, port, now()), told);
  }

  /** The daemon as it is, as long as nothing was asked of it meanwhile. */
  #look(): HelloBody {
    if (this.#looked === null && !this.#looks.take(1, this.#options.now())) throw TOO_OFTEN;
    this.#looked ??= this.#options.hello();
    return this.#looked;
  }

  #answer(sender: Peer, told: readonly Told[]): void {
    if (!isNear(sender)) return;
    if (!this.#answers.take(told.length, this.#options.now())) throw TOO_OFTEN;
    for (const { address, args } of told) this.#options.send(writeMessage(address, args), sender);
  }

  #fail(sender: Peer, error: unknown): void {
    if (!isNear(sender) || !this.#errors.take(1, this.#options.now())) return;
    const code = error instanceof DaimonError ? error.code : 'internal';
    const why =
      error instanceof DaimonError ? error.message : `Something in daimon itself is broken; please report: ${error}`;
    const args = [code, why.slice(0, MAX_SENTENCE).replaceAll('\0', ' ')].map(
      (value): Sent => ({ type: 'string', value }),
    );
    this.#options.send(writeMessage(`${ROOT}error`, args), sender);
  }

  /** Once: to answer what is no question would have two programs tell each other so for ever. */
  #hint(sender: Peer): void {
    if (this.#isHinted) return;
    this.#isHinted = true;
    this.#options.say(`From ${nameOf(sender)} came what is no OSC for daimon: its addresses begin with ${ROOT}.`);
  }

  /** Tells all who are there what they do not know yet. Never throws. */
  broadcast(message: ServerMessage): void {
    const targets = this.#targets.at(this.#options.now());
    if (targets.length === 0) return;
    const told = toldOf(message, this.#options.controls());
    for (const target of targets) this.#tell(target, told);
  }

  #tell(target: Target, told: readonly Told[]): void {
    for (const { address, args, stands } of newsFor(target, told)) {
      const isSent = this.#options.send(writeMessage(address, args), target);
      if (isSent && stands) target.known.set(address, JSON.stringify(args));
    }
  }
}

/** Of what can't be turned just now there is no value. */
function valuesAt(values: Values, paths: readonly string[] | undefined, controls: readonly Control[]): Values {
  if (paths === undefined) return values;
  for (const path of paths) controlAt(controls, path);
  return Object.fromEntries(Object.entries(values).filter(([path]) => paths.includes(path)));
}

const PONG: Told = { address: `${ROOT}ok`, args: [{ type: 'string', value: 'ping' }], stands: false };

const TOO_OFTEN = new DaimonError('protocol', 'daimon was asked too much at once: wait a second.');
