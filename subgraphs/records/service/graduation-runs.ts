import { isId } from '../../../kernel/rules/ids.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import {
  GRADUATION_RUN_STATE,
  type GraduationRow,
  type GraduationRowState,
  type GraduationRun,
  type GraduationRunState,
  type Record,
} from '../model.ts';
import { GRADUATES_MOST } from '../rules/graduation.ts';
import type { LifecycleAction } from '../rules/lifecycle.ts';
import { rowOf } from '../rules/lifecycle.ts';
import type { Deps } from './deps.ts';

/** A run of the viewer's with its rows in one state, and their records; somebody else's run is not there. */
export interface KnownRun {
  readonly run: GraduationRun;
  readonly rows: readonly GraduationRow[];
  readonly records: ReadonlyMap<string, Record>;
  readonly undecided: ReadonlySet<string>;
}

export async function knownRun(
  { queries }: Deps,
  viewer: Viewer,
  runId: string,
  state: GraduationRowState,
): Promise<KnownRun | null> {
  const [run] = isId(runId) ? await queries.graduationRunsById([runId]) : [];
  if (!run || !covers(viewer.area, run)) return null;
  const rows = await queries.graduationRows({ runId, state }, GRADUATES_MOST, null);
  const ids = rows.map(({ recordId }) => recordId);
  const [records, undecided] = await Promise.all([queries.recordsById(ids), queries.undecidedAmong(ids)]);
  return { run, rows, undecided, records: new Map(records.map((record) => [record.id, record])) };
}

/** A run stands where this act begins, or says where it stands. */
export function runStateErrors(
  { state }: GraduationRun,
  expected: GraduationRunState,
  action: LifecycleAction,
): UserError[] {
  if (state === expected) return [];
  const { zh, en } = GRADUATION_RUN_STATE[state];
  const facts = {
    state: `${zh} ${state}`,
    stateEn: `${state}, ${en}`,
    action: `${rowOf(action).zh} ${action}`,
  };
  return [userError('GRADUATION_RUN_STATE', ['runId'], facts)];
}

/** Rows and their new states, collected while deciding. */
export class RowChanges {
  readonly changed: { before: GraduationRow; after: GraduationRow }[] = [];

  put(before: GraduationRow, changes: Partial<GraduationRow>): void {
    this.changed.push({ before, after: { ...before, ...changes } });
  }

  count(state: GraduationRowState): number {
    return this.changed.filter(({ after }) => after.state === state).length;
  }
}
