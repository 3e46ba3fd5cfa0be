/** A query plan as functions: what comes one after another, what at once, and the fetches themselves. */
import type { ConditionNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { GatewayContext } from '../context.ts';
import type { Ask } from './ask.ts';
import { planPath, type PlanPath } from './entities.ts';
import { NotCompiled } from './fallback.ts';
import { fetchStep } from './fetch.ts';
import type { IsOfType } from './representations.ts';
import type { Data } from './shape.ts';

/** One execution: everything the steps read and fill. */
export interface Run {
  readonly data: Data;
  readonly errors: Error[];
  /** Variables as they came, for the subgraphs. */
  readonly variables: Readonly<Data>;
  /** Variables as they are understood, with defaults filled in. */
  readonly values: Readonly<Data>;
  readonly context: GatewayContext;
  readonly ask: Ask;
}

/** Never rejects: what goes wrong is in `errors`. */
export type Step = (run: Run) => Promise<void>;

const NO_STEP: Step = () => Promise.resolve();

export function stepsOf({ node }: QueryPlan, isOfType: IsOfType): Step {
  if (!node) return NO_STEP;
  if (node.kind === 'Subscription') throw new NotCompiled('planShape');
  return stepOf(node, [], isOfType);
}

function stepOf(node: PlanNode, path: PlanPath, isOfType: IsOfType): Step {
  switch (node.kind) {
    case 'Fetch':
      return fetchStep(node, path, isOfType);
    case 'Flatten':
      return stepOf(node.node, [...path, ...planPath(node.path)], isOfType);
    case 'Sequence':
      return inTurn(node.nodes.map((one) => stepOf(one, path, isOfType)));
    case 'Parallel':
      return atOnce(node.nodes.map((one) => stepOf(one, path, isOfType)));
    case 'Condition':
      return onlyIf(node, path, isOfType);
    case 'Defer':
      throw new NotCompiled('planShape');
  }
}

/** Mutations come this way too: each waits for the one before. */
function inTurn(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function atOnce(steps: readonly Step[]): Step {
  return async (run) => void (await Promise.all(steps.map((step) => step(run))));
}

function onlyIf(
  { condition, ifClause, elseClause }: ConditionNode,
  path: PlanPath,
  isOfType: IsOfType,
): Step {
  const [yes, no] = [ifClause, elseClause].map((clause) =>
    clause ? stepOf(clause, path, isOfType) : NO_STEP,
  );
  return (run) => (run.values[condition] === true ? yes! : no!)(run);
}
