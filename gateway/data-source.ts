/** How the gateway reaches a subgraph. In one process or over HTTP, what stands above sees only this. */
import type { SubgraphName } from '../kernel/graph/subgraph.ts';
import type { Viewer } from '../kernel/rules/viewer.ts';
import type { SubgraphRequest, SubgraphResult } from '../kernel/serve/execute.ts';

/** One client request. Without a viewer only introspection is answered, and no subgraph is asked. */
export interface GatewayContext {
  readonly viewer?: Viewer;
  readonly requestId: string;
}

export interface DataSource {
  readonly name: SubgraphName;
  /** Rejects with SubgraphUnavailable when no answer came; a refusal or fault of the subgraph is an answer. */
  ask(request: SubgraphRequest, viewer: Viewer, requestId: string): Promise<SubgraphResult>;
  close(): Promise<void>;
}

/** The reason is for the log: it may name a host, so it never reaches a client. */
export class SubgraphUnavailable extends Error {
  override readonly name = 'SubgraphUnavailable';
  constructor(readonly reason: string) {
    super('subgraph unavailable');
  }
}

/** One call to a subgraph. `bytes` measures the answer and must be called before the observer returns. */
export interface FetchFacts {
  readonly subgraph: SubgraphName;
  readonly requestId: string;
  readonly ms: number;
  readonly failed: boolean;
  bytes(): number;
}
export type FetchObserver = (fetch: FetchFacts) => void;
