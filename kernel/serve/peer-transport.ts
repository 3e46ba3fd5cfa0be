/** Carries what a subgraph asks its neighbours, over the same data sources the gateway uses. */
import { randomUUID } from 'node:crypto';
import type { SubgraphName } from '../graph/subgraph.ts';
import type { PeerTransport } from '../peers.ts';
import { seesSealed } from '../rules/sight.ts';
import type { Call, Viewer } from '../rules/viewer.ts';
import type { DataSource } from './data-source.ts';

/** `sourceOf` is asked at each call, so neighbours may be opened in any order. */
export function peerTransport(sourceOf: (name: SubgraphName) => DataSource): PeerTransport {
  return ({ to, query, variables, viewer, call }) =>
    sourceOf(to).ask(
      { query, variables },
      { requestId: randomUUID(), ...onItsWay(call), viewer: withEyes(viewer, query, call) },
    );
}

/** What a call answers for goes on under its id and within its time; the asker is the subgraph itself. */
function onItsWay(call: Call | undefined) {
  if (!call) return {};
  const { requestId, deadline } = call;
  return { requestId, ...(deadline !== undefined && { deadline }) };
}

/**
 * A subgraph that asks for somebody who may not see sealed children is told of none, whatever it asks. What it orders has been
 * decided by what it was told; and what it does by itself it does for every child.
 */
function withEyes(viewer: Viewer, query: string, call: Call | undefined): Viewer {
  return call && !seesSealed(call.viewer) && !query.startsWith('mutation')
    ? { ...viewer, rights: [] }
    : viewer;
}
