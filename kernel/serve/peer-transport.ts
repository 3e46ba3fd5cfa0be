/** Carries what a subgraph asks its neighbours, over the same data sources the gateway uses. */
import { randomUUID } from 'node:crypto';
import type { SubgraphName } from '../graph/subgraph.ts';
import type { PeerTransport } from '../peers.ts';
import { currentCall } from './current-call.ts';
import type { DataSource } from './data-source.ts';

/** `sourceOf` is asked at each call, so neighbours may be opened in any order. */
export function peerTransport(sourceOf: (name: SubgraphName) => DataSource): PeerTransport {
  return ({ to, query, variables, viewer }) =>
    sourceOf(to).ask({ query, variables }, { requestId: randomUUID(), ...onItsWay(), viewer });
}

/** What a call answers for goes on under its id and within its time; the asker is the subgraph itself. */
function onItsWay() {
  const call = currentCall();
  if (!call) return {};
  const { requestId, deadline } = call;
  return { requestId, ...(deadline !== undefined && { deadline }) };
}
