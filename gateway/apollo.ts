/** Apollo Server over the executor, with everything closed that is not used. */
import './telemetry-off.ts';
import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
  type GraphQLRequestContextDidResolveOperation,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import { claimedCode, type WireCode } from '../kernel/serve/faults.ts';
import { faultFacts, type Log } from '../kernel/serve/log.ts';
import { documentStore } from './caches.ts';
import type { GatewayContext } from './context.ts';
import { overCost } from './cost.ts';
import { formatError } from './errors.ts';
import type { Executor } from './executor.ts';
import { libraryLog } from './library-log.ts';
import { MAX_TOKENS } from './limits.ts';
import type { SchemaCosts } from './schema-costs.ts';

export interface ApolloOptions {
  readonly executor: Executor;
  readonly introspection: boolean;
  /** Leaves out "Did you mean ..." so that the schema cannot be guessed out of it. */
  readonly hideSchema: boolean;
  readonly costs: SchemaCosts;
  readonly log: Log;
}

export function createApollo({
  executor,
  introspection,
  hideSchema,
  costs,
  log,
}: ApolloOptions): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    gateway: executor,
    introspection,
    hideSchemaDetailsFromClientErrors: hideSchema,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    documentStore: documentStore(),
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError,
    logger: libraryLog(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      watching(log, costs),
    ],
  });
}

function watching(log: Log, costs: SchemaCosts): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: (request) => Promise.resolve(mayBegin(request, costs)),
    didEncounterErrors: ({ errors, contextValue, operationName }) => {
      for (const error of errors) {
        if (error.extensions['serviceName'] !== undefined || claimedCode(error)) continue;
        const facts = faultFacts(error.originalError ?? error);
        log.error(
          { requestId: contextValue.requestId, operationName, path: error.path, ...facts },
          'request failed',
        );
      }
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

/**
 * The gateway would take an operation it cannot find, or of a kind the graph lacks, for a fault of its own;
 * and one that costs too much is not begun.
 */
function mayBegin(
  { operation, schema, document, request }: GraphQLRequestContextDidResolveOperation<GatewayContext>,
  costs: SchemaCosts,
): void {
  if (!operation || !schema.getRootType(operation.operation)) {
    throw badRequest(
      'OPERATION_RESOLUTION_FAILURE',
      '没有这个操作，请检查 operationName 和操作类型。No such operation, check operationName and its kind.',
    );
  }
  const refusal = overCost({ schema, document, operation, variables: request.variables ?? {}, costs });
  if (refusal) throw badRequest(refusal.code, refusal.message);
}

const badRequest = (code: WireCode, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status: 400, headers: new HeaderMap() } } });
