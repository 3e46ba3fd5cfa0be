/**
 * Plans an operation over the supergraph and asks the subgraphs. This is the seam: the rest of the gateway
 * knows only `createExecutor`, so a faster executor can take the place of the stock one.
 */
import './telemetry-off.ts';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptions } from '@apollo/server';
import { isScalarType, Kind, parse, type GraphQLSchema } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import type { Log } from '../kernel/serve/log.ts';
import { SubgraphUnavailable, type DataSource } from '../kernel/serve/data-source.ts';
import type { SubgraphRequest, SubgraphResult } from '../kernel/serve/execute.ts';
import { planStore } from './caches.ts';
import { callOf, type FetchObserver, type GatewayContext } from './context.ts';
import { libraryLog } from './library-log.ts';

/** What Apollo Server takes as its `gateway`. */
export type Executor = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>;

export interface ExecutorOptions {
  readonly supergraphSdl: string;
  readonly sources: readonly DataSource[];
  readonly log: Log;
  readonly observe?: FetchObserver | undefined;
}

type Call = Parameters<GraphQLDataSource<GatewayContext>['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Throws when the supergraph names a subgraph that has no source. */
export function createExecutor(options: ExecutorOptions): Executor {
  const sources = new Map<string, DataSource>(options.sources.map((source) => [source.name, source]));
  const gateway = new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    logger: libraryLog(options.log),
    queryPlannerConfig: { cache: planStore() },
    buildService: ({ name }) => {
      const source = sources.get(name);
      if (!source) throw new Error(`The supergraph has a subgraph ${name}, the configuration has none.`);
      return { process: (call) => answer(source, call as Call, options) };
    },
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => readScalars(apiSchema));
  return gateway;
}

/** A printed schema knows scalars by name only and takes anything for them, so a subgraph would have to refuse it. */
function readScalars(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of [GraphQLLocalDate, GraphQLDateTime]) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}

async function answer(source: DataSource, call: Call, { log, observe }: ExecutorOptions): Promise<Answer> {
  const asking = callOf(call.context as GatewayContext);
  const { requestId } = asking;
  const { query, variables, operationName } = call.request;
  const request: SubgraphRequest = { query: query ?? '', variables, operationName };
  const startedAt = performance.now();
  const result = await source.ask(request, asking).then(
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
