import { BlockList, isIPv4 } from 'node:net';

/** An address and a port of UDP. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** This machine and the networks that no router leads out of: RFC 1918, 3927, 4193, 4291 and 6598. */
const NEAR = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  NEAR.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  NEAR.addSubnet(network, bits, 'ipv6');
NEAR.addAddress('::1', 'ipv6');

/**
 * Whether a sender may be answered. Anyone can write another's address on a packet, and would have us send there: not
 * out of the house, whatever it says.
 */
export function isNear({ address, port }: Peer): boolean {
  const bare = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '');
  return port > 0 && NEAR.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6');
}

export const isLoopback = (address: string): boolean => address.startsWith('127.');

/** Whether a sender is heard: on this machine, or on one of those named. */
export const hearing =
  (named: readonly string[]) =>
  (address: string): boolean =>
    isLoopback(address) || named.includes(address);

export const nameOf = ({ address, port }: Peer): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
