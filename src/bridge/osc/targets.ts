import { DaimonError } from '../../errors.js';
import { type Millis, millis } from '../../music/units.js';
import { nameOf, type Peer } from './nearby.js';
import type { Sent } from './packet.js';
import type { Told } from './told.js';

export interface TargetLimits {
  /** A panel or two, a few programs, and some that were ended without a word. */
  readonly subscribers: number;
  /** How long one is told without asking anew. */
  readonly renewMs: number;
}

/** Somebody who is told what changes. */
export interface Target extends Peer {
  /** What stands there, by address: daimon said so, or it did itself. */
  readonly known: Map<string, string>;
  /** The port that it sends from, where that is known to be another. */
  from: number;
  /** Null for one that was named at the start, and stays. */
  until: Millis | null;
}

/** Who is told. */
export interface Targets {
  /** Those that are there at this time. */
  at(now: Millis): readonly Target[];
  /** Has a sender told at a port of its own. What was known there is told again: a packet may have been lost. */
  subscribe(sender: Peer, port: number, now: Millis): Target;
  unsubscribe(sender: Peer, port: number): void;
  /** What a sender has said itself it need not hear: a fader is not moved under the hand that moves it. */
  hear(sender: Peer, address: string, args: readonly Sent[]): void;
}

export function newTargets(fixed: readonly Peer[], limits: TargetLimits): Targets {
  const targets = new Map<string, Target>();
  const add = (peer: Peer, from: number, until: Millis | null): Target => {
    const target = { ...peer, from, until, known: new Map<string, string>() };
    targets.set(nameOf(peer), target);
    return target;
  };
  for (const peer of fixed) add(peer, peer.port, null);
  const drop = (now: Millis): void => {
    for (const [name, { until }] of targets) if (until !== null && until <= now) targets.delete(name);
  };
  return {
    at(now) {
      drop(now);
      return [...targets.values()];
    },
    subscribe({ address, port: from }, port, now) {
      drop(now);
      const until = millis(now + limits.renewMs);
      const before = targets.get(nameOf({ address, port }));
      if (before !== undefined) {
        before.from = from;
        if (before.until !== null) before.until = until;
        before.known.clear();
        return before;
      }
      if ([...targets.values()].filter((one) => one.until !== null).length >= limits.subscribers)
        throw new DaimonError(
          'protocol',
          `${limits.subscribers} programs have subscribed already, and one more can't: send /daimon/unsubscribe from one, or wait a minute.`,
        );
      return add({ address, port }, from, until);
    },
    unsubscribe({ address }, port) {
      const name = nameOf({ address, port });
      if (targets.get(name)?.until !== null) targets.delete(name);
    },
    hear({ address, port }, said, args) {
      for (const target of targets.values())
        if (target.address === address && (target.port === port || target.from === port))
          target.known.set(said, JSON.stringify(args));
    },
  };
}

/** What of it a target does not know yet, by what is told of it. */
export const newsFor = ({ known }: Target, told: readonly Told[]): readonly Told[] =>
  told.filter(({ stands, address, args }) => !stands || known.get(address) !== JSON.stringify(args));
