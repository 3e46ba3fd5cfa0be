/** Apollo Server over the executor, with everything closed that is not used. */
import './telemetry-off.ts';
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { Deadlines } from '../kernel/serve/deadline.ts';
import { claimedCode } from '../kernel/serve/faults.ts';
import { faultFacts, type Log } from '../kernel/serve/log.ts';
import { Again } from './again.ts';
import { Beginning } from './begin.ts';
import { documentStore } from './caches.ts';
import type { GatewayContext } from './context.ts';
import { formatError } from './errors.ts';
import { PlanningBudget } from './execution/budget.ts';
import type { Executor } from './executor.ts';
import { libraryLog } from './library-log.ts';
import { MAX_TOKENS } from './limits.ts';
import { Texts } from './texts.ts';

export interface ApolloOptions {
  readonly executor: Executor;
  readonly deadlines: Deadlines;
  readonly log: Log;
  /** Of nobody else where left out. */
  readonly texts?: Texts;
}

export interface Apollo {
  readonly server: ApolloServer<GatewayContext>;
  /** What it has let in before. */
  readonly again: Again;
}

export function createApollo(options: ApolloOptions): Apollo {
  const { executor, deadlines, log, texts = new Texts(new PlanningBudget()) } = options;
  const begin = new Beginning(deadlines);
  const noted = (errors: readonly Error[], { requestId }: GatewayContext) => note(log, errors, requestId);
  const again = new Again(executor, begin, noted);
  const server = new ApolloServer<GatewayContext>({
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
    validationRules: [texts.begins],
    formatError,
    logger: libraryLog(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      watching({ begin, again, texts, noted }),
    ],
  });
  return { server, again };
}

interface Watching {
  readonly begin: Beginning;
  readonly again: Again;
  readonly texts: Texts;
  readonly noted: (errors: readonly Error[], context: GatewayContext) => void;
}

function watching({ begin, again, texts, noted }: Watching): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveSource: ({ source, contextValue: { text = source } }) =>
      text === source ? Promise.resolve() : Promise.reject(new Error('A text the door has not seen.')),
    validationDidStart: ({ document, contextValue: { tally } }) =>
      Promise.resolve(() => {
        texts.validated(document, tally);
        return Promise.resolve();
      }),
    async didResolveOperation(request) {
      const { schema, source, document, operation, contextValue } = request;
      texts.found(source, document);
      const variables = request.request.variables ?? {};
      await begin.allow({ schema, document, operation, variables }, contextValue.tally);
    },
    didEncounterErrors: ({ errors, contextValue }) => Promise.resolve(noted(errors, contextValue)),
    willSendResponse: (request) => Promise.resolve(again.keep(request)),
  };
  return {
    serverWillStart: () =>
      Promise.resolve({
        schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl }) => {
          again.over(apiSchema);
          texts.clear();
          begin.over(coreSupergraphSdl!);
        },
      }),
    requestDidStart: () => Promise.resolve(listener),
  };
}

/** Errors nobody foresaw; what a subgraph said of its own is in its log. */
function note(log: Log, errors: readonly Error[], requestId: string): void {
  for (const error of errors) {
    const known = error instanceof GraphQLError ? error : undefined;
    if (known && (known.extensions['serviceName'] !== undefined || claimedCode(known))) continue;
    log.error({ requestId, ...faultFacts(known?.originalError ?? error) }, 'request failed');
  }
}
