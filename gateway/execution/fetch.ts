/** One call to a subgraph as the plan has it: what is sent, and where the answer goes. */
import type { FetchNode } from '@apollo/query-planner';
import type { SubgraphResult } from '../../kernel/serve/execute.ts';
import { entitiesAt, type PlanPath } from './entities.ts';
import { NotCompiled } from './fallback.ts';
import { placedFaults } from './faults.ts';
import { merge } from './merge.ts';
import { representing, type IsOfType } from './representations.ts';
import type { Data } from './shape.ts';
import type { Run, Step } from './steps.ts';

export function fetchStep(node: FetchNode, path: PlanPath, isOfType: IsOfType): Step {
  if (node.inputRewrites || node.outputRewrites || node.contextRewrites) throw new NotCompiled('rewrite');
  const fetch = node.requires ? ofEntities(node, path, isOfType) : ofRoot(node, path);
  // What one fetch meets darkens its own fields only.
  return (run) => fetch(run).catch((error: unknown) => void run.errors.push(error as Error));
}

function ofRoot(node: FetchNode, path: PlanPath): Step {
  return async (run) => {
    const targets = entitiesAt(run.data, path);
    if (targets.length === 0) return;
    const { data, errors } = await send(node, run, variablesOf(node, run));
    if (errors)
      run.errors.push(...placedFaults(errors, { subgraph: node.serviceName, path, data: run.data }));
    if (data) for (const target of targets) merge(target, data);
  };
}

function ofEntities(node: FetchNode, path: PlanPath, isOfType: IsOfType): Step {
  const represent = representing(node.requires!, isOfType);
  return async (run) => {
    const entities = entitiesAt(run.data, path);
    const { distinct, of } = represent(entities);
    if (distinct.length === 0) return;
    const { data, errors } = await send(node, run, { ...variablesOf(node, run), representations: distinct });
    if (errors)
      run.errors.push(...placedFaults(errors, { subgraph: node.serviceName, path, data: run.data, of }));
    if (!data) return;
    const received = receivedIn(data, distinct.length);
    entities.forEach((entity, i) => {
      const found = received[of[i]!];
      if (found) merge(entity, found);
    });
  };
}

function receivedIn(data: Data, expected: number): readonly (Data | null)[] {
  const { _entities: received } = data;
  if (!Array.isArray(received)) throw new Error(`Expected "data._entities" in response to be an array`);
  if (received.length !== expected)
    throw new Error(`Expected "data._entities" to contain ${expected} elements`);
  return received as (Data | null)[];
}

function send(node: FetchNode, run: Run, variables: Data): Promise<SubgraphResult> {
  const { operation: query, operationName } = node;
  return run.ask(node.serviceName, { query, variables, operationName }, run.context);
}

/** As they came: the subgraph reads them itself, and has the defaults in its text. */
function variablesOf({ variableUsages = [] }: FetchNode, { variables }: Run): Data {
  const used: Data = {};
  for (const name of variableUsages) {
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) used[name] = variables[name];
  }
  return used;
}
