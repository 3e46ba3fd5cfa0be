/** The compiled executor and Apollo's over the same generated subgraphs, and what their answers have to share. */
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { Supergraph } from '@apollo/federation-internals';
import { parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { GatewayContext } from '../../../gateway/context.ts';
import { formatError } from '../../../gateway/errors.ts';
import { type CompilingGateway } from '../../../gateway/execution/gateway.ts';
import { createExecutor } from '../../../gateway/executor.ts';
import { SUBGRAPH_NAMES, type Subgraph } from '../../../kernel/graph/subgraph.ts';
import { projectFile } from '../../../kernel/paths.ts';
import { SubgraphUnavailable, type DataSource } from '../../../kernel/serve/data-source.ts';
import { executable } from '../../../kernel/serve/executable.ts';
import type { SubgraphResult } from '../../../kernel/serve/execute.ts';
import { inProcess } from '../../../kernel/serve/in-process.ts';
import { createLog } from '../../../kernel/serve/log.ts';
import { CLERK } from '../../gateway/fixture.ts';
import type { GeneratedOperation } from './operations.ts';
import { hashOf } from './random.ts';
import { generatedSubgraph, type SubgraphText, type Troubles } from './subgraphs.ts';

/** The four of the product, as they are printed. */
export const REAL_SUBGRAPHS: readonly SubgraphText[] = SUBGRAPH_NAMES.map((name) => ({
  name,
  sdl: readFileSync(projectFile('schema', 'subgraphs', `${name}.graphql`), 'utf8'),
}));

export interface Executors {
  readonly stock: ApolloServer<GatewayContext>;
  readonly compiled: ApolloServer<GatewayContext>;
  readonly counts: CompilingGateway['counts'];
  /** What a subgraph answered otherwise when its query was compiled. */
  readonly differences: readonly string[];
  /** Makes these subgraphs dark, and breaks so many values in a thousand, until told otherwise. */
  trouble(next: SourceTroubles): void;
  stop(): Promise<void>;
}

export interface SourceTroubles {
  readonly dark: ReadonlySet<string>;
  readonly broken: number;
}
const NO_TROUBLE: SourceTroubles = { dark: new Set(), broken: 0 };
/** Of a third of the operations a subgraph is dark, of another some values break the schema. */
export const TROUBLES: readonly SourceTroubles[] = [
  NO_TROUBLE,
  { ...NO_TROUBLE, dark: new Set(['institutions']) },
  { ...NO_TROUBLE, broken: 60 },
];

/** Neither limits nor costs: what is compared is execution. */
const QUIET = [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginUsageReportingDisabled()];

export async function bothExecutors(
  supergraphSdl: string,
  texts: readonly SubgraphText[],
  troubles: Troubles,
): Promise<Executors> {
  let now = NO_TROUBLE;
  const differences: string[] = [];
  const sources = texts.map((text) =>
    troubled(alike(generatedSubgraph(text, troubles), differences), () => now),
  );
  const log = createLog('test');
  const start = async (stock: boolean) => {
    const executor = createExecutor({ supergraph: supergraphSdl, sources, log, stock });
    const apollo = new ApolloServer<GatewayContext>({ gateway: executor, formatError, plugins: QUIET });
    await apollo.start();
    return { apollo, executor };
  };
  const [stock, compiled] = [await start(true), await start(false)];
  return {
    stock: stock.apollo,
    compiled: compiled.apollo,
    counts: (compiled.executor as CompilingGateway).counts,
    differences,
    trouble: (next) => void (now = next),
    stop: async () => {
      await stock.apollo.stop();
      await compiled.apollo.stop();
    },
  };
}

/** Asks a subgraph by graphql-js and compiled as well, and notes where they do not say the same. */
function alike(subgraph: Subgraph, differences: string[]): DataSource {
  // Both gateways are told the same: of errors that leave the same nothing behind, one or all may be told.
  const source = inProcess(subgraph, Infinity);
  return {
    ...source,
    ask: async (request, call) => {
      const document = parse(request.query);
      const [interpreted, compiled] = await Promise.all(
        [Infinity, 1].map(async (compiledAt) => {
          const { execute } = executable(subgraph.schema, document, compiledAt);
          return execute(subgraph.context(call), request.variables ?? {});
        }),
      );
      if (!sayTheSame(interpreted!, compiled!))
        differences.push(JSON.stringify({ query: request.query, interpreted, compiled }, null, 1));
      return source.ask(request, call);
    },
  };
}

/** The same data, and the same errors but for those of a place that an error has emptied already. */
function sayTheSame(interpreted: ExecutionResult, compiled: ExecutionResult): boolean {
  const spelled = ({ errors = [] }: ExecutionResult) =>
    new Set(errors.map(({ message, path = [] }) => `${path.join('.')} ${message}`));
  const [expected, came] = [spelled(interpreted), spelled(compiled)];
  const extra = (compiled.errors ?? []).filter(
    ({ message, path = [] }) => !expected.has(`${path.join('.')} ${message}`),
  );
  return (
    isDeepStrictEqual(plain(interpreted.data), plain(compiled.data)) &&
    [...expected].every((one) => came.has(one)) &&
    extra.every(({ path = [] }) => isMissing(interpreted.data, path.slice(0, -1)))
  );
}

const plain = (data: unknown): unknown => JSON.parse(JSON.stringify(data ?? null));

/** Is there nothing at the place, or above it? */
export function isMissing(data: unknown, place: readonly (string | number)[]): boolean {
  let value = data;
  for (const key of place) {
    if (value === null || value === undefined) return true;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value === null || value === undefined;
}

/** Answers as the source does, but for what `now` says at the moment. */
export function troubled(source: DataSource, now: () => SourceTroubles): DataSource {
  return {
    ...source,
    ask: async (request, call) => {
      if (now().dark.has(source.name)) throw new SubgraphUnavailable('told to be dark');
      // As over HTTP: what a gateway gets is its own to change.
      const result = JSON.parse(JSON.stringify(await source.ask(request, call))) as SubgraphResult;
      return now().broken > 0
        ? { ...result, data: broken(result.data, now().broken) as SubgraphResult['data'] & object }
        : result;
    },
  };
}

/** Values a subgraph had no right to give, chosen by the value, so that every executor meets the same. */
function broken(value: unknown, inThousand: number): unknown {
  if (Array.isArray(value)) return value.map((item) => broken(item, inThousand));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '__typename' ? inner : broken(inner, inThousand),
      ]),
    );
  const hash = hashOf(JSON.stringify(value) ?? '');
  return hash % 1_000 < inThousand ? [null, 7.5, true, 'X'][hash % 4] : value;
}

export const CONTEXT: GatewayContext = { viewer: CLERK, requestId: 'generated-0001' };

export async function answerOf(
  apollo: ApolloServer<GatewayContext>,
  { query, variables }: GeneratedOperation,
) {
  const { body } = await apollo.executeOperation({ query, variables }, { contextValue: CONTEXT });
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  const { data, errors = [], extensions } = body.singleResult;
  const faults = errors.map(
    ({ path, extensions: said }) => `${String(said?.['code'])} ${JSON.stringify(path)}`,
  );
  return JSON.parse(JSON.stringify({ data, faults: faults.sort(), extensions })) as Answer;
}

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly faults: readonly string[];
  readonly extensions?: unknown;
}

/** What a client of the supergraph sees. */
export const schemaOf = (supergraphSdl: string): GraphQLSchema =>
  Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
