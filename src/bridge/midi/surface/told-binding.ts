import { readAction } from './action.js';
import type { BindingKeys } from './binding-keys.js';
import type { Binding, Target } from './bindings.js';
import type { Source } from './control-source.js';

/** A binding as a map's file and the protocol tell it. */

const SOURCES = ['cc', 'cc14', 'nrpn', 'note', 'notes', 'bend', 'pressure', 'program'] as const;
const TARGETS = ['turns', 'asks', 'recalls'] as const;

/** A text is why there is no such binding, in a sentence. */
export function bindingOf(keys: BindingKeys): Binding | string {
  const source = sourceOf(keys);
  if (typeof source === 'string') return source;
  const target = targetOf(keys, source);
  return typeof target === 'string' ? target : { source, target };
}

function sourceOf(keys: BindingKeys): Source | string {
  const { cc, cc14, nrpn, note, notes, bend, pressure, program } = keys;
  const named = SOURCES.filter((name) => keys[name] !== undefined);
  if (named.length !== 1) return `it must have one of the keys ${SOURCES.join(', ')}, and just one.`;
  if (keys.relative !== undefined && cc === undefined) return 'relative goes with cc only.';
  const channel = keys.channel ?? null;
  if (cc !== undefined) return { kind: 'cc', number: cc, encoding: keys.relative ?? null, channel };
  if (cc14 !== undefined) return { kind: 'cc14', number: cc14, channel };
  if (nrpn !== undefined) return { kind: 'nrpn', number: nrpn, channel };
  if (bend !== undefined) return { kind: 'bend', channel };
  if (pressure !== undefined) return { kind: 'pressure', note: pressure === 'channel' ? null : pressure, channel };
  if (program !== undefined) return { kind: 'program', number: program === 'any' ? null : program, channel };
  const [low, high] = notes ?? [note ?? 0, note ?? 0];
  return low <= high ? { kind: 'note', low, high, channel } : `notes is [${low}, ${high}]; the lower key comes first.`;
}

function targetOf(keys: BindingKeys, source: Source): Target | string {
  const { turns, asks, lifts, recalls, from, to, root, momentary } = keys;
  const named = TARGETS.filter((name) => keys[name] !== undefined);
  if (named.length !== 1) return `it must have one of the keys ${TARGETS.join(', ')}, and just one.`;
  if (recalls !== undefined) return { kind: 'recall', first: keys.first ?? 1 };
  if (asks !== undefined) {
    const [request, lift] = [readAction(asks), lifts === undefined ? null : readAction(lifts)];
    if (typeof request === 'string') return `asks: ${request}`;
    return typeof lift === 'string' ? `lifts: ${lift}` : { kind: 'ask', request, lift };
  }
  if (source.kind === 'program') return 'a program turns nothing: use asks, or recalls.';
  return {
    kind: 'turn',
    path: turns ?? '',
    from: from ?? null,
    to: to ?? null,
    root: root ?? null,
    momentary: momentary ?? false,
  };
}

/** The keys by which `bindingOf` makes it again. */
export const keysOfBinding = ({ source, target }: Binding): BindingKeys => ({
  ...sourceKeys(source),
  ...(source.channel === null ? {} : { channel: source.channel }),
  ...targetKeys(target),
});

function sourceKeys(source: Source): BindingKeys {
  switch (source.kind) {
    case 'cc':
      return { cc: source.number, ...(source.encoding === null ? {} : { relative: source.encoding }) };
    case 'cc14':
      return { cc14: source.number };
    case 'nrpn':
      return { nrpn: source.number };
    case 'note':
      return source.low === source.high ? { note: source.low } : { notes: [source.low, source.high] };
    case 'bend':
      return { bend: true };
    case 'pressure':
      return { pressure: source.note ?? 'channel' };
    case 'program':
      return { program: source.number ?? 'any' };
  }
}

function targetKeys(target: Target): BindingKeys {
  switch (target.kind) {
    case 'turn': {
      const { path, from, to, root, momentary } = target;
      return {
        turns: path,
        ...(from === null ? {} : { from }),
        ...(to === null ? {} : { to }),
        ...(root === null ? {} : { root }),
        ...(momentary ? { momentary } : {}),
      };
    }
    case 'ask':
      return { asks: target.request, ...(target.lift === null ? {} : { lifts: target.lift }) };
    case 'recall':
      return { recalls: 'presets', ...(target.first === 1 ? {} : { first: target.first }) };
  }
}
