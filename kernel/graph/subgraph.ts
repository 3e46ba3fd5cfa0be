import type { GraphQLSchema } from 'graphql';
import type { Call } from '../rules/viewer.ts';

export const SUBGRAPH_NAMES = ['children', 'institutions', 'records', 'primary-link'] as const;
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** Something a subgraph can be asked how much there is of it, for those who run it. */
export interface Gauged {
  /** As in Prometheus, without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number>;
}

/** What the gateway, a peer or an HTTP front needs of a running subgraph. The same object serves all three. */
export interface Subgraph {
  readonly name: SubgraphName;
  /** Executable, with `_entities` and `_service`. */
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  /** A fresh context (the call, loaders) for one request. The caller vouches for the viewer. */
  context(call: Call): object;
  /** What it does by itself every minute, done now; absent where it does nothing. */
  tick?(): Promise<void>;
  /** SQL statements sent and transactions repeated since it was opened; for budgets and the bench. */
  readonly stats: { readonly statements: number; readonly retries: number };
  readonly gauges?: readonly Gauged[];
  /** Resolves when the database answers; rejects with the reason otherwise. */
  ready(): Promise<void>;
  /** Ends what it does by itself, which may ask neighbours; absent where that asks nobody. Closing ends it too. */
  rest?(): Promise<void>;
  close(): Promise<void>;
}
