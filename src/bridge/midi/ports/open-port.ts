import type * as NativeMidi from '@julusian/midi';
import { alsaClients, newLink } from './alsa-links.js';
import { type MidiSystem, midiSystem } from './midi-system.js';
import { type Direction, freeName, matchPort, type PortOpened, type PortWish, portNames } from './ports.js';

type Working = Extract<MidiSystem, { kind: 'works' }>;
type None = Extract<PortOpened, { kind: 'none' }>;
type Opened<Native> = None | (Extract<PortOpened, { kind: 'open' }> & { readonly native: Native });

export type OpenOutput = Opened<NativeMidi.Output>;
/** Its `messageBuffer` gives the seconds since the message before, and the bytes. */
export type OpenInput = Opened<Pick<NativeMidi.Input, 'destroy'> & { on: OnMessage }>;
type OnMessage = (event: 'messageBuffer', hear: (seconds: number, bytes: Uint8Array) => void) => unknown;

/**
 * Opens an output as an RtMidi port: easymidi's own `send` makes an array and an object for each message, which the
 * realtime thread may not.
 */
export async function openOutput(wish: PortWish): Promise<OpenOutput> {
  return open(wish, 'output', {
    virtual: (name, { easymidi, native }) => inner(new easymidi.Output(name, true), '_output', native.Output),
    existing: ({ native }) => new native.Output(),
  });
}

/**
 * Opens an input as an RtMidi port: easymidi drops the driver's time stamps. Every kind of message passes, for the
 * time stamps count from one message to the next.
 */
export async function openInput(wish: PortWish): Promise<OpenInput> {
  return open(wish, 'input', {
    virtual: (name, { easymidi, native }) => inner(new easymidi.Input(name, true), '_input', native.Input),
    existing: ({ native }) => {
      const input = new native.Input();
      input.ignoreTypes(false, false, false);
      return input;
    },
  });
}

interface Makers<Native> {
  readonly virtual: (name: string, system: Working) => Native;
  /** A handle that is not connected yet. */
  readonly existing: (system: Working) => Native;
}

async function open<Native extends NativeMidi.Output | NativeMidi.Input>(
  wish: PortWish,
  direction: Direction,
  make: Makers<Native>,
): Promise<Opened<Native>> {
  const system = await midiSystem();
  if (system.kind === 'missing') return { kind: 'none', reason: system.reason };
  try {
    if (wish.kind === 'existing') return openExisting(wish.name, direction, make.existing(system));
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
function openExisting<Native extends NativeMidi.Output | NativeMidi.Input>(
  wanted: string,
  direction: Direction,
  native: Native,
): Opened<Native> {
  let isOpen = false;
  try {
    const names = portNames(native);
    const match = matchPort(wanted, names, direction);
    if (match.kind === 'none') return match;
    const before = alsaClients();
    native.openPort(names.indexOf(match.name));
    isOpen = true;
    return { kind: 'open', name: match.name, link: newLink(match.name, before, alsaClients()), native };
  } finally {
    if (!isOpen) native.destroy();
  }
}

function noVirtualPorts(direction: Direction): string {
  const flag = direction === 'output' ? '--out' : '--in';
  return `Windows lets programs make no MIDI ports: make one with loopMIDI or Windows MIDI Services, then start daimon with ${flag} and its name.`;
}

function inner<Native>(port: object, field: string, type: abstract new () => Native): Native {
  const value: unknown = Object.entries(port).find(([name]) => name === field)?.[1];
  if (value instanceof type) return value;
  throw new Error(`easymidi has no ${field}`);
}
