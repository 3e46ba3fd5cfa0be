/** Asks one subgraph, for the compiled executor and the stock one alike: darkness becomes an answer, and somebody may watch. */
import { Kind, parse } from 'graphql';
import { SubgraphUnavailable, type DataSource } from '../../kernel/serve/data-source.ts';
import type { SubgraphRequest, SubgraphResult } from '../../kernel/serve/execute.ts';
import type { Log } from '../../kernel/serve/log.ts';
import { callOf, type FetchObserver, type GatewayContext } from '../context.ts';

/** Rejects for a surprise only; a subgraph that is dark answers with SUBGRAPH_UNAVAILABLE. */
export type Ask = (
  subgraph: string,
  request: SubgraphRequest,
  context: GatewayContext,
) => Promise<SubgraphResult>;

export interface AskOptions {
  readonly sources: readonly DataSource[];
  readonly log: Log;
  readonly observe?: FetchObserver | undefined;
}

export function asking({ sources: all, log, observe }: AskOptions): Ask {
  const sources = new Map<string, DataSource>(all.map((source) => [source.name, source]));
  return async (subgraph, request, context) => {
    const call = callOf(context);
    const { requestId } = call;
    const source = sources.get(subgraph);
    if (!source) throw new Error(`The supergraph has a subgraph ${subgraph}, the configuration has none.`);
    const startedAt = performance.now();
    const result = await source.ask(request, call).then(
      (answered) => placed(answered, request.query),
      (error: unknown) => {
        if (!(error instanceof SubgraphUnavailable)) throw error;
        log.error({ requestId, subgraph: source.name, reason: error.reason }, 'subgraph unavailable');
        return placed(DARK, request.query);
      },
    );
    observe?.({
      subgraph: source.name,
      requestId,
      ms: performance.now() - startedAt,
      failed: result.errors !== undefined,
      bytes: () => Buffer.byteLength(JSON.stringify(result)),
    });
    return result;
  };
}

const DARK: SubgraphResult = {
  data: null,
  errors: [
    {
      message: '这部分数据暂时无法取得，请稍后再试。This part of the graph is not available at the moment.',
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    },
  ],
};

/** An error without a path spoke of the whole call: it is said of each field asked for, or once where entities hang. */
function placed(result: SubgraphResult, query: string): SubgraphResult {
  if (!result.errors?.some((error) => error.path === undefined)) return result;
  const keys = rootKeys(query);
  const paths = keys.includes('_entities') ? [[]] : keys.map((key) => [key]);
  const errors = result.errors.flatMap((error) =>
    error.path ? [error] : paths.map((path) => ({ ...error, path })),
  );
  return { ...result, errors };
}

function rootKeys(query: string): string[] {
  return parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection.alias?.value ?? selection.name.value] : [],
        )
      : [],
  );
}
