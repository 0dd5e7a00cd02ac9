import type * as NativeMidi from '@julusian/midi';
import { type MidiSystem, midiSystem } from './midi-system.js';
import { freeName, matchPort, type PortOpened, type PortWish } from './ports.js';

type Working = Extract<MidiSystem, { kind: 'works' }>;
type None = Extract<PortOpened, { kind: 'none' }>;

export type OpenOutput = None | { readonly kind: 'open'; readonly name: string; readonly native: NativeMidi.Output };
export type OpenInput = None | { readonly kind: 'open'; readonly name: string; readonly native: NativeMidi.Input };

/**
 * Opens an output by easymidi and gives the RtMidi port inside: easymidi's own `send` makes an array and an object
 * for each message, which the realtime thread may not.
 */
export async function openOutput(wish: PortWish): Promise<OpenOutput> {
  return open(wish, 'output', (name, isVirtual, { easymidi, native }) =>
    inner(new easymidi.Output(name, isVirtual), '_output', native.Output),
  );
}

/**
 * Opens an input by easymidi and gives the RtMidi port inside: easymidi drops the driver's time stamps. Every kind of
 * message passes, for the time stamps count from one message to the next.
 */
export async function openInput(wish: PortWish): Promise<OpenInput> {
  return open(wish, 'input', (name, isVirtual, { easymidi, native }) =>
    inner(new easymidi.Input(name, isVirtual), '_input', native.Input),
  );
}

async function open<Native>(
  wish: PortWish,
  direction: 'input' | 'output',
  make: (name: string, isVirtual: boolean, system: Working) => Native,
): Promise<None | { kind: 'open'; name: string; native: Native }> {
  const system = await midiSystem();
  if (system.kind === 'missing') return { kind: 'none', reason: system.reason };
  try {
    const { easymidi } = system;
    const isVirtual = wish.kind === 'virtual' && system.virtualPorts;
    if (isVirtual) {
      // a virtual output is an input to all others, and so stands among their inputs
      const name = freeName(wish.name, direction === 'output' ? easymidi.getInputs() : easymidi.getOutputs());
      return { kind: 'open', name, native: make(name, true, system) };
    }
    if (wish.kind === 'virtual') return { kind: 'none', reason: noVirtualPorts(direction) };
    const ports = direction === 'output' ? easymidi.getOutputs() : easymidi.getInputs();
    const match = matchPort(wish.name, ports, direction);
    return match.kind === 'none' ? match : { kind: 'open', name: match.name, native: make(match.name, false, system) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const reason = `The MIDI ${direction} '${wish.name}' could not be opened (${what}); close the program that holds it, or choose another.`;
    return { kind: 'none', reason };
  }
}

function noVirtualPorts(direction: 'input' | 'output'): string {
  const flag = direction === 'output' ? '--out' : '--in';
  return `Windows lets programs make no MIDI ports: make one with loopMIDI or Windows MIDI Services, then start daimon with ${flag} and its name.`;
}

function inner<Native>(port: object, field: string, type: abstract new () => Native): Native {
  const value: unknown = Object.entries(port).find(([name]) => name === field)?.[1];
  if (value instanceof type) return value;
  throw new Error(`easymidi has no ${field}`);
}
