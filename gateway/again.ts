/**
 * What Apollo Server has answered once is answered past it from then on: the text has been parsed and found valid, the plan is
 * compiled, and of all its pipeline only what the operation costs is still to be decided. The rest took two fifths of a small query.
 */
import type { GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import { LONGEST_KEPT_TEXT, Lru } from '../kernel/serve/lru.ts';
import { isRecord } from '../kernel/serve/plain-json.ts';
import type { Beginning } from './begin.ts';
import { DOCUMENT_BOUNDS } from './caches.ts';
import type { GatewayContext } from './context.ts';
import { formatError, type Answer } from './errors.ts';
import type { Admitted } from './execution/gateway.ts';
import type { Executor } from './executor.ts';
import type { PlainRequest } from './plain-request.ts';

type Kept = Admitted & { readonly document: DocumentNode };

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

  get size(): number {
    return this.kept.size;
  }

  /** Keeps the one query of a text, once it is compiled. Mutations are few, and all of them go the long way. */
  keep(request: GraphQLRequestContextWillSendResponse<GatewayContext>): void {
    const { source, schema, document, operation, queryHash, contextValue } = request;
    // It may have been let in while the supergraph was replaced.
    if (schema !== this.schema || !document || operation?.operation !== OperationTypeNode.QUERY) return;
    // Nothing is kept for anybody who may be everybody.
    if (!contextValue.viewer || source.length > LONGEST_KEPT_TEXT || !isAlone(document)) return;
    const kept = { schema, document, operation, queryHash };
    if (this.executor.again?.(kept)) this.kept.set(source, kept, source.length);
  }

  /** Undefined where Apollo Server is to answer; never rejects. */
  async answer(
    { query, operationName, variables = {} }: PlainRequest,
    context: GatewayContext,
  ): Promise<Answered | undefined> {
    const kept = this.kept.get(query);
    if (!kept || !isNamed(kept, operationName)) return undefined;
    const run = this.executor.again?.(kept);
    if (!run) return undefined;
    try {
      // Nothing is read of the variables but what decides the cost, before that is paid.
      await this.begin.allow({ ...kept, variables }, context.tally);
      const { data, errors } = await run(variables, context);
      if (!errors) return { status: 200, answer: { data } };
      // Where there is not even null for the data, nothing was executed.
      return this.withErrors(errors, { data, status: data === undefined ? 400 : 200 }, context);
    } catch (error) {
      return this.withErrors([error as Error], { status: statusOf(error) }, context);
    }
  }

  private withErrors(
    errors: readonly Error[],
    { status, data }: { readonly status: number; readonly data?: unknown },
    context: GatewayContext,
  ): Answered {
    this.noted(errors, context);
    return { status, answer: { data, errors: errors.map(formatted) } };
  }
}

const isAlone = ({ definitions }: DocumentNode) =>
  definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;

const isNamed = ({ operation }: Kept, name: string | null | undefined) =>
  name === undefined || name === null || name === operation.name?.value;

/** What ends an operation says its status itself; anything else nobody foresaw. */
const statusOf = (error: unknown): number => {
  const http: unknown = error instanceof GraphQLError ? error.extensions['http'] : undefined;
  return isRecord(http) && typeof http['status'] === 'number' ? http['status'] : 500;
};

/** In the words of Apollo Server, which formatError makes ours. */
const formatted = (error: Error) =>
  formatError(error instanceof GraphQLError ? error.toJSON() : { message: error.message });
