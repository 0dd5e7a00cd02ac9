import type { Edge } from '#daimon/transport/edge.js';

/** What a studio heard, one `TIME BYTES` a message: the times in ms, and the bytes in hexadecimal. */
export const timesOf = (wire: readonly string[]): readonly number[] => wire.map((each) => Number(each.split(' ')[0]));
export const bytesOf = (wire: readonly string[]): readonly string[] => wire.map((each) => each.split(' ')[1]!);

export const bytesOfEdge = ({ status, data1, data2 }: Edge): string => Buffer.of(status, data1, data2).toString('hex');

/** The channels and pitches that an instrument still plays. */
export function soundingAfter(wire: readonly string[]): readonly string[] {
  const sounding = new Set<string>();
  for (const message of bytesOf(wire)) {
    if (message.startsWith('9')) sounding.add(message.slice(1, 4));
    if (message.startsWith('8')) sounding.delete(message.slice(1, 4));
  }
  return [...sounding];
}
