/**
 * How much one client may make us read, validate and plan. That holds up everybody, so whoever sends a new text every time
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

  /** Whole seconds until a client that has nothing left has something again, at least one. */
  waits(account: string): number {
    return Math.max(1, Math.ceil(-this.left(account) / REFILL / 1_000));
  }

  /** Does the work and charges what it took. */
  charge<T>(account: string, work: () => T): T {
    const before = this.worked();
    try {
      return work();
    } finally {
      this.took(account, this.worked() - before);
    }
  }

  /** Charges so many milliseconds of work. */
  took(account: string, ms: number): void {
    this.accounts.set(account, { left: this.left(account) - ms, at: this.clock.now() });
  }

  /** See Clock. */
  worked(): number {
    return this.clock.worked();
  }

  private left(account: string): number {
    const known = this.accounts.get(account);
    if (!known) return MOST_MS;
    return Math.min(MOST_MS, known.left + (this.clock.now() - known.at) * REFILL);
  }
}

export const TOO_MANY_TEXTS =
  '新的操作文本过多，请重复使用相同的文本并用变量传值。Too many new operation texts: send the same text again, with variables.';
