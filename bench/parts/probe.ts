import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { addressOf, portsNamed } from '../../test/support/alsa.js';
import { Program } from '../../test/support/program.js';

/** What arrived at a port, and when: ms of the kernel's monotonic clock, one clock for all probes. */
export interface Arrival {
  readonly time: number;
  readonly status: number;
  readonly data1: number;
  readonly data2: number;
}

/** A port that stamps what comes: one of the kernel's virtual raw MIDI devices, see probe.py. */
export interface Probe {
  readonly address: string;
  /** All that has come; what came in the last half second may be missing. */
  arrivals(): readonly Arrival[];
  close(): Promise<void>;
}

/** Opens the probe at the n-th virtual raw MIDI device, from 0. */
export async function openProbe(n: number): Promise<Probe> {
  const name = (await portsNamed('VirMIDI ')).toSorted()[n];
  if (name === undefined) throw new Error('no virtual raw MIDI device: as root, modprobe snd-virmidi');
  const [, card, device] = /^VirMIDI (\d+)-(\d+)/.exec(name)!;
  const python = process.env.PYTHON ?? '/usr/bin/python3';
  const program = new Program(python, ['bench/parts/probe.py', `/dev/snd/midiC${card}D${device}`]);
  await program.says(/listens/);
  return {
    address: await addressOf(name),
    arrivals: () => arrivalsIn(program.stdout),
    close: () => program.close(),
  };
}

function arrivalsIn(text: string): readonly Arrival[] {
  let running = 0;
  return [...text.matchAll(/^(\d+) ([0-9a-f]+)$/gm)].map(([, nanoseconds, hex]) => {
    const bytes = Buffer.from(hex!, 'hex');
    // the kernel leaves out a status that is the one before; the clock does not interrupt it
    const [status, data] = bytes[0]! >= 0x80 ? [bytes[0]!, bytes.subarray(1)] : [running, bytes];
    if (status < 0xf8) running = status;
    return { time: Number(nanoseconds) / 1e6, status, data1: data[0] ?? 0, data2: data[1] ?? 0 };
  });
}

/** Connects two ports, by address or by name, and parts them. */
export const connect = (from: string, to: string): Promise<void> => aconnect(from, to);
export const disconnect = (from: string, to: string): Promise<void> => aconnect(from, to, '-d');

async function aconnect(from: string, to: string, ...options: readonly string[]): Promise<void> {
  const address = (port: string): Promise<string> => (/^\d+:\d+$/.test(port) ? Promise.resolve(port) : addressOf(port));
  await promisify(execFile)('aconnect', [...options, await address(from), await address(to)]);
}

export const isOn = ({ status, data2 }: Arrival): boolean => status >> 4 === 0x9 && data2 > 0;
export const isOff = ({ status, data2 }: Arrival): boolean =>
  status >> 4 === 0x8 || (status >> 4 === 0x9 && data2 === 0);
