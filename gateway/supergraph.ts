/**
 * The composed graph, printed by `npm run schema` and committed. It is read, not fetched, so the gateway
 * starts and lives while a subgraph is down.
 */
import type { SupergraphSdlHook } from '@apollo/gateway';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { projectFile } from '../kernel/paths.ts';
import { faultFacts, type Log } from '../kernel/serve/log.ts';

export function readSupergraph(path: string = projectFile('schema', 'supergraph.graphql')): string {
  return readFileSync(path, 'utf8');
}

/** A text, or a file that is watched: when it is replaced, the gateway goes over to it without being started anew. */
export type SupergraphSource = string | { readonly path: string };

/** Looked at, not listened to: a mounted file is replaced by a link no listener hears of. */
const LOOK_EVERY_MS = 1_000;

/** Keeps the old one where the new one does not hold: a subgraph that is unknown, or half a file. */
export function supergraphFrom(source: SupergraphSource, log: Log): SupergraphSdlHook {
  return ({ update }) => {
    if (typeof source === 'string') return Promise.resolve({ supergraphSdl: source });
    const { path } = source;
    let current = readSupergraph(path);
    const look = () => {
      try {
        const next = readSupergraph(path);
        if (next === current) return;
        update(next);
        current = next;
        log.info('supergraph replaced');
      } catch (error) {
        log.error(faultFacts(error), 'supergraph not replaced, the old one stays');
      }
    };
    watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, look);
    const cleanup = () => Promise.resolve(unwatchFile(path, look));
    return Promise.resolve({ supergraphSdl: current, cleanup });
  };
}
