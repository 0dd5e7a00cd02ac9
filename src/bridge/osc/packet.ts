import { fromBuffer, type OscArgOutput, type OscArgOutputOrArray, type OscPacketOutput, toBuffer } from 'osc-min';
import { DaimonError } from '../../errors.js';

/** What an OSC argument says. A list is what was sent in brackets. */
export type Argument = number | string | boolean | null | readonly Argument[];

/** A message that has come. */
export interface OscMessage {
  readonly address: string;
  readonly args: readonly Argument[];
}

/** An argument to be sent. */
export type Sent =
  | { readonly type: 'integer' | 'float' | 'double'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

/** A layout with a hundred controls, twice over; what it takes to read so many is no time. */
const MAX_MESSAGES = 256;

/**
 * The messages of a packet in the order in which they stand there, those of bundles among them; their time tags are
 * left aside. Null where it is no OSC. Throws `protocol` where it is OSC, but more or other than daimon reads.
 */
export function readPacket(bytes: Uint8Array): readonly OscMessage[] | null {
  let packet: OscPacketOutput;
  try {
    packet = fromBuffer(bytes);
  } catch {
    return null;
  }
  const messages: OscMessage[] = [];
  // a stack instead of calls: bundles may lie a thousand deep in each other
  for (const rest = [packet]; rest.length > 0; ) {
    const next = rest.pop()!;
    if (next.oscType === 'bundle') rest.push(...next.elements.reverse());
    else if (messages.length === MAX_MESSAGES) throw tooMany();
    else messages.push({ address: next.address, args: next.args.map(read) });
  }
  return messages;
}

export function writeMessage(address: string, args: readonly Sent[]): Uint8Array {
  const { buffer, byteOffset, byteLength } = toBuffer({ address, args: [...args] });
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A number as the musician meant it: 32 bits of 0.4 are 0.4000000059604645. The shortest that has these bits. */
export function shortest(float: number): number {
  for (const digits of [6, 7, 8]) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return float;
}

function read(arg: OscArgOutputOrArray): Argument {
  if (arg.type !== 'array') return readOne(arg);
  if (arg.value.some(({ type }) => type === 'array'))
    throw new DaimonError('protocol', 'A list within a list can be no value: send it flat.');
  return arg.value.map(read);
}

function readOne(arg: OscArgOutput): Argument {
  switch (arg.type) {
    case 'float':
      return shortest(arg.value);
    case 'integer':
    case 'double':
    case 'string':
    case 'symbol':
    case 'true':
    case 'false':
    case 'null':
      return arg.value;
    case 'bigint':
      return Number(arg.value);
    // an impulse: something is pressed
    case 'bang':
      return true;
    default:
      throw new DaimonError('protocol', `A ${arg.type} can be no value: send a number, a text, true, false or nil.`);
  }
}

const tooMany = (): DaimonError =>
  new DaimonError('protocol', `A bundle may have ${MAX_MESSAGES} messages: send it in parts.`);
