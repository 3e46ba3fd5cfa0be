/**
 * How much planning one account may cause. Planning holds up everybody, so whoever sends a new text every time
 * gets a twentieth of a core (of each worker's, where there are several) and no more; operations that are known cost nothing.
 */
import { Lru } from '../../kernel/serve/lru.ts';

export interface Clock {
  /** Milliseconds that pass. */
  now(): number;
  /** Milliseconds of work of this process: on a busy machine those say more than the ones that pass. */
  worked(): number;
}

export const PROCESS_CLOCK: Clock = {
  now: () => performance.now(),
  worked: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** A client opens with some hundred operations at most; the generated ones of a browser's session are far fewer. */
const MOST_MS = 3_000;
const REFILL = 0.05;
const ACCOUNTS = { entries: 10_000, weight: 10_000 };

interface Account {
  /** Milliseconds it has left, and since when. */
  readonly left: number;
  readonly at: number;
}

export class PlanningBudget {
  private readonly accounts = new Lru<Account>(ACCOUNTS);

  constructor(private readonly clock: Clock = PROCESS_CLOCK) {}

  /** Has the account anything left? */
  allows(account: string): boolean {
    return this.left(account) > 0;
  }

  /** Does the work and charges what it took. */
  charge<T>(account: string, work: () => T): T {
    const before = this.clock.worked();
    try {
      return work();
    } finally {
      const left = this.left(account) - (this.clock.worked() - before);
      this.accounts.set(account, { left, at: this.clock.now() });
    }
  }

  private left(account: string): number {
    const known = this.accounts.get(account);
    if (!known) return MOST_MS;
    return Math.min(MOST_MS, known.left + (this.clock.now() - known.at) * REFILL);
  }
}
