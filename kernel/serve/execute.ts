/**
 * The one way an operation runs in a subgraph, whether it came in process or over HTTP.
 * Parsed and validated documents are kept, because the gateway sends the same few texts again and again.
 */
import {
  GraphQLError,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Subgraph } from '../graph/subgraph.ts';
import type { Call } from '../rules/viewer.ts';
import { claimedCode, faultJson, INTERNAL_MESSAGE, type WireCode } from './faults.ts';
import { executable, type Executable } from './executable.ts';
import { createLog, faultFacts } from './log.ts';
import { TextCache, type LruBounds } from './lru.ts';
import { spanned } from './traces.ts';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

/** Without `data` the request was never executed: it did not parse, fit the schema, or name an operation. */
export interface SubgraphResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

type Checked = Executable | { readonly code: WireCode; readonly errors: readonly string[] };

const KEPT: LruBounds = { entries: 1_000, weight: 256 * 1024 };
const MAX_TOKENS = 20_000;
const TOO_LATE = '请求已超时，未开始处理。The request came too late and was not begun.';
const TOO_DEEP = '括号嵌套过深。Brackets are nested too deep.';
const documents = new WeakMap<GraphQLSchema, TextCache<Checked>>();
const log = createLog('subgraph');

/** Never rejects: a surprise becomes INTERNAL_SERVER_ERROR in the result, and its class and code go to the log. */
export async function executeSubgraph(
  subgraph: Subgraph,
  request: SubgraphRequest,
  call: Call,
  compiledAt?: number,
): Promise<SubgraphResult> {
  const { requestId, deadline = Infinity } = call;
  if (deadline <= Date.now()) return { errors: [faultJson('SUBGRAPH_UNAVAILABLE', TOO_LATE, requestId)] };
  const checked = checkedDocument(subgraph.schema, request.query, compiledAt);
  if ('errors' in checked) {
    return { errors: checked.errors.map((message) => faultJson(checked.code, message, requestId)) };
  }
  try {
    // Whatever is done on the viewer's behalf is written down with the request it was asked in.
    const contextValue = subgraph.context({ ...call, viewer: { ...call.viewer, requestId } });
    const result = await spanned('subgraph.execute', { 'xueji.subgraph': subgraph.name }, async () =>
      checked.execute(contextValue, request.variables ?? {}, request.operationName),
    );
    return resultJson(result, subgraph.name, requestId);
  } catch (error) {
    log.error({ subgraph: subgraph.name, requestId, ...faultFacts(error) }, 'request failed');
    return { errors: [faultJson('INTERNAL_SERVER_ERROR', INTERNAL_MESSAGE, requestId)] };
  }
}

function resultJson(result: ExecutionResult, subgraph: string, requestId: string): SubgraphResult {
  const { data, errors } = result;
  if (!errors) return { data: data ?? null };
  const faults = errors.map((error) => errorJson(error, subgraph, requestId));
  return data === undefined ? { errors: faults } : { data, errors: faults };
}

function errorJson(error: GraphQLError, subgraph: string, requestId: string): GraphQLFormattedError {
  const code = claimedCode(error);
  if (code) return faultJson(code, error.message, requestId, error.path);
  const facts = faultFacts(error.originalError ?? error);
  log.error({ subgraph, requestId, path: error.path, ...facts }, 'field failed');
  return faultJson('INTERNAL_SERVER_ERROR', INTERNAL_MESSAGE, requestId, error.path);
}

function checkedDocument(schema: GraphQLSchema, query: string, compiledAt?: number): Checked {
  let kept = documents.get(schema);
  if (!kept) documents.set(schema, (kept = new TextCache(KEPT)));
  return kept.recall(query, () => check(schema, query, compiledAt));
}

function check(schema: GraphQLSchema, query: string, compiledAt?: number): Checked {
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
    const errors = validate(schema, document).map(({ message }) => message);
    return errors.length > 0
      ? { code: 'GRAPHQL_VALIDATION_FAILED', errors }
      : executable(schema, document, compiledAt);
  } catch (error) {
    // Parser and validator descend once for each bracket.
    if (error instanceof RangeError) return { code: 'QUERY_LIMIT_EXCEEDED', errors: [TOO_DEEP] };
    if (!(error instanceof GraphQLError)) throw error;
    return { code: 'GRAPHQL_PARSE_FAILED', errors: [error.message] };
  }
}
