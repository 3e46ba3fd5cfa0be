import { describe, expect, it } from 'vitest';
import { CHECKED_FOR_MS, checkedTokens } from '../../gateway/checked-tokens.ts';

const START = Date.parse('2026-11-28T08:00:00Z');

/** An issuer whose answers can be changed, a clock, and how often the issuer was asked. */
function issuing(lasting: number) {
  const state = { at: START, asked: 0, holds: true };
  const claimsOf = checkedTokens(
    (token) => {
      state.asked++;
      if (!state.holds) return Promise.reject(new Error('does not hold'));
      return Promise.resolve({ claims: { account: token }, expiresAt: START + lasting });
    },
    () => state.at,
  );
  return { state, claimsOf };
}

describe('a token that held', () => {
  it('is checked once, and again after a minute', async () => {
    const { state, claimsOf } = issuing(10 * CHECKED_FOR_MS);
    expect(await claimsOf('one')).toEqual({ account: 'one' });
    state.at = START + CHECKED_FOR_MS - 1;
    expect(await claimsOf('one')).toEqual({ account: 'one' });
    expect(state.asked).toBe(1);
    state.at = START + CHECKED_FOR_MS;
    expect(await claimsOf('one')).toEqual({ account: 'one' });
    expect(state.asked).toBe(2);
  });

  it('is refused after a minute when its key was taken back', async () => {
    const { state, claimsOf } = issuing(10 * CHECKED_FOR_MS);
    await claimsOf('one');
    state.holds = false;
    state.at = START + CHECKED_FOR_MS;
    await expect(claimsOf('one')).rejects.toThrow('does not hold');
  });

  it('is checked again from the instant it expires', async () => {
    const { state, claimsOf } = issuing(5_000);
    await claimsOf('one');
    state.at = START + 4_999;
    await claimsOf('one');
    expect(state.asked).toBe(1);
    state.at = START + 5_000;
    await claimsOf('one');
    expect(state.asked).toBe(2);
  });

  it('says nothing of another', async () => {
    const { state, claimsOf } = issuing(5_000);
    await claimsOf('one');
    expect(await claimsOf('other')).toEqual({ account: 'other' });
    expect(state.asked).toBe(2);
  });

  it('is not remembered when it does not hold', async () => {
    const { state, claimsOf } = issuing(5_000);
    state.holds = false;
    await expect(claimsOf('one')).rejects.toThrow('does not hold');
    state.holds = true;
    expect(await claimsOf('one')).toEqual({ account: 'one' });
  });
});
