import { fault } from './graph/faults.ts';
import type { SubgraphName } from './graph/subgraph.ts';
import { NATION, type Call, type Viewer } from './rules/viewer.ts';

/** Sends one GraphQL request to a neighbour: in process or over HTTP, the caller cannot tell. */
export type PeerTransport = (request: PeerRequest) => Promise<PeerResponse>;

export interface PeerRequest {
  readonly to: SubgraphName;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer;
  /** The call it is asked for; absent in what a subgraph does by itself. */
  readonly call: Call | undefined;
}

export interface PeerResponse {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly unknown[] | undefined;
}

/** What a subgraph may ask its neighbours, always many at a time. */
export interface Peers {
  /** Entities by key, in the order of the keys; null where there is none. */
  entities<T>(
    to: SubgraphName,
    type: string,
    keys: readonly object[],
    selection: string,
  ): Promise<(T | null)[]>;
  ask<T>(to: SubgraphName, query: string, variables: Readonly<Record<string, unknown>>): Promise<T>;
  /** The same neighbours, asked while this call is answered: under its id, within its time, and with its viewer's eyes. */
  during(call: Call): Peers;
}

const KEYS_PER_CALL = 500;

/**
 * The neighbours of one subgraph. It asks as a SERVICE with its own name: what it may see is in the access rules
 * of the neighbour. Never called inside a transaction, since a slow neighbour would hold the locks.
 */
export function peersOf(name: SubgraphName, transport: PeerTransport, call?: Call): Peers {
  const viewer: Viewer = { account: `service:${name}`, role: 'SERVICE', area: NATION };
  const ask = async <T>(
    to: SubgraphName,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<T> => {
    const response = await transport({ to, query, variables, viewer, call }).catch(() => null);
    if (!response?.data || (response.errors?.length ?? 0) > 0) throw unavailable(to);
    return response.data as T;
  };
  return {
    ask,
    during: (its) => peersOf(name, transport, its),
    async entities<T>(to: SubgraphName, type: string, keys: readonly object[], selection: string) {
      const query = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { ${selection} } } }`;
      const found: (T | null)[] = [];
      for (let i = 0; i < keys.length; i += KEYS_PER_CALL) {
        const representations = keys.slice(i, i + KEYS_PER_CALL).map((key) => ({ __typename: type, ...key }));
        const data = await ask<{ _entities: (T | null)[] }>(to, query, { keys: representations });
        found.push(...data._entities);
      }
      return found;
    },
  };
}

/** The child, where the account is bound to it as a guardian: children knows who is, whoever has sent the key. */
export async function guardedChild(
  peers: Peers,
  account: string,
  id: string,
): Promise<{ readonly id: string } | null> {
  const keys = [{ id }];
  const [found] = await peers.entities<Guarded>('children', 'GuardedChild', keys, 'boundAccounts');
  return found?.boundAccounts.includes(account) ? { id } : null;
}

interface Guarded {
  readonly boundAccounts: readonly string[];
}

/**
 * The service of a subgraph: reads that all calls share, and acts, which ask neighbours. `during` gives the same for one
 * call, with neighbours asked on its behalf; those acts are made when the first of them is needed, since most calls only
 * read, and making them all costs more than a small query.
 */
export function serviceOf<Reads extends object, Deps extends { readonly peers: Peers }, Acts extends object>(
  reads: Reads,
  deps: Deps,
  actsOf: (deps: Deps) => Acts,
) {
  class Answering {
    #made: Acts | undefined;
    readonly #call: Call;
    constructor(call: Call) {
      this.#call = call;
    }
    static act(answering: Answering, name: keyof Acts): unknown {
      answering.#made ??= actsOf({ ...deps, peers: deps.peers.during(answering.#call) });
      return answering.#made[name];
    }
  }
  const acts = actsOf(deps);
  for (const name of Object.keys(acts) as (keyof Acts)[])
    Object.defineProperty(Answering.prototype, name, {
      get(this: Answering) {
        return Answering.act(this, name);
      },
    });
  Object.setPrototypeOf(Answering.prototype, reads);
  return { ...reads, ...acts, during: (call: Call) => new Answering(call) as unknown as Reads & Acts };
}

function unavailable(to: SubgraphName) {
  return fault(
    'SUBGRAPH_UNAVAILABLE',
    `子图 ${to} 暂不可用，请用同一幂等键重试。`,
    `${to} is not available; retry with the same idempotency key.`,
  );
}
