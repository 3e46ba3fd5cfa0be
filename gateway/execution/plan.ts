/** What Apollo gives to plan with, per supergraph, and one operation planned over it. */
import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';
import { isAbstractType, isObjectType, isInterfaceType, Kind, type GraphQLSchema } from 'graphql';
import type { Asked } from './conditions.ts';
import type { IsOfType } from './representations.ts';
import { stepsOf, type Step } from './steps.ts';

export interface Graph {
  /** What clients see, for graphql-js and for the planner. */
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  /** With what is hidden from clients. */
  readonly supergraphSchema: GraphQLSchema;
  readonly queryPlanner: QueryPlanner;
}

/** The fetches of an operation, whatever the values of its variables. */
export interface Planned {
  readonly fetch: Step;
  /** Characters of the plan. */
  readonly weight: number;
}

/** Throws NotCompiled for what only the stock executor can do. */
export function planned(graph: Graph, { operation, fragments }: Asked): Planned {
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as const;
  const plan = graph.queryPlanner.buildQueryPlan(operationFromDocument(graph.apiSchema, document));
  return { fetch: stepsOf(plan, ofType(graph.supergraphSchema)), weight: JSON.stringify(plan).length };
}

/** As in Apollo's dataRewrites: by the supergraph, since a neighbour's type may be hidden from clients. */
function ofType(schema: GraphQLSchema): IsOfType {
  return (name, condition) => {
    if (name === condition) return true;
    const [type, abstract] = [schema.getType(name), schema.getType(condition)];
    if (!isAbstractType(abstract)) return false;
    return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type);
  };
}
