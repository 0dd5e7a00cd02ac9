import { InvalidArgumentError } from 'commander';
import { MAX_ROLES, ROLE_NAME } from '../music/roll.js';
import { didYouMean } from '../suggest.js';

/** Parsers for option values. What they refuse is a usage error: commander names the option, they the legal range. */

type Parser<T> = (text: string) => T;

export function numberBetween(low: number, high: number): Parser<number> {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a number from ${low} to ${high}.`);
  };
}

export function integerBetween(low: number, high: number): Parser<number> {
  return (text) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** Where a server may listen; 0 lets the system choose. */
export const networkPort: Parser<number> = integerBetween(0, 65_535);

/** Where a server is looked for. */
export const portInUse: Parser<number> = integerBetween(1, 65_535);

/** A machine and a port of it, as in studio.local:9000. Gathers what the option is given again and again. */
export function hostAndPort(text: string, before: readonly HostAndPort[] = []): readonly HostAndPort[] {
  const [, host, port] = /^(\[[^\]]+\]|[^:\s]+):(\d{1,5})$/.exec(text) ?? [];
  if (host !== undefined && Number(port) >= 1 && Number(port) <= 65_535)
    return [...before, { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }];
  throw new InvalidArgumentError('It must be HOST:PORT, as in 192.168.1.20:9000.');
}

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

export function oneOf<const T extends string>(...names: readonly T[]): Parser<T> {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`It must be ${orList(names)}.${didYouMean(text, names)}`);
  };
}

/** Parts of the music, as in `melody,chords`. */
export function roleNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const different = new Set(names.map((name) => name.toLowerCase())).size === names.length;
  if (names.length <= MAX_ROLES && different && names.every((name) => ROLE_NAME.test(name))) return names;
  throw new InvalidArgumentError(`It must be 1 to ${MAX_ROLES} different names, as in melody,chords.`);
}

/** More controllers than two hands. */
const MAX_CONTROLLERS = 8;

/** One more controller beside those named before; one that is named twice is one. */
export function controllerNames(name: string, before: readonly string[]): readonly string[] {
  const names = [...new Set([...before, name])];
  if (name.trim() !== '' && names.length <= MAX_CONTROLLERS) return names;
  throw new InvalidArgumentError(`It must be the name of a port, for at most ${MAX_CONTROLLERS} of them.`);
}

const orList = (names: readonly string[]): string =>
  names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
