import type { Millis } from '../../music/units.js';
import { type Account, type Allowance, fullAccount, take } from './allowance.js';

/** A page left open with the token of yesterday asks again every few seconds, and shall not keep today's out. */
const WRONG: Allowance = { perSecond: 1, atOnce: 20 };

/** More than a house has devices; of more, those first seen are forgotten. */
const MAX_ADDRESSES = 1024;

/** How often each address came with a wrong token. */
export interface Attempts {
  /** Whether what it brings is looked at. */
  mayTry(address: string, now: Millis): boolean;
  failed(address: string, now: Millis): void;
}

export function newAttempts(): Attempts {
  const accounts = new Map<string, Account>();
  const after = (address: string, amount: number, now: Millis): Account =>
    take(WRONG, accounts.get(address) ?? fullAccount(WRONG, now), amount, now);
  return {
    mayTry: (address, now) => after(address, 0, now).left >= 1,
    failed: (address, now) => {
      accounts.set(address, after(address, 1, now));
      if (accounts.size > MAX_ADDRESSES) accounts.delete(accounts.keys().next().value ?? '');
    },
  };
}
