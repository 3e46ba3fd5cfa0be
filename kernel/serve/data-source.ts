/** How a subgraph is reached. In one process or over HTTP, whoever asks sees only this. */
import type { SubgraphName } from '../graph/subgraph.ts';
import type { Call } from '../rules/viewer.ts';
import type { SubgraphRequest, SubgraphResult } from './execute.ts';

export interface DataSource {
  readonly name: SubgraphName;
  /** Rejects with SubgraphUnavailable when no answer came; a refusal or fault of the subgraph is an answer. */
  ask(request: SubgraphRequest, call: Call): Promise<SubgraphResult>;
  close(): Promise<void>;
}

/** The reason is for the log: it may name a host, so it never reaches a client. */
export class SubgraphUnavailable extends Error {
  override readonly name = 'SubgraphUnavailable';
  constructor(
    readonly reason: string,
    /** Says it something of the subgraph, or only of how it was asked? A breaker counts the first. */
    readonly itsFault = true,
  ) {
    super('subgraph unavailable');
  }
}
