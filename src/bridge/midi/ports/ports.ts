import { didYouMean } from '../../../suggest.js';

/** The port a user wants: one of our own that others connect to, or one that is there already. */
export type PortWish =
  | { readonly kind: 'virtual'; readonly name: string }
  | { readonly kind: 'existing'; readonly name: string };

export type Direction = 'input' | 'output';

/** What came of it. `reason` is one sentence that says why there is no port, and what to do. */
export type PortOpened =
  | {
      readonly kind: 'open';
      readonly name: string;
      /** Our connection to another's port, as `PortsSeen.links` has it; null where that is not known. */
      readonly link: string | null;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** The ports there are at a time. */
export interface PortsSeen {
  readonly names: readonly string[];
  /** The connections between ports; null where the system does not tell. */
  readonly links: ReadonlySet<string> | null;
}

export type PortMatch =
  | { readonly kind: 'match'; readonly name: string }
  | { readonly kind: 'none'; readonly reason: string };

export const OUT_PORT = 'Daimon Out';
export const IN_PORT = 'Daimon In';

/** `RtMidi Output Client:Daimon Out 128:0`, as ALSA's names come, is `Daimon Out`; other systems' names stay. */
export const shortName = (name: string): string => /^.*?:(.*) \d+:\d+$/.exec(name)?.[1] ?? name;

/** Whether two names, both numbered by the system, are the same but for that: ALSA and Windows number ports anew. */
function isSame(one: string, other: string, platform: NodeJS.Platform): boolean {
  const number = platform === 'linux' ? / \d+:\d+$/ : platform === 'win32' ? / \d+$/ : null;
  if (number === null || !number.test(one) || !number.test(other)) return false;
  return one.replace(number, '') === other.replace(number, '');
}

const isOurs = (name: string): boolean => /^Daimon (In|Out)( \d+)?$/.test(shortName(name));

/** The names of the ports that a handle sees, by its index; as easymidi numbers them where two are the same. */
export function portNames(handle: { getPortCount(): number; getPortName(port: number): string }): readonly string[] {
  const names: string[] = [];
  const count = handle.getPortCount();
  for (let i = 0; i < count; i++) {
    const name = handle.getPortName(i);
    let numbered = name;
    for (let n = 1; names.includes(numbered); n++) numbered = name + n;
    names.push(numbered);
  }
  return names;
}

/**
 * Whether an opened port is still there. One that went and came back between two looks may have its old name, but our
 * connection to it is lost.
 */
export function isThere(
  { name, link }: Extract<PortOpened, { kind: 'open' }>,
  { names, links }: PortsSeen,
  platform = process.platform,
): boolean {
  // Windows numbers ports through: a port's number changes when another goes
  const isListed = platform === 'win32' ? names.some((other) => isSame(other, name, platform)) : names.includes(name);
  return isListed && (link === null || links === null || links.has(link));
}

/** The first of `Daimon Out`, `Daimon Out 2`, ... that is not among the names. */
export function freeName(name: string, taken: readonly string[]): string {
  const short = new Set(taken.map(shortName));
  let free = name;
  for (let n = 2; short.has(free); n++) free = `${name} ${n}`;
  return free;
}

/**
 * The one port that a name, or a part of one, stands for; letter case does not matter. A whole name wins over a part.
 * A daimon's own ports are left out: it plays to none and follows none, least of all itself.
 */
export function matchPort(
  wanted: string,
  ports: readonly string[],
  direction: Direction,
  platform = process.platform,
): PortMatch {
  const others = ports.filter((port) => !isOurs(port));
  const asked = wanted.toLowerCase();
  const tests: readonly ((port: string) => boolean)[] = [
    (port) => port.toLowerCase() === asked,
    (port) => shortName(port).toLowerCase() === asked,
    (port) => port.toLowerCase().includes(asked),
    // a whole name with the number that it had another time
    (port) => isSame(port.toLowerCase(), asked, platform),
  ];
  for (const test of tests) {
    const found = others.filter(test);
    if (found.length === 1) return { kind: 'match', name: found[0] };
    if (found.length > 1) {
      const names = found.map((name) => `'${name}'`).join(', ');
      return {
        kind: 'none',
        reason: `More than one MIDI ${direction} is named like '${wanted}': say which of ${names}.`,
      };
    }
  }
  const hint = didYouMean(
    wanted,
    others.flatMap((port) => [shortName(port), port]),
  );
  const there = others.length === 0 ? 'there are none' : `there are ${others.map((name) => `'${name}'`).join(', ')}`;
  const reason = `No MIDI ${direction} is named like '${wanted}'; ${there}.${hint} Should it come, daimon takes it up.`;
  return { kind: 'none', reason };
}
