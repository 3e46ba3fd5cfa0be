/** A subgraph in this process: no wire, no token, the same execution as behind HTTP. */
import type { Subgraph } from '../graph/subgraph.ts';
import type { DataSource } from './data-source.ts';
import { executeSubgraph } from './execute.ts';

/** Closing it leaves the subgraph open: whoever opened that closes it. `compiledAt`: see executable.ts. */
export function inProcess(subgraph: Subgraph, compiledAt?: number): DataSource {
  return {
    name: subgraph.name,
    ask: (request, call) => executeSubgraph(subgraph, request, call, compiledAt),
    close: () => Promise.resolve(),
  };
}
