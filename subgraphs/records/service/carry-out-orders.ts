import type { ProblemCase, Record } from '../model.ts';
import type { Order } from '../rules/problem-cases.ts';
import { RESOLVED } from './act-on-problem.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';

/** By record, the open cases in which this was ordered, wherever they have climbed since. */
export type Orders = ReadonlyMap<string, readonly ProblemCase[]>;

export async function ordersOf(
  { queries }: Pick<Deps, 'queries'>,
  recordIds: readonly string[],
  order: Order,
): Promise<Orders> {
  const cases = await queries.orderedProblems(recordIds, order);
  return new Map(recordIds.map((id) => [id, cases.filter(({ recordId }) => recordId === id)]));
}

/** What was ordered has been done: in the same transaction its cases are resolved. */
export function carryOut(changes: Changes, orders: Orders, record: Record): void {
  for (const problem of orders.get(record.id) ?? [])
    changes.problemCase(problem, { ...problem, ...RESOLVED }, record, 'CARRIED_OUT');
}
