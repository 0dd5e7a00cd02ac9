import { type Millis, millis } from '../../music/units.js';

/** So much a second, and so much at once to whoever took nothing for a while (a token bucket). */
export interface Allowance {
  readonly perSecond: number;
  readonly atOnce: number;
}

/** What is asked of us: an allowance for each who asks, and one for all together. */
export interface Asked {
  /** Somebody new. What it gives takes an amount, and tells how long no more should be heard of them. */
  newcomer(at: Millis): (amount: number, at: Millis) => Millis;
}

export function newAsked(each: Allowance, all: Allowance, at: Millis): Asked {
  let shared = fullAccount(all, at);
  return {
    newcomer: (since) => {
      let own = fullAccount(each, since);
      return (amount, now) => {
        own = take(each, own, amount, now);
        shared = take(all, shared, amount, now);
        return millis(Math.max(owedFor(each, own), owedFor(all, shared)));
      };
    },
  };
}

/** What was left of an allowance at a time; below 0 it is owed. */
export interface Account {
  readonly left: number;
  readonly at: Millis;
}

export const fullAccount = ({ atOnce }: Allowance, at: Millis): Account => ({ left: atOnce, at });

/** Takes, also what is not there: but nobody comes to owe more than can be had at once. */
export function take({ perSecond, atOnce }: Allowance, { left, at }: Account, amount: number, now: Millis): Account {
  const there = Math.min(atOnce, left + ((now - at) * perSecond) / 1000);
  return { left: Math.max(-atOnce, there - amount), at: now };
}

/** How long until nothing is owed any more. */
export const owedFor = ({ perSecond }: Allowance, { left }: Account): Millis =>
  millis((1000 * Math.max(0, -left)) / perSecond);
