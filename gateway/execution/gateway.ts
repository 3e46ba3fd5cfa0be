/**
 * Apollo's gateway with an executor of its own: composition, planner and server are Apollo's, and so is the executor
 * of whatever is not compiled. README.md follows one query through this folder.
 */
import '../telemetry-off.ts';
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import {
  GraphQLError,
  Kind,
  parse,
  validate,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { hash } from 'node:crypto';
import type { GatewayContext } from '../context.ts';
import type { Ask } from './ask.ts';
import { PlanningBudget, TOO_MANY_TEXTS } from './budget.ts';
import { ExecutionCounts } from './fallback.ts';
import { Operations, type Compiled, type Question } from './operations.ts';
import type { Graph } from './plan.ts';
import { stockShape } from './stock-shape.ts';
import type { Run } from './steps.ts';

type Executor = ApolloGateway['executor'];
type Request = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

type Variables = Readonly<Record<string, unknown>>;

/** An operation Apollo Server has parsed and found valid over this schema. */
export type Admitted = Pick<Request, 'schema' | 'operation' | 'queryHash'>;
export type Answering = (variables: Variables, context: GatewayContext) => Promise<Result>;

interface Asking {
  readonly variables: Variables;
  /** With defaults filled in. */
  readonly coerced: Variables;
  readonly context: GatewayContext;
}

export class CompilingGateway extends ApolloGateway {
  readonly counts = new ExecutionCounts();
  /** A request goes on over the supergraph it was validated against, also when that is replaced meanwhile. */
  private readonly operationsOf = new WeakMap<GraphQLSchema, Operations>();

  constructor(
    config: GatewayConfig,
    private readonly ask: Ask,
    private readonly known: readonly string[] = [],
    private readonly budget = new PlanningBudget(),
  ) {
    super(config);
    // The first to be told: Apollo Server goes over to the new supergraph when its operations are planned.
    this.onSchemaLoadOrUpdate(({ apiSchema }) => {
      const operations = new Operations(this.graph(apiSchema));
      for (const text of this.known) warmUp(operations, text);
      this.operationsOf.set(apiSchema, operations);
    });
  }

  /** Operations of the present supergraph, and what they weigh against OPERATION_BOUNDS. */
  get kept(): { readonly operations: number; readonly weight: number } {
    const present = this.schema && this.operationsOf.get(this.schema);
    return { operations: present?.size ?? 0, weight: present?.weight ?? 0 };
  }

  override async load(options?: Parameters<ApolloGateway['load']>[0]): ReturnType<ApolloGateway['load']> {
    const { schema } = await super.load(options);
    return { schema, executor: (request) => this.execute(request) };
  }

  /** Answers an operation that was compiled before; undefined where it has to be planned, has conditions or is left to Apollo. */
  again({ schema, operation, queryHash }: Admitted): Answering | undefined {
    const operations = this.operationsOf.get(schema);
    const compiled = operations?.ready(keyOf(operation, queryHash));
    if (!operations || !compiled) return undefined;
    return async (variables, context) => {
      const { errors, coerced } = operations.understand(operation, variables);
      return errors ? { errors } : this.run(operations.graph, compiled, { variables, coerced, context });
    };
  }

  /** What Apollo's gateway keeps to itself; test/gateway/execution/gateway.test.ts fails where a version has it no more. */
  private graph(schema: GraphQLSchema): Graph {
    const { apiSchema, supergraphSchema, queryPlanner } = this as unknown as Omit<Graph, 'schema'>;
    return { schema, apiSchema, supergraphSchema, queryPlanner };
  }

  private async execute(request: Request): Promise<Result> {
    const { schema, document, operation, queryHash } = request;
    const variables = request.request.variables ?? {};
    const operations = this.operationsOf.get(schema)!;
    const { errors, coerced } = operations.understand(operation, variables);
    if (errors) return { errors };
    const context = request.context as GatewayContext;
    const question: Question = { key: keyOf(operation, queryHash), document, operation, values: coerced };
    if (!operations.knows(question) && !this.mayPlan(operations, question, context)) return TOO_MUCH_PLANNING;
    const known = operations.compiled(question);
    if (typeof known === 'string') {
      this.counts.fellBack(known);
      return this.executor(request);
    }
    return this.run(operations.graph, known, { variables, coerced, context });
  }

  private mayPlan(operations: Operations, question: Question, { tally }: GatewayContext): boolean {
    const client = tally?.payer;
    if (!tally || client === undefined) return true;
    if (!this.budget.allows(client)) {
      this.counts.refused.add();
      tally.waits = this.budget.waits(client);
      return false;
    }
    this.budget.charge(client, () => operations.compiled(question));
    return true;
  }

  private async run(
    graph: Graph,
    { fetch, shape, asked }: Compiled,
    { variables, coerced, context }: Asking,
  ): Promise<Result> {
    this.counts.compiled.add();
    const run: Run = { data: {}, errors: [], variables, values: coerced, context, ask: this.ask };
    await fetch(run);
    const errors = run.errors.length > 0 ? { errors: run.errors } : {};
    const data = shape(run.data);
    if (data) return { ...errors, data } as Result;
    this.counts.reshaped.add();
    return { ...errors, ...stockShape(graph.apiSchema, asked, run) } as Result;
  }
}

const keyOf = ({ name }: OperationDefinitionNode, queryHash: string) => `${name?.value ?? ''} ${queryHash}`;

/** A text that does not fit this supergraph is not known to it. */
function warmUp(operations: Operations, text: string): void {
  const document = parse(text);
  if (validate(operations.graph.schema, document).length > 0) return;
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const { coerced } = operations.understand(operation, {});
    operations.compiled({
      key: keyOf(operation, hash('sha256', text)),
      document,
      operation,
      values: coerced ?? {},
    });
  }
}

const TOO_MUCH_PLANNING: Result = {
  errors: [new GraphQLError(TOO_MANY_TEXTS, { extensions: { code: 'RATE_LIMITED', http: { status: 429 } } })],
};
