import type { SubgraphName } from '../kernel/graph/subgraph.ts';
import type { Purpose } from '../kernel/rules/purposes.ts';
import type { Call, Viewer } from '../kernel/rules/viewer.ts';
import type { Tally } from './tally.ts';

/** One client request. Without a viewer only introspection is answered, and no subgraph is asked. */
export interface GatewayContext {
  readonly viewer?: Viewer;
  /** What personal data is asked for, where it was stated. */
  readonly purpose?: Purpose | undefined;
  readonly requestId: string;
  /** The text the door has let in, empty where there was none; absent where no door stands before. */
  readonly text?: string;
  /** What is counted of it on its way; absent where nobody counts. */
  readonly tally?: Tally;
}

/** The request as it goes on to the subgraphs. Throws where nobody asks, since then none may be asked. */
export function callOf({ viewer, requestId, purpose, tally }: GatewayContext): Call {
  if (!viewer) throw new Error('A subgraph was to be asked for nobody.');
  const deadline = tally?.deadline;
  return { viewer, requestId, purpose, ...(deadline !== undefined && { deadline }) };
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
