/** What is known of one request when it ends: for its headers, its log line and its metrics. */
import type { OperationTypeNode } from 'graphql';
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
  /** Codes of its errors. */
  codes: readonly string[] = [];
  viewer: Viewer | undefined;
  /** Somebody wants to know of operations nobody filed, and this is one. */
  unfiled = false;

  constructor(
    readonly client: string,
    readonly allowance: Allowance,
    private readonly rates: Rates,
  ) {}

  /** Throws Refusal where the client's minute is spent. */
  async spend(points: number): Promise<void> {
    this.rate = await this.rates.spend(this.client, points, this.allowance.minute);
    if (this.rate?.refused) throw tooFast(this.rate);
  }

  headers(): Readonly<Record<string, string>> {
    const { rate, cost } = this;
    return {
      ...(cost !== undefined && { 'x-xueji-cost': String(cost) }),
      ...(rate && {
        'ratelimit-limit': String(rate.limit),
        'ratelimit-remaining': String(rate.remaining),
        'ratelimit-reset': String(rate.resetSeconds),
      }),
      ...(rate?.refused && { 'retry-after': String(rate.resetSeconds) }),
    };
  }
}

const tooFast = ({ limit, resetSeconds }: Rate) =>
  new Refusal(
    429,
    'RATE_LIMITED',
    `每分钟费用最多 ${limit}，请 ${resetSeconds} 秒后再试。A cost of ${limit} a minute is allowed, try again in ${resetSeconds} seconds.`,
  );
