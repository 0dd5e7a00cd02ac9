import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventually, Program } from './program.js';

/** Programs of others that play with daimon over ALSA: alsa-utils and the sequencer midish. */

const run = promisify(execFile);

interface AlsaPort {
  /** `128:0`. */
  readonly address: string;
  readonly name: string;
  readonly connected: boolean;
}

/** What `aconnect -l` lists. */
async function ports(): Promise<readonly AlsaPort[]> {
  const { stdout } = await run('aconnect', ['-l']);
  const found: AlsaPort[] = [];
  let client = '';
  for (const line of stdout.split('\n')) {
    client = /^client (\d+):/.exec(line)?.[1] ?? client;
    const port = /^ +(\d+) '(.*?) *'$/.exec(line);
    if (port !== null) found.push({ address: `${client}:${port[1]}`, name: port[2]!, connected: false });
    else if (/^\s+Connect/.test(line)) found.push({ ...found.pop()!, connected: true });
  }
  return found;
}

/** Names of ports that begin so. */
export const portsNamed = async (start: string): Promise<readonly string[]> =>
  (await ports()).map((port) => port.name).filter((name) => name.startsWith(start));

/** The address of a port, once it is there. */
export const addressOf = (name: string): Promise<string> =>
  eventually(`the port ${name}`, async () => (await ports()).find((port) => port.name === name)?.address ?? null);

const untilConnected = (name: string): Promise<true> =>
  eventually(`someone at ${name}`, async () =>
    (await ports()).some((port) => port.name === name && port.connected) ? true : null,
  );

/** arecordmidi at a port: its file, at 480 ticks a beat and 120 beats a minute, is whole once it has been ended by SIGINT. */
export async function recorder(port: string, file: string): Promise<Program> {
  const program = new Program('arecordmidi', ['-p', await addressOf(port), '-b', '120', '-t', '480', file]);
  await untilConnected(port);
  return program;
}

/** aseqdump at a port: what it says are the messages, line by line. */
export async function listener(port: string): Promise<Program> {
  const program = new Program('aseqdump', ['-p', await addressOf(port)]);
  await untilConnected(port);
  return program;
}

export interface Heard {
  readonly on: boolean;
  readonly channel: number;
  readonly pitch: number;
}

/** The notes in what aseqdump has said. */
export const heardBy = (dump: Program): readonly Heard[] =>
  [...dump.stdout.matchAll(/Note (on|off) +(\d+), note (\d+), velocity (\d+)/g)].map((match) => ({
    on: match[1] === 'on' && match[4] !== '0',
    channel: Number(match[2]),
    pitch: Number(match[3]),
  }));

/** Clock and transport in what aseqdump has said, as in `Start, 48 pulses, Stop, Song Position 128, Continue, 3 pulses`. */
export const transportHeardBy = (dump: Program): string =>
  [...dump.stdout.matchAll(/ (Start|Stop|Continue|Clock|Song position pointer)(?: +value (\d+))?$/gm)]
    .map(([, what, value]) => (what === 'Song position pointer' ? `Song Position ${value}` : what))
    .join(', ')
    .replace(/Clock(, Clock)*/g, (run) => `${run.split(', ').length} pulses`);

/** Notes that have begun and not ended. */
export function soundingIn(heard: readonly Heard[]): readonly string[] {
  const sounding = new Set<string>();
  for (const { on, channel, pitch } of heard) {
    if (on) sounding.add(`${channel}/${pitch}`);
    else sounding.delete(`${channel}/${pitch}`);
  }
  return [...sounding];
}

/** Waits until some notes have begun, and one has just now. Gives what has been heard by then. */
export const midNote = (dump: Program): Promise<readonly Heard[]> =>
  eventually('a note in full sound', () => {
    const heard = heardBy(dump);
    return heard.length > 8 && soundingIn(heard).length > 0 ? heard : null;
  });

/** Every on that was heard has had its off. What was sent before a port went may still be on its way. */
export const silence = (dump: Program, of: (voice: string) => boolean = () => true): Promise<true> =>
  eventually('every off', () => (soundingIn(heardBy(dump)).filter(of).length === 0 ? true : null));

/**
 * midish with its clock for a port, at bar 1: it sends Start and clock on `p`, Stop on `s`. It knows no song position.
 * With null for the port it has one of its own, `midish/0:default`, that others connect to; `i` opens it before `p`.
 */
export async function sequencer(port: string | null, bpm: number): Promise<Program> {
  const to = port === null ? 'nil' : `"${await addressOf(port)}"`;
  const program = new Program('midish', []);
  for (const line of [`dnew 0 ${to} wo`, 'dclktx {0}', `t ${bpm}`, 'g 0']) program.write(line);
  return program;
}

/** Sends raw bytes to a port, by amidi through a virtual raw MIDI device of the kernel. */
export async function sendBytes(port: string, hex: string): Promise<void> {
  const virtual = (await ports()).find(({ name }) => /^VirMIDI \d+-0$/.test(name));
  if (virtual === undefined) throw new Error('no virtual raw MIDI device: is snd-virmidi there?');
  const address = await addressOf(port);
  // connected already from an earlier time: aconnect minds, we don't
  await run('aconnect', [virtual.address, address]).catch(() => {});
  await run('amidi', ['-p', `hw:${/\d+/.exec(virtual.name)![0]},0`, '-S', hex]);
}

/** A controller: a virtual raw MIDI device of the kernel, whose sequencer port programs connect to by themselves. */
export interface Controller {
  /** Of its port. */
  readonly name: string;
  /** Says raw bytes, in hex. */
  say(hex: string): Promise<void>;
  /** What it is told, as amidi dumps it. */
  readonly told: Program;
}

/** `device` 1 to 3; the first is that of `sendBytes`. */
export async function controller(device: 1 | 2 | 3): Promise<Controller> {
  const found = (await ports()).find(({ name }) => new RegExp(`^VirMIDI \\d+-${device}$`).test(name));
  if (found === undefined) throw new Error('no virtual raw MIDI device: is snd-virmidi there?');
  const port = `hw:${/\d+/.exec(found.name)![0]},${device}`;
  return {
    name: found.name,
    say: async (hex) => void (await run('amidi', ['-p', port, '-S', hex])),
    told: new Program('amidi', ['-p', port, '-d']),
  };
}
