/**
 * Why an operation goes to Apollo's executor. There is no third way: what is not compiled in full is not
 * compiled at all, and how often that is, and why, is counted.
 */
import { executions } from '../../kernel/serve/metrics.ts';

export const FALLBACK_REASONS = {
  introspection: 'asks for __schema or __type',
  directive: 'has a directive other than @skip and @include',
  name: 'names a field like a property every JavaScript object has',
  condition: 'has a condition that is neither true nor false',
  planShape: 'has a plan with a step that is not compiled: a deferred one, or a subscription',
  rewrite: 'has a plan that renames fields or sets values in what is sent or received',
  size: 'would make too much code',
} as const;
export type FallbackReason = keyof typeof FALLBACK_REASONS;

/** Thrown while an operation is compiled; never leaves gateway/execution. */
export class NotCompiled extends Error {
  constructor(readonly reason: FallbackReason) {
    super(FALLBACK_REASONS[reason]);
  }
}

/**
 * Operations since the process began. `reshaped`: compiled, but the stock shaper had to say what was wrong with the
 * data. `refused`: never planned, since its account has caused too much of that.
 */
export class ExecutionCounts {
  readonly compiled = new Count('compiled');
  readonly reshaped = new Count('reshaped');
  readonly refused = new Count('refused');
  readonly fallbacks = new Map<FallbackReason, number>();

  fellBack(reason: FallbackReason): void {
    this.fallbacks.set(reason, (this.fallbacks.get(reason) ?? 0) + 1);
    executions.inc({ way: 'stock', reason });
  }
}

/** Counts here for one gateway, and in the metrics for the process. */
class Count {
  private count = 0;

  constructor(private readonly way: string) {}

  add(): void {
    this.count++;
    executions.inc({ way: this.way, reason: '' });
  }

  get total(): number {
    return this.count;
  }
}

const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Data travels in plain objects, where such a name would be found although nobody put it there. */
export function plainName(name: string): string {
  if (OF_EVERY_OBJECT.has(name)) throw new NotCompiled('name');
  return name;
}
