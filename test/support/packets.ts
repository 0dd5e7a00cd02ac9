import { type OscPacketInput, toBuffer } from 'osc-min';
import type { Random } from '#daimon/music/random.js';
import { CONTROLS } from './control.js';

export const message = (path: string, ...args: (number | string)[]) => ({ address: `/daimon/${path}`, args });

export function bytesOf(packet: OscPacketInput): Uint8Array {
  const { buffer, byteOffset, byteLength } = toBuffer(packet);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Good packets of every kind, but for these controls. */
const goodPackets = (leftOut: readonly string[]): readonly Uint8Array[] =>
  [
    ...CONTROLS.filter(({ path }) => !leftOut.includes(path)).map(({ path, default: value }) =>
      message(path, ...[value].flat()),
    ),
    ...['next', 'get', 'ping', 'subscribe', 'hold', 'set'].map((path) => message(path, 1, 2)),
    message('morph', 'plain', 0.5),
    { address: '/daimon/latent', args: [[1, 2, 'x'], true, null, 2n, new ArrayBuffer(3)] },
    { timetag: [0, 1] as [number, number], elements: [message('swing', 58), message('next')] },
  ].map(bytesOf);

/** Gives packets without end, the same for the same random numbers: good ones, a few bits from good ones, and rubbish. */
export function newPackets(random: Random, leftOut: readonly string[] = []): () => Uint8Array {
  const good = goodPackets(leftOut);
  let n = 0;
  return () => {
    let bytes = Uint8Array.from(good[random.below(good.length)]!);
    if (n % 4 === 0) bytes = Uint8Array.from({ length: random.below(64) }, () => random.below(256));
    for (let flips = random.below(6); flips > 0 && bytes.length > 0; flips--)
      bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    if (n % 7 === 0) bytes = bytes.slice(0, random.below(bytes.length + 1));
    n++;
    return bytes;
  };
}
