/**
 * Plans an operation over the supergraph and asks the subgraphs. This is the seam: the rest of the gateway
 * knows only `createExecutor`. What there is behind it is told in execution/README.md.
 */
import './telemetry-off.ts';
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { ApolloServerOptions } from '@apollo/server';
import { isScalarType, type GraphQLSchema } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { planStore } from './caches.ts';
import type { GatewayContext } from './context.ts';
import { asking, type AskOptions } from './execution/ask.ts';
import type { PlanningBudget } from './execution/budget.ts';
import { CompilingGateway } from './execution/gateway.ts';
import { libraryLog } from './library-log.ts';
import { supergraphFrom, type SupergraphSource } from './supergraph.ts';

/** What Apollo Server takes as its `gateway`, and what again.ts asks past it; Apollo's own has nothing for that. */
export type Executor = NonNullable<ApolloServerOptions<GatewayContext>['gateway']> &
  Partial<Pick<CompilingGateway, 'again'>>;

export interface ExecutorOptions extends AskOptions {
  readonly supergraph: SupergraphSource;
  /** Texts that are planned and compiled at start, and again before a new supergraph takes the place of the old. */
  readonly known?: readonly string[];
  readonly budget?: PlanningBudget;
  /** Apollo's own executor for every operation; the compiled one is compared with it. */
  readonly stock?: boolean;
}

/** Throws when the supergraph names a subgraph that has no source. */
export function createExecutor(options: ExecutorOptions): Executor {
  const ask = asking(options);
  const known = new Set<string>(options.sources.map(({ name }) => name));
  const config: GatewayConfig = {
    supergraphSdl: supergraphFrom(options.supergraph, options.log),
    logger: libraryLog(options.log),
    queryPlannerConfig: { cache: planStore() },
    buildService: ({ name }) => {
      if (!known.has(name))
        throw new Error(`The supergraph has a subgraph ${name}, the configuration has none.`);
      return {
        process: (call) => {
          const { query, variables, operationName } = call.request;
          const request = { query: query ?? '', variables, operationName };
          return ask(name, request, call.context as GatewayContext);
        },
      };
    },
  };
  const gateway = options.stock
    ? new ApolloGateway(config)
    : new CompilingGateway(config, ask, options.known, options.budget);
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
