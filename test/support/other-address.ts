import { networkInterfaces } from 'node:os';

/** An address of this machine that counts as another device's way to it: any but 127.0.0.1 and ::1. */
export const OTHER_ADDRESS = otherAddress();

function otherAddress(): string {
  // all of 127.0.0.0/8 leads back to the machine, but on macOS
  if (process.platform !== 'darwin') return '127.0.0.2';
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const other = all.find(({ internal, family }) => !internal && family === 'IPv4');
  if (other === undefined)
    throw new Error('this Mac has no address but its own 127.0.0.1: sudo ifconfig lo0 alias 127.0.0.2');
  return other.address;
}
