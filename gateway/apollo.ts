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
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Deadlines } from '../kernel/serve/deadline.ts';
import { claimedCode } from '../kernel/serve/faults.ts';
import { faultFacts, type Log } from '../kernel/serve/log.ts';
import { documentStore } from './caches.ts';
import type { GatewayContext } from './context.ts';
import { COST_LIMIT } from './allowances.ts';
import { Costs, overCost } from './cost.ts';
import { formatError } from './errors.ts';
import type { Executor } from './executor.ts';
import { libraryLog } from './library-log.ts';
import { MAX_TOKENS } from './limits.ts';
import { Refusal } from './refusal.ts';
import { readCosts } from './schema-costs.ts';

export interface ApolloOptions {
  readonly executor: Executor;
  readonly deadlines: Deadlines;
  readonly log: Log;
}

export function createApollo({ executor, deadlines, log }: ApolloOptions): ApolloServer<GatewayContext> {
  return new ApolloServer<GatewayContext>({
    gateway: executor,
    // Who may ask of the schema is decided at the door, viewer by viewer.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    documentStore: documentStore(),
    // Apollo hands on what it is given; the HTTP front writes it, when it has put the request's id into its errors.
    stringifyResult: (result) => result as unknown as string,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError,
    logger: libraryLog(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      watching({ deadlines, log }),
    ],
  });
}

function watching({ deadlines, log }: Omit<ApolloOptions, 'executor'>): ApolloServerPlugin<GatewayContext> {
  let costs = new Costs(new Map());
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: (request) => mayBegin(request, costs, deadlines),
    didEncounterErrors: ({ errors, contextValue }) => {
      for (const error of errors) {
        if (error.extensions['serviceName'] !== undefined || claimedCode(error)) continue;
        const facts = faultFacts(error.originalError ?? error);
        log.error({ requestId: contextValue.requestId, ...facts }, 'request failed');
      }
      return Promise.resolve();
    },
  };
  return {
    // Costs are the supergraph's, which may be replaced while serving.
    serverWillStart: () =>
      Promise.resolve({
        schemaDidLoadOrUpdate: ({ coreSupergraphSdl }) =>
          void (costs = new Costs(readCosts(coreSupergraphSdl!))),
      }),
    requestDidStart: () => Promise.resolve(listener),
  };
}

/**
 * The gateway would take an operation it cannot find, or of a kind the graph lacks, for a fault of its own;
 * and one that costs too much is not begun.
 */
async function mayBegin(
  {
    operation,
    schema,
    document,
    request,
    contextValue: { tally },
  }: GraphQLRequestContextDidResolveOperation<GatewayContext>,
  costs: Costs,
  deadlines: Deadlines,
): Promise<void> {
  if (!operation || !schema.getRootType(operation.operation)) {
    throw refusedWith(
      new Refusal(
        400,
        'OPERATION_RESOLUTION_FAILURE',
        '没有这个操作，请检查 operationName 和操作类型。No such operation, check operationName and its kind.',
      ),
    );
  }
  const cost = costs.of({ schema, document, operation, variables: request.variables ?? {} });
  if (tally) {
    const ms = operation.operation === OperationTypeNode.MUTATION ? deadlines.mutationMs : deadlines.queryMs;
    Object.assign(tally, { cost, kind: operation.operation, deadline: Date.now() + ms });
  }
  const refusal = overCost(cost, tally?.allowance.operation ?? COST_LIMIT);
  if (refusal) throw refusedWith(refusal);
  tally?.owe(cost);
  await tally?.settle().catch((error: unknown) => {
    throw error instanceof Refusal ? refusedWith(error) : error;
  });
}

const refusedWith = ({ status, code, message }: Refusal) =>
  new GraphQLError(message, { extensions: { code, http: { status, headers: new HeaderMap() } } });
