import type * as NativeMidi from '@julusian/midi';
import { addressIn, alsaClients, newLink } from './alsa-links.js';
import { hasGoodTimer, type KernelQueue, openKernelQueue, type QueueTo } from './kernel-queue.js';
import { type Libasound, loadLibasound } from './libasound.js';
import { type MidiSystem, midiSystem } from './midi-system.js';
import { type Direction, freeName, matchPort, type PortOpened, type PortWish, portNames } from './ports.js';

type Working = Extract<MidiSystem, { kind: 'works' }>;
type None = Extract<PortOpened, { kind: 'none' }>;
type Opened<Native> = None | (Extract<PortOpened, { kind: 'open' }> & { readonly native: Native });

export type OpenOutput = Opened<OutputHandle>;
/** What is used of an RtMidi output, or a port of our own with the kernel's queue before it. */
type OutputHandle = Pick<NativeMidi.Output, 'sendMessage' | 'destroy'> | KernelQueue;
/** Its `messageBuffer` gives the seconds since the message before, and the bytes. */
export type OpenInput = Opened<Pick<NativeMidi.Input, 'destroy'> & { on: OnMessage }>;
type OnMessage = (event: 'messageBuffer', hear: (seconds: number, bytes: Uint8Array) => void) => unknown;

/**
 * Opens an output with a queue of the kernel's where it may and the system has one, and otherwise as an RtMidi port: easymidi's own
 * `send` makes an array and an object for each message, which the realtime thread may not.
 */
export async function openOutput(wish: PortWish, mayQueue: boolean): Promise<OpenOutput> {
  const alsa = mayQueue ? await libasound() : null;
  const queueTo = (to: QueueTo): KernelQueue | null => (alsa === null ? null : openKernelQueue(alsa, to));
  return open<NativeMidi.Output, OutputHandle>(wish, 'output', {
    virtual: (name, { easymidi, native }) =>
      queueTo({ kind: 'virtual', name }) ?? inner(new easymidi.Output(name, true), '_output', native.Output),
    finder: ({ native }) => new native.Output(),
    connect: (name) => {
      const address = addressIn(name);
      return address === null ? null : queueTo({ kind: 'existing', ...address });
    },
  });
}

/** Why outputs here have no queue of the kernel's; null where they have. */
export async function queueLack(): Promise<'library' | 'timer' | null> {
  const alsa = await libasound();
  if (alsa === null) return 'library';
  return hasGoodTimer(alsa) ? null : 'timer';
}

/**
 * Opens an input as an RtMidi port: easymidi drops the driver's time stamps. Every kind of message passes, for the
 * time stamps count from one message to the next.
 */
export async function openInput(wish: PortWish): Promise<OpenInput> {
  return open<NativeMidi.Input, NativeMidi.Input>(wish, 'input', {
    virtual: (name, { easymidi, native }) => inner(new easymidi.Input(name, true), '_input', native.Input),
    finder: ({ native }) => {
      const input = new native.Input();
      input.ignoreTypes(false, false, false);
      return input;
    },
    connect: () => null,
  });
}

type Finder = NativeMidi.Output | NativeMidi.Input;

interface Makers<Found extends Finder, Handle> {
  readonly virtual: (name: string, system: Working) => Handle | Found;
  /** One that lists what ports there are, and is not connected yet. */
  readonly finder: (system: Working) => Found;
  /** Connects to a port by RtMidi's name for it, in another way than by the finder; null where there is none. */
  readonly connect: (name: string) => Handle | null;
}

async function open<Found extends Finder, Handle>(
  wish: PortWish,
  direction: Direction,
  make: Makers<Found, Handle>,
): Promise<Opened<Handle | Found>> {
  const system = await midiSystem();
  if (system.kind === 'missing') return { kind: 'none', reason: system.reason };
  try {
    if (wish.kind === 'existing') return openExisting(wish.name, direction, make.finder(system), make.connect);
    if (!system.virtualPorts) return { kind: 'none', reason: noVirtualPorts(direction) };
    const { easymidi } = system;
    // a virtual output is an input to all others, and so stands among their inputs
    const name = freeName(wish.name, direction === 'output' ? easymidi.getInputs() : easymidi.getOutputs());
    return { kind: 'open', name, link: null, native: make.virtual(name, system) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const reason = `The MIDI ${direction} '${wish.name}' could not be opened (${what}); close the program that holds it, or choose another.`;
    return { kind: 'none', reason };
  }
}

/** A handle that connects to nothing is given back at once, for the port may be looked for again and again. */
function openExisting<Found extends Finder, Handle>(
  wanted: string,
  direction: Direction,
  finder: Found,
  connect: (name: string) => Handle | null,
): Opened<Handle | Found> {
  let isOpen = false;
  try {
    const names = portNames(finder);
    const match = matchPort(wanted, names, direction);
    if (match.kind === 'none') return match;
    const before = alsaClients();
    const other = connect(match.name);
    if (other === null) {
      finder.openPort(names.indexOf(match.name));
      isOpen = true;
    }
    return {
      kind: 'open',
      name: match.name,
      link: newLink(match.name, before, alsaClients()),
      native: other ?? finder,
    };
  } finally {
    if (!isOpen) finder.destroy();
  }
}

let loaded: Promise<Libasound | null> | null = null;

/** Loaded once. */
const libasound = (): Promise<Libasound | null> => {
  loaded ??= loadLibasound();
  return loaded;
};

function noVirtualPorts(direction: Direction): string {
  const flag = direction === 'output' ? '--out' : '--in';
  return `Windows lets programs make no MIDI ports: make one with loopMIDI or Windows MIDI Services, then start daimon with ${flag} and its name.`;
}

function inner<Native>(port: object, field: string, type: abstract new () => Native): Native {
  const value: unknown = Object.entries(port).find(([name]) => name === field)?.[1];
  if (value instanceof type) return value;
  throw new Error(`easymidi has no ${field}`);
}
