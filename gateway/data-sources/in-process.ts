/** A subgraph in this process: no wire, no token, the same execution as behind HTTP. */
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import type { DataSource } from '../data-source.ts';

/** Closing it leaves the subgraph open: whoever opened that closes it. */
export function inProcess(subgraph: Subgraph): DataSource {
  return {
    name: subgraph.name,
    ask: (request, viewer, requestId) => executeSubgraph(subgraph, request, viewer, requestId),
    close: () => Promise.resolve(),
  };
}
