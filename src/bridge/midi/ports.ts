import { didYouMean } from '../../suggest.js';

/** The port a user wants: one of our own that others connect to, or one that is there already. */
export type PortWish =
  | { readonly kind: 'virtual'; readonly name: string }
  | { readonly kind: 'existing'; readonly name: string };

/** What came of it. `reason` is one sentence that says why there is no port, and what to do. */
export type PortOpened =
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'none'; readonly reason: string };

export type PortMatch =
  | { readonly kind: 'match'; readonly name: string }
  | { readonly kind: 'none'; readonly reason: string };

export const OUT_PORT = 'Daimon Out';
export const IN_PORT = 'Daimon In';

/** `RtMidi Output Client:Daimon Out 128:0`, as ALSA's names come, is `Daimon Out`; other systems' names stay. */
export const shortName = (name: string): string => /^.*?:(.*) \d+:\d+$/.exec(name)?.[1] ?? name;

const isOurs = (name: string): boolean => /^Daimon (In|Out)( \d+)?$/.test(shortName(name));

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
export function matchPort(wanted: string, ports: readonly string[], direction: 'input' | 'output'): PortMatch {
  const others = ports.filter((port) => !isOurs(port));
  const asked = wanted.toLowerCase();
  const tests: readonly ((port: string) => boolean)[] = [
    (port) => port.toLowerCase() === asked,
    (port) => shortName(port).toLowerCase() === asked,
    (port) => port.toLowerCase().includes(asked),
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
  return { kind: 'none', reason: `No MIDI ${direction} is named like '${wanted}'; ${there}.${hint}` };
}
