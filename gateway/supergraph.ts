/**
 * The composed graph, printed by `npm run schema` and committed. It is read, not fetched, so the gateway
 * starts and lives while a subgraph is down.
 */
import { readFileSync } from 'node:fs';
import { projectFile } from '../kernel/paths.ts';

export function readSupergraph(path: string = projectFile('schema', 'supergraph.graphql')): string {
  return readFileSync(path, 'utf8');
}
