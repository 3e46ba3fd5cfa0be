import { newId } from '../../../kernel/store/ids.ts';
import type { ProblemCase, ProblemKind, ProblemWords, Record } from '../model.ts';
import { clockOf, type Reckoning } from '../rules/clock.ts';
import { FIRST_TURN, problemRule } from '../rules/problem-cases.ts';

export interface Suspicion {
  readonly kind: ProblemKind;
  readonly record: Record;
  readonly other: Record | null;
  readonly sourceKey: string | null;
}

/** A case as it is opened: the kindergarten that has the record speaks first. */
export function newProblem(
  { kind, record, other, sourceKey }: Suspicion,
  { at, account, on }: { readonly at: Date; readonly account: string; readonly on: string },
  opened: ProblemWords,
  reckoning: Reckoning,
): ProblemCase {
  return {
    ...{ id: newId(), kind, recordId: record.id, otherRecordId: other?.id ?? null, sourceKey },
    ...{ state: 'OPEN', ...FIRST_TURN, steps: 1, openedAt: at, openedBy: account, opened },
    ...{ answered: null, ruling: null, reason: null, decidedAt: null, decidedBy: null },
    ...clockOf(problemRule(FIRST_TURN.task), on, reckoning),
    version: 1,
  };
}
