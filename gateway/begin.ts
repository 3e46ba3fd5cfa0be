/** What every operation passes before it is begun: there is one of this name and kind, it does not cost too much, and it can be paid. */
import { HeaderMap } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Deadlines } from '../kernel/serve/deadline.ts';
import { COST_LIMIT } from './allowances.ts';
import { Costs, overCost, type Asked } from './cost.ts';
import { Refusal } from './refusal.ts';
import { readCosts } from './schema-costs.ts';
import type { Tally } from './tally.ts';

type Resolved = Omit<Asked, 'operation'> & { readonly operation: Asked['operation'] | undefined };

export class Beginning {
  private costs = new Costs(new Map());

  constructor(private readonly deadlines: Deadlines) {}

  /** Costs are the supergraph's, which may be replaced while serving. */
  over(supergraph: string): void {
    this.costs = new Costs(readCosts(supergraph));
  }

  /** Rejects with a refusal in the terms of Apollo Server: a GraphQLError with the status in `extensions.http`. */
  async allow(asked: Resolved, tally: Tally | undefined): Promise<void> {
    await this.decide(asked, tally).catch(inApolloTerms);
  }

  private async decide(asked: Resolved, tally: Tally | undefined): Promise<void> {
    const { schema, operation } = asked;
    // The gateway would take it for a fault of its own.
    if (!operation || !schema.getRootType(operation.operation)) throw noSuchOperation();
    const kind = operation.operation;
    const cost = this.costs.of({ ...asked, operation });
    const { mutationMs, queryMs } = this.deadlines;
    tally?.begins(kind, cost, Date.now() + (kind === OperationTypeNode.MUTATION ? mutationMs : queryMs));
    const refusal = overCost(cost, tally?.allowance.operation ?? COST_LIMIT);
    if (refusal) throw refusal;
    tally?.owe(cost);
    await tally?.settle();
  }
}

const noSuchOperation = () =>
  new Refusal(
    400,
    'OPERATION_RESOLUTION_FAILURE',
    '没有这个操作，请检查 operationName 和操作类型。No such operation, check operationName and its kind.',
  );

function inApolloTerms(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  const { status, code, message } = error;
  throw new GraphQLError(message, { extensions: { code, http: { status, headers: new HeaderMap() } } });
}
