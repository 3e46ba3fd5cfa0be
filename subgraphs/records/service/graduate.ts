import { addDays, today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { GraduationRow, Placement, Record } from '../model.ts';
import { decide } from '../rules/decide.ts';
import type { Facts } from '../rules/facts.ts';
import { rowOf, statusAfter } from '../rules/lifecycle.ts';
import { unmet } from '../rules/needs.ts';
import { ofRun } from './audited.ts';
import { Changes, type Doing } from './changes.ts';
import type { Deps } from './deps.ts';
import { noRun, type RunDone } from './freeze-graduation.ts';
import { knownRun, RowChanges, runStateErrors, type KnownRun } from './graduation-runs.ts';
import { settingsFor } from './settings.ts';

export interface Graduating {
  readonly runId: string;
  /** The first day on which the graduates are no longer in the kindergarten. */
  readonly on: string;
}

/**
 * Graduates exactly the frozen list, row by row: whose record has changed since does not graduate and says why. Nobody
 * is added, nobody dropped; a run is done once.
 */
export function graduate(deps: Deps, viewer: Viewer, idempotencyKey: string, graduating: Graduating) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'graduate', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [graduating],
    gather: () => gather(deps, viewer, graduating),
    async write(tx, known): Promise<RunDone[]> {
      if (!known) return [noRun([userError('NOT_FOUND', ['runId'])])];
      const { run } = known;
      const userErrors = runErrors(graduating, known, doing);
      if (userErrors.length > 0) return [{ runId: run.id, userErrors }];
      const changes = new Changes(doing);
      const rows = new RowChanges();
      for (const row of known.rows) graduateRow(row, graduating.on, known, { viewer, doing, changes, rows });
      const { at } = doing;
      const done = { state: 'DONE', onDay: graduating.on, ranAt: at, ranBy: account } as const;
      const undoUntil = addDays(today(at), known.undoDays);
      const after = { ...run, ...done, undoUntil, graduated: rows.count('GRADUATED') };
      // The run comes first: of two clerks at once the second waits here and then finds it done.
      await tx.update(deps.store.tables.graduationRun, [{ before: run, after }]);
      await tx.update(deps.store.tables.graduationRow, rows.changed);
      await changes.write(deps.store, tx);
      await appendAudit(deps.store, tx, [ofRun(doing.action, run)]);
      return [{ runId: run.id, userErrors }];
    },
  });
}

interface Known extends KnownRun {
  /** By record. */
  readonly stays: ReadonlyMap<string, Placement>;
  readonly undoDays: number;
}

async function gather(deps: Deps, viewer: Viewer, { runId }: Graduating): Promise<Known | null> {
  const known = await knownRun(deps, viewer, runId, 'LISTED');
  if (!known) return null;
  const { provinceCode } = known.run;
  const [placements, settings] = await Promise.all([
    deps.queries.openPlacementsOfRecords(known.rows.map(({ recordId }) => recordId)),
    settingsFor(deps.queries, [provinceCode], today(deps.now())),
  ]);
  const stays = new Map(placements.map((stay) => [stay.recordId, stay]));
  return { ...known, stays, undoDays: settings.get(provinceCode)!.graduationUndoDays };
}

function runErrors({ on }: Graduating, { run }: Known, doing: Doing): UserError[] {
  const state = runStateErrors(run, 'FROZEN', 'graduate');
  if (state.length > 0) return state;
  const { schoolYear, termEndsOn } = run;
  const yearEnd = { schoolYear, termEndsOn, classLevel: 'LARGE', bornOn: '', deferred: false } as const;
  return unmet(['TERM_OVER'], { ...common(doing), on, yearEnd });
}

const common = ({ at, account, role }: Doing): Facts => ({ today: today(at), account, role });

interface Acting {
  readonly viewer: Viewer;
  readonly doing: Doing;
  readonly changes: Changes;
  readonly rows: RowChanges;
}

function graduateRow(row: GraduationRow, on: string, known: Known, acting: Acting): void {
  const { viewer, doing, changes, rows } = acting;
  const record = known.records.get(row.recordId);
  const stay = known.stays.get(row.recordId);
  const reasons = rowErrors(row, record, stay, on, known, acting);
  if (reasons.length > 0 || !record || !stay || !covers(viewer.area, record))
    return rows.put(row, { state: 'REFUSED', reasons });
  changes.close(stay, on);
  const status = statusAfter(rowOf(doing.action), record.status);
  const { events } = changes.record(record, { ...record, status, deferredUntil: null }, { effectiveOn: on });
  rows.put(row, {
    ...{ state: 'GRADUATED', placementId: stay.id, eventSeq: events },
    ...{ statusBefore: record.status, deferredUntil: record.deferredUntil },
  });
}

function rowErrors(
  { classId: listedClassId, classLevel }: GraduationRow,
  record: Record | undefined,
  stay: Placement | undefined,
  on: string,
  { run, undecided }: Known,
  { viewer, doing }: Acting,
): UserError[] {
  // Of a child that is elsewhere by now, its former kindergarten is told no more than that.
  if (!record || !covers(viewer.area, record)) return [userError('GRADUATION_CLASS_CHANGED')];
  const { bornOn, classId, status } = record;
  const { schoolYear, termEndsOn } = run;
  return decide(doing.action, status, {
    ...{ ...common(doing), on, undecided: undecided.has(record.id) },
    yearEnd: {
      ...{ schoolYear, termEndsOn, classLevel, bornOn, deferred: status === 'DEFERRED' },
      province: run.provinceCode,
      ...{ classId, listedClassId },
    },
    ...(stay ? { stayFrom: stay.fromOn } : {}),
  });
}
