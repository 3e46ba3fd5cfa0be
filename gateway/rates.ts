/**
 * How much of its minute each client has spent, in memory. A worker borrows a part of what is left of a client's minute and
 * spends that by itself; before anybody is refused, what lies unspent is called back. So the workers together let through what
 * one would, and not a point more.
 */
import { setImmediate as turn } from 'node:timers/promises';

export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the minute begins anew, at least one. */
  readonly resetSeconds: number;
  readonly refused: boolean;
}

export interface Rates {
  /** Takes the points off the client's minute; undefined where it has no limit. */
  spend(client: string, points: number, limit: number): Promise<Rate | undefined>;
}

/** Somebody who was lent of a client's minute. */
export interface Borrower {
  /** What is unspent of it; the borrower has it no more. */
  callBack(minute: number): Promise<number>;
}

export interface Spent {
  /** The number of the client's minute. */
  readonly minute: number;
  /** Milliseconds it still lasts. */
  readonly ms: number;
  readonly remaining: number;
  readonly refused: boolean;
  /** What the borrower may spend of it by itself. */
  readonly lent: number;
}

export interface Minutes {
  spend(client: string, points: number, limit: number, borrower?: Borrower): Promise<Spent>;
}

interface Minute {
  readonly number: number;
  readonly until: number;
  /** What is lent counts as spent. Beyond the limit once somebody has been refused: that counts, too. */
  spent: number;
  readonly lentTo: Set<Borrower>;
  /** From then on nothing is lent. */
  callingBack?: Promise<void>;
}

export const MINUTE_MS = 60_000;
/** Ten small requests; less is not worth the lending. */
const LEAST_LENT = 100;

/** `borrowers` is how many there may be at a time. */
export function createMinutes(borrowers = 1, now: () => number = () => performance.now()): Minutes {
  const minutes = new Map<string, Minute>();
  let count = 0;
  let swept = now();

  function minuteOf(key: string): Minute {
    const at = now();
    if (at - swept > MINUTE_MS) {
      for (const [old, { until }] of minutes) if (until <= at) minutes.delete(old);
      swept = at;
    }
    const known = minutes.get(key);
    if (known && known.until > at) return known;
    const begun = { number: ++count, until: at + MINUTE_MS, spent: 0, lentTo: new Set<Borrower>() };
    minutes.set(key, begun);
    return begun;
  }

  return {
    async spend(client, points, limit, borrower) {
      const key = `${limit} ${client}`;
      let minute = minuteOf(key);
      while (minute.spent + points > limit && minute.lentTo.size > 0) {
        await (minute.callingBack ??= callBack(minute));
        minute = minuteOf(key);
      }
      minute.spent += points;
      const left = limit - minute.spent;
      const lent = borrower && !minute.callingBack ? lendable(left, borrowers) : 0;
      if (lent > 0) minute.lentTo.add(borrower!);
      minute.spent += lent;
      return {
        minute: minute.number,
        ms: minute.until - now(),
        remaining: Math.max(0, left - lent),
        refused: left < 0,
        lent,
      };
    },
  };
}

/** So much that each of them can have as much, and the last still finds half of it. */
function lendable(left: number, borrowers: number): number {
  const part = Math.floor(left / (2 * borrowers));
  return part < LEAST_LENT ? 0 : part;
}

/** Whoever does not answer keeps it, and it counts as spent. */
async function callBack(minute: Minute): Promise<void> {
  // What was lent in this turn is on its way before it is called back.
  await turn();
  const unspent = [...minute.lentTo].map((borrower) => borrower.callBack(minute.number).catch(() => 0));
  for (const points of await Promise.all(unspent)) minute.spent -= points;
  minute.lentTo.clear();
}

/** Where nobody borrows. */
export function createRates(minutes: Minutes = createMinutes()): Rates {
  return {
    async spend(client, points, limit) {
      if (limit === Infinity) return undefined;
      return rateOf(limit, await minutes.spend(client, points, limit));
    },
  };
}

export const rateOf = (limit: number, { remaining, ms, refused }: Omit<Spent, 'minute' | 'lent'>): Rate => ({
  limit,
  remaining,
  resetSeconds: Math.max(1, Math.ceil(ms / 1000)),
  refused,
});

/** One account, or one network where nobody is known: an IPv6 customer owns a whole /64. */
export function clientOf(account: string | undefined, address: () => string): string {
  if (account !== undefined) return `account ${account}`;
  const plain = address().replace(/^::ffff:/, '');
  return `address ${plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain}`;
}
