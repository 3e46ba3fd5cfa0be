/** What a worker has borrowed of its clients' minutes. A client that was refused is refused here until its minute ends. */
import { setImmediate as turn } from 'node:timers/promises';
import { MINUTE_MS, rateOf, type Borrower, type Rates, type Spent } from './rates.ts';

/** Asks whoever keeps the minutes. */
export type Lender = (client: string, points: number, limit: number) => Promise<Spent>;

interface Borrowed {
  readonly minute: number;
  readonly until: number;
  /** What is left of it. */
  left: number;
  /** What the lender had left then, beside what it had lent. */
  beside: number;
  refused: boolean;
}

export function borrowedRates(lender: Lender, now: () => number = () => performance.now()): Rates & Borrower {
  const all = new Map<string, Borrowed>();
  const byMinute = new Map<number, Borrowed>();
  let swept = now();

  function take(key: string, points: number): Borrowed | undefined {
    const one = all.get(key);
    if (!one || one.until <= now() || (!one.refused && one.left < points)) return undefined;
    if (!one.refused) one.left -= points;
    return one;
  }

  function keep(key: string, { minute, ms, remaining, refused, lent }: Spent): Borrowed {
    const at = now();
    sweep(at);
    const known = byMinute.get(minute) ?? { minute, until: at + ms, left: 0, beside: 0, refused };
    known.left += lent;
    known.beside = remaining;
    known.refused ||= refused;
    all.set(key, known);
    byMinute.set(minute, known);
    return known;
  }

  function sweep(at: number): void {
    if (at - swept < MINUTE_MS) return;
    for (const [key, { until }] of all) if (until <= at) all.delete(key);
    for (const [minute, { until }] of byMinute) if (until <= at) byMinute.delete(minute);
    swept = at;
  }

  return {
    async spend(client, points, limit) {
      if (limit === Infinity) return undefined;
      const key = `${limit} ${client}`;
      const one = take(key, points) ?? keep(key, await lender(client, points, limit));
      const { left, beside, until, refused } = one;
      return rateOf(limit, { remaining: refused ? 0 : beside + left, ms: until - now(), refused });
    },
    async callBack(minute) {
      // What came with the same message has been kept before it is given back.
      await turn();
      const one = byMinute.get(minute);
      const left = one?.left ?? 0;
      if (one) one.left = 0;
      return left;
    },
  };
}
