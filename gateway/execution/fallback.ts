/**
 * Why an operation goes to Apollo's executor. There is no third way: what is not compiled in full is not
 * compiled at all, and how often that is, and why, is counted.
 */
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
  compiled = 0;
  reshaped = 0;
  refused = 0;
  readonly fallbacks = new Map<FallbackReason, number>();

  fellBack(reason: FallbackReason): void {
    this.fallbacks.set(reason, (this.fallbacks.get(reason) ?? 0) + 1);
  }
}

const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Data travels in plain objects, where such a name would be found although nobody put it there. */
export function plainName(name: string): string {
  if (OF_EVERY_OBJECT.has(name)) throw new NotCompiled('name');
  return name;
}
