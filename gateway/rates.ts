/** How much of its minute a client has spent. In memory: each gateway counts for itself, and for all its workers. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

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

const MINUTE = 60;

export function createRates(): Rates {
  const limiters = new Map<number, RateLimiterMemory>();
  const limiterOf = (points: number) => {
    const limiter = limiters.get(points) ?? new RateLimiterMemory({ points, duration: MINUTE });
    limiters.set(points, limiter);
    return limiter;
  };
  return {
    async spend(client, points, limit) {
      if (limit === Infinity) return undefined;
      const { remainingPoints, msBeforeNext, refused } = await limiterOf(limit)
        .consume(client, points)
        .then((spent) => ({ ...facts(spent), refused: false }), refusedBy);
      return {
        limit,
        remaining: Math.max(0, remainingPoints),
        resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
        refused,
      };
    },
  };
}

const facts = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => ({ remainingPoints, msBeforeNext });

function refusedBy(reason: unknown) {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  return { ...facts(reason), refused: true };
}

/** One account, or one network where nobody is known: an IPv6 customer owns a whole /64. */
export function clientOf(account: string | undefined, address: () => string): string {
  if (account !== undefined) return `account ${account}`;
  const plain = address().replace(/^::ffff:/, '');
  return `address ${plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain}`;
}
