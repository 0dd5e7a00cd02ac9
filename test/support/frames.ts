import { readFileSync } from 'node:fs';
import type { Random } from '#daimon/music/random.js';

/** A request, as the protocol's page shows each. */
export type Example = Readonly<Record<string, unknown>> & { readonly kind: string };

/** Every request that docs/protocol.md shows. */
export function exampleRequests(): readonly Example[] {
  const [, requests] = readFileSync('docs/protocol.md', 'utf8').split(/^## .* to .*$/m);
  return Array.from(requests!.matchAll(/```json\n(.*?)```/gs), ([, text]) => JSON.parse(text!) as Example);
}

/** Bytes go as a binary frame, a text as one of text. */
export type Frame = string | Uint8Array;

/** What no schema expects: ends of ranges, and what languages stumble over. */
const ODD: readonly unknown[] = [
  ...[0, -0, -1, 0.5, 1e-300, 1e308, 2 ** 31, 2 ** 53, 2 ** 64, null, true, '', 'x'.repeat(300), '\0', '\ud800'],
  ...['../../x', '%s%n', '__proto__', 'constructor', 'NaN', '1e999', '💥', [], {}, [[]], [null], { toString: 1 }],
];
const KEYS = ['kind', 'id', 'values', 'name', 'value', '__proto__', 'constructor', 'toString', 'length', 'then', ''];
const SIGNS = '{}[]":,.-+eE0123456789\\u\u0000\uffff\ud800 kindvaluestrbpm/*\'`';
/** Within a frame's 64 KiB, whatever it is made of. */
const LONGEST = 60_000;

/** Gives frames without end, the same for the same random numbers: good requests, nearly good ones, and rubbish. */
export function newFrames(random: Random, examples: readonly Example[]): () => Frame {
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)]!;
  const example = (): unknown => structuredClone(pick(examples));
  const text = (length: number): string => Array.from({ length }, () => SIGNS[random.below(SIGNS.length)]).join('');

  const edited = (): string => {
    let json = JSON.stringify(example());
    for (let edits = 1 + random.below(5); edits > 0; edits--) {
      const [at, take] = [random.below(json.length + 1), random.below(4)];
      json = json.slice(0, at) + text(random.below(4)) + json.slice(at + take);
    }
    return json;
  };

  /** Any tree, most often a small one. */
  const tree = (depth: number): unknown => {
    if (depth === 0 || random.below(3) > 0) return pick(ODD);
    const some = Array.from({ length: random.below(4) }, () => tree(depth - 1));
    return random.below(2) === 0 ? some : Object.fromEntries(some.map((value) => [pick(KEYS), value]));
  };

  /** One of its values, at any depth, is another; or a key is gone, or there is one more. */
  const changed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || random.below(4) === 0) return tree(4);
    if (Array.isArray(value)) {
      if (value.length === 0) return [tree(2)];
      const at = random.below(value.length);
      return value.map((each, i) => (i === at ? changed(each) : each));
    }
    const entries = Object.entries(value);
    const at = random.below(entries.length + 1);
    if (at === entries.length) return { ...value, [pick(KEYS)]: tree(3) };
    if (random.below(4) === 0) return Object.fromEntries(entries.filter((_, i) => i !== at));
    return Object.fromEntries(entries.map(([key, each], i) => [key, i === at ? changed(each) : each]));
  };

  const nested = (): string => {
    const open = pick(['[', '{"a":', '{"kind":"set","values":{"swing":[']);
    const times = random.below(Math.floor(LONGEST / 2 / open.length));
    return random.below(2) === 0 ? open.repeat(times) : `${open.repeat(times)}1${']'.repeat(times)}`;
  };

  const long = (): string =>
    pick([
      () =>
        JSON.stringify({
          kind: 'set',
          values: Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`p${i}`, i])),
        }),
      () => JSON.stringify({ kind: 'latent', values: Array.from({ length: 2000 }, () => random.uniform()) }),
      () => JSON.stringify({ kind: 'ping', id: 'x'.repeat(LONGEST - 100) }),
      () => text(random.below(20_000)),
    ])();

  /** How often of a thousand. */
  const makers: readonly (readonly [number, () => Frame])[] = [
    [250, () => JSON.stringify(example())],
    [300, () => JSON.stringify(changed(example()))],
    [250, edited],
    [98, () => JSON.stringify(tree(6)) ?? ''],
    [50, () => text(random.below(200))],
    [50, () => Uint8Array.from({ length: random.below(200) }, () => random.below(256))],
    [1, nested],
    [1, long],
  ];
  const total = makers.reduce((sum, [share]) => sum + share, 0);
  return () => {
    let at = random.below(total);
    for (const [share, make] of makers) {
      if (at < share) return make();
      at -= share;
    }
    return '';
  };
}
