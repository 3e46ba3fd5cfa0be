/**
 * What Apollo Server has let in once is answered past it from then on: the text has been parsed and found valid, the plan is
 * compiled, and of all its pipeline only what the operation costs is still to be decided. That pipeline took a sixth of a small
 * query. Whatever it would have something to say of, variables that do not fit for one, still goes through it.
 */
import type { GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import { LONGEST_KEPT_TEXT, Lru } from '../kernel/serve/lru.ts';
import type { Beginning } from './begin.ts';
import { DOCUMENT_BOUNDS } from './caches.ts';
import type { GatewayContext } from './context.ts';
import { formatError, type Answer } from './errors.ts';
import type { Admitted } from './execution/gateway.ts';
import type { Executor } from './executor.ts';
import type { PlainRequest } from './plain-request.ts';

type Kept = Admitted & { readonly named: string | null | undefined };

export interface Answered {
  readonly status: number;
  readonly answer: Answer;
}

export class Again {
  private schema: GraphQLSchema | undefined;
  private kept = new Lru<Kept>(DOCUMENT_BOUNDS);

  /** `noted` is told of an answer's errors. */
  constructor(
    private readonly executor: Pick<Executor, 'again'>,
    private readonly begin: Beginning,
    private readonly noted: (errors: readonly Error[], context: GatewayContext) => void,
  ) {}

  /** From now on operations are valid over this schema, or not at all. */
  over(schema: GraphQLSchema): void {
    this.schema = schema;
    this.kept = new Lru(DOCUMENT_BOUNDS);
  }

  /** Remembers a query that may be executed. Mutations are few, and all of them go the long way. */
  admit(request: GraphQLRequestContextDidResolveOperation<GatewayContext>): void {
    const { source, schema, document, operation, queryHash } = request;
    // It may have been let in while the supergraph was replaced.
    if (schema !== this.schema || operation?.operation !== OperationTypeNode.QUERY) return;
    if (source.length > LONGEST_KEPT_TEXT) return;
    const named = request.request.operationName;
    this.kept.set(source, { schema, document, operation, queryHash, named }, source.length);
  }

  /** Undefined where Apollo Server is to answer. Throws Refusal where the operation may not begin. */
  async answer(
    { query, operationName, variables = {} }: PlainRequest,
    context: GatewayContext,
  ): Promise<Answered | undefined> {
    const known = this.kept.get(query);
    if (!known || known.named !== operationName) return undefined;
    const run = this.executor.again?.(known, variables, context);
    if (!run) return undefined;
    const { schema, document, operation } = known;
    await this.begin.allow({ schema, document, operation, variables }, context.tally);
    const { data, errors } = await run();
    if (!errors) return { status: 200, answer: { data } };
    this.noted(errors, context);
    // Where there is not even null for the data, nothing was executed.
    return { status: data === undefined ? 400 : 200, answer: { data, errors: errors.map(formatted) } };
  }
}

/** In the words of Apollo Server, which formatError makes ours. */
const formatted = (error: Error) =>
  formatError(error instanceof GraphQLError ? error.toJSON() : { message: error.message });
