import type { SubgraphName } from '../kernel/graph/subgraph.ts';
import type { Viewer } from '../kernel/rules/viewer.ts';

/** One client request. Without a viewer only introspection is answered, and no subgraph is asked. */
export interface GatewayContext {
  readonly viewer?: Viewer;
  readonly requestId: string;
}

/** One call to a subgraph. `bytes` measures the answer and must be called before the observer returns. */
export interface FetchFacts {
  readonly subgraph: SubgraphName;
  readonly requestId: string;
  readonly ms: number;
  readonly failed: boolean;
  readonly bytes: () => number;
}
export type FetchObserver = (fetch: FetchFacts) => void;
