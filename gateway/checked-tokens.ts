/**
 * Tokens that held a moment ago. A client sends the same one with every request, and checking its signature each time
 * cost as much as planning and answering together. Its account is looked up every time all the same, so that whoever
 * is revoked is out at once.
 */
import { hash } from 'node:crypto';
import { Lru, type LruBounds } from '../kernel/serve/lru.ts';

export interface Checked<T extends object> {
  readonly claims: T;
  /** Unix milliseconds; it does not hold from then on, whatever is kept. */
  readonly expiresAt: number;
}

/** As late as this a key that its issuer took back is still believed. */
export const CHECKED_FOR_MS = 60_000;
const KEPT: LruBounds = { entries: 20_000, weight: 20_000 };

/** What is kept is found by the token's hash, so that no heap dump is a list of tokens. */
export function checkedTokens<T extends object>(
  check: (token: string) => Promise<Checked<T>>,
  now: () => number = Date.now,
): (token: string) => Promise<T> {
  const kept = new Lru<Checked<T>>(KEPT);
  return async (token) => {
    const key = hash('sha256', token, 'base64');
    const known = kept.get(key);
    if (known && now() < known.expiresAt) return known.claims;
    const { claims, expiresAt } = await check(token);
    kept.set(key, { claims, expiresAt: Math.min(expiresAt, now() + CHECKED_FOR_MS) });
    return claims;
  };
}
