/** What stands between whoever asks and a subgraph: a bound on calls at once, a breaker, a span. */
import { bounded } from './bounded.ts';
import { BREAKER, withBreaker, type BreakerOptions } from './breaker.ts';
import type { DataSource } from './data-source.ts';
import { traced } from './traces.ts';

export const protectedSource = (source: DataSource, breaker: BreakerOptions = BREAKER): DataSource =>
  withBreaker(bounded(traced(source)), breaker);
