import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { ProblemCase, Record } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { newProblem } from './new-problem.ts';
import { reckoningsFor } from './settings.ts';

/** Who is named where a case was opened by nobody but the system. */
export const SYSTEM_ACCOUNT = 'system:numbers';

/** A record whose child's ID is in the G number of another. */
export interface Contest {
  readonly holderId: string;
  readonly other: Record;
}

/** By the record that goes without its G: who has it, and with what clock the case begins; null where there is a case already. */
export type Contests = ReadonlyMap<string, { readonly holder: Record; readonly open: Opening | null }>;
type Opening = { readonly sourceKey: string; readonly reckoning: Reckoning };

const keyOf = ({ holderId, other }: Contest) => `${SYSTEM_ACCOUNT}:ID_DUPLICATE:${holderId}:${other.id}`;

/** What is needed to open a case for each contest, once and no more. */
export async function contestsOver({ queries }: Deps, contests: readonly Contest[]): Promise<Contests> {
  if (contests.length === 0) return new Map();
  const holders = new Map(
    (await queries.recordsWhole(contests.map(({ holderId }) => holderId))).map((one) => [one.id, one]),
  );
  const known = new Set((await queries.problemCasesByKey(contests.map(keyOf))).map((one) => one.sourceKey));
  const provinces = [...holders.values()].map(({ provinceCode }) => provinceCode);
  const reckonings = await reckoningsFor(queries, [...new Set(provinces)]);
  return new Map(
    contests.flatMap((one) => {
      const holder = holders.get(one.holderId);
      const sourceKey = keyOf(one);
      if (!holder) return [];
      const reckoning = reckonings.get(holder.provinceCode)!;
      return [[one.other.id, { holder, open: known.has(sourceKey) ? null : { sourceKey, reckoning } }]];
    }),
  );
}

/** Opens the case about the number, where there is one to open, and answers the warning that goes with it. */
export function openContest(changes: Changes, contests: Contests, other: Record): UserError | null {
  const contest = contests.get(other.id);
  if (!contest) return null;
  const { holder, open } = contest;
  if (open) {
    const { at } = changes;
    const { sourceKey, reckoning } = open;
    const problem: ProblemCase = newProblem(
      { kind: 'ID_DUPLICATE', record: holder, other, sourceKey },
      { at, account: SYSTEM_ACCOUNT, on: today(at) },
      { statement: null, evidence: [] },
      reckoning,
    );
    changes.problemCase(null, problem, holder);
  }
  return userError('NUMBER_TAKEN');
}
