/** What is known of one request when it ends: for its headers, its log line and its metrics. */
import type { OperationTypeNode } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { Viewer } from '../kernel/rules/viewer.ts';
import type { Allowance } from './allowances.ts';
import type { Rate, Rates } from './rates.ts';
import { Refusal } from './refusal.ts';

/** What reading a request costs, whatever it asks. */
export const READ_POINTS = 10;
/** What a refused token costs its address, so that guessing is slow. */
export const REFUSED_TOKEN_POINTS = 500;

export class Tally {
  /** Of the operation alone, where it came so far. */
  cost: number | undefined;
  kind: OperationTypeNode | undefined;
  /** Only of an operation somebody filed; any other name is the caller's text. */
  name: string | undefined;
  rate: Rate | undefined;
  /** When its answer is of no use any more. */
  deadline: number | undefined;
  /** Seconds until it may come again, where it caused more work than its client may. */
  waits: number | undefined;
  /** Codes of its errors. */
  codes: readonly string[] = [];
  viewer: Viewer | undefined;
  /** Somebody wants to know of operations nobody filed, and this is one. */
  unfiled = false;

  private owed = 0;

  /** `client` is asked for when something is to be paid. */
  constructor(
    private readonly client: () => string,
    readonly allowance: Allowance,
    private readonly rates: Rates,
  ) {}

  /** `deadline`: when its answer is of no use any more, in Unix milliseconds. */
  begins(kind: OperationTypeNode, cost: number, deadline: number): void {
    this.kind = kind;
    this.cost = cost;
    this.deadline = deadline;
  }

  /** Who pays for reading and planning its text: nobody where nothing is counted, nor for what somebody we know has filed. */
  get payer(): string | undefined {
    return this.allowance.minute === Infinity || this.name !== undefined ? undefined : this.client();
  }

  /** Adds to what is to be paid. */
  owe(points: number): void {
    this.owed += points;
  }

  /** Pays what is owed. Throws Refusal where the client's minute is spent. */
  async settle(): Promise<void> {
    const points = this.owed;
    if (points === 0) return;
    this.owed = 0;
    this.rate = await this.rates.spend(this.client(), points, this.allowance.minute);
    if (this.rate?.refused) throw tooFast(this.rate);
  }

  /** Tells the client, in the headers of its answer, what it spent and what is left. */
  tellIn(res: Pick<ServerResponse, 'setHeader'>): void {
    const { rate, cost, waits } = this;
    if (cost !== undefined) res.setHeader('x-xueji-cost', cost);
    if (waits !== undefined) res.setHeader('retry-after', waits);
    if (!rate) return;
    res.setHeader('ratelimit-limit', rate.limit);
    res.setHeader('ratelimit-remaining', rate.remaining);
    res.setHeader('ratelimit-reset', rate.resetSeconds);
    if (rate.refused) res.setHeader('retry-after', rate.resetSeconds);
  }
}

const tooFast = ({ limit, resetSeconds }: Rate) =>
  new Refusal(
    429,
    'RATE_LIMITED',
    `每分钟费用最多 ${limit}，请 ${resetSeconds} 秒后再试。A cost of ${limit} a minute is allowed, try again in ${resetSeconds} seconds.`,
  );
