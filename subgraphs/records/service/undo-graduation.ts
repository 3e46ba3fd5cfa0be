import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Application, GraduationRow, GraduationRun, Placement, Record } from '../model.ts';
import { decide } from '../rules/decide.ts';
import type { Facts } from '../rules/facts.ts';
import { rowOf, statusAfter } from '../rules/lifecycle.ts';
import { unmet } from '../rules/needs.ts';
import { said } from '../rules/needs/text.ts';
import { ofRun } from './audited.ts';
import { Changes, type Doing } from './changes.ts';
import type { Deps } from './deps.ts';
import { noRun, type RunDone } from './freeze-graduation.ts';
import { giveWay, UNDONE_ANYWAY } from './give-way.ts';
import { knownRun, RowChanges, runStateErrors, type KnownRun } from './graduation-runs.ts';
import { neighbours, type InstitutionAnswer } from './neighbours.ts';

export interface UndoingGraduation {
  readonly runId: string;
  readonly reason?: string | null;
}

/**
 * Takes a whole graduation back in one step: whoever is still graduated by it is again what it was, in the stay it had.
 * A record that has moved on stays as it is, and its row says why.
 */
export function undoGraduation(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  undoing: UndoingGraduation,
) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'undoGraduation', at: deps.now(), account, role };
  const reason = said(undoing.reason);
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [undoing],
    gather: () => gather(deps, viewer, undoing),
    async write(tx, known): Promise<RunDone[]> {
      if (!known) return [noRun([userError('NOT_FOUND', ['runId'])])];
      const { run } = known;
      const facts = { ...common(doing), reason };
      const userErrors = runErrors(known, facts);
      if (userErrors.length > 0) return [{ runId: run.id, userErrors }];
      const changes = new Changes(doing);
      const rows = new RowChanges();
      for (const row of known.rows) undoRow(row, known, facts, { viewer, doing, changes, rows });
      const undone = { state: 'UNDONE', undoneAt: doing.at, undoneBy: account, undoReason: reason } as const;
      const after = { ...run, ...undone, undone: rows.count('UNDONE') };
      // Nobody graduates again by a list that was drawn up before the county took the first one back.
      const voided = known.waiting.map((before) => ({
        before,
        after: { ...before, state: 'VOID' as const },
      }));
      await tx.update(deps.store.tables.graduationRun, [{ before: run, after }, ...voided]);
      await tx.update(deps.store.tables.graduationRow, rows.changed);
      await changes.write(deps.store, tx);
      const ended = [ofRun(doing.action, run), ...known.waiting.map((one) => ofRun('voidGraduation', one))];
      await appendAudit(deps.store, tx, ended);
      return [{ runId: run.id, userErrors }];
    },
  });
}

interface Known extends KnownRun {
  /** By id. */
  readonly stays: ReadonlyMap<string, Placement>;
  /** By record, the event of its latest graduation. */
  readonly latest: ReadonlyMap<string, number>;
  readonly institution: InstitutionAnswer | null;
  /** Lists of the same year that wait to be run. */
  readonly waiting: readonly GraduationRun[];
  /** By record, the reinstatement its kindergarten has asked for: this is more than what it asks. */
  readonly asked: ReadonlyMap<string, Application>;
}

async function gather(deps: Deps, viewer: Viewer, { runId }: UndoingGraduation): Promise<Known | null> {
  const known = await knownRun(deps, viewer, runId, 'GRADUATED');
  if (!known) return null;
  const { run, rows } = known;
  const [placements, latest, institutions, waiting, filed] = await Promise.all([
    deps.queries.placementsById(rows.map(({ placementId }) => placementId!)),
    deps.queries.latestGraduations(rows.map(({ recordId }) => recordId)),
    neighbours.institutions(deps.peers, [run.institutionCode]),
    deps.queries.frozenRuns(run),
    known.undecided.size === 0 ? [] : deps.queries.applicationsByRecord([...known.undecided]),
  ]);
  const asked = filed.filter(({ task, kind }) => task !== null && kind === 'REINSTATEMENT');
  const stays = new Map(placements.map((stay) => [stay.id, stay]));
  return {
    ...{ ...known, stays, latest, waiting, institution: institutions.get(run.institutionCode) ?? null },
    asked: new Map(asked.map((one) => [one.recordId, one])),
  };
}

const common = ({ at, account, role }: Doing): Facts => ({ today: today(at), account, role });

/** What speaks against the whole: where the run stands, who ran it, the day. */
function runErrors({ run }: Known, facts: Facts): UserError[] {
  const state = runStateErrors(run, 'DONE', 'undoGraduation');
  if (state.length > 0) return state;
  return unmet(['OTHER_ACCOUNT', 'REASON_FITS', 'WITHIN_UNDO_DAYS'], {
    ...{ ...facts, submittedBy: run.ranBy!, submittedBefore: [run.frozenBy] },
    undo: { until: run.undoUntil!, graduatedAgain: false, institutionAsWas: true },
  });
}

interface Acting {
  readonly viewer: Viewer;
  readonly doing: Doing;
  readonly changes: Changes;
  readonly rows: RowChanges;
}

function undoRow(row: GraduationRow, known: Known, facts: Facts, acting: Acting): void {
  const { viewer, doing, changes, rows } = acting;
  const record = known.records.get(row.recordId);
  const stay = known.stays.get(row.placementId!);
  const reasons = rowErrors(row, record, stay, known, facts, acting);
  if (reasons.length > 0 || !record || !stay || !covers(viewer.area, record))
    return rows.put(row, { state: 'KEPT', reasons });
  changes.reopen(stay);
  const status = statusAfter(rowOf(doing.action), record.status, row.statusBefore);
  changes.record(
    record,
    { ...record, status, deferredUntil: row.deferredUntil },
    // The stay goes on as if it had not been ended.
    { reason: facts.reason ?? null, effectiveOn: known.run.onDay! },
  );
  const asked = known.asked.get(record.id);
  if (asked) giveWay(changes, [asked], doing.at, UNDONE_ANYWAY);
  rows.put(row, { state: 'UNDONE' });
}

function rowErrors(
  { recordId, eventSeq }: GraduationRow,
  record: Record | undefined,
  stay: Placement | undefined,
  { run, latest, institution }: Known,
  facts: Facts,
  { viewer, doing }: Acting,
): UserError[] {
  // Of a child that is elsewhere by now, its former kindergarten, which reads the row, is told no more than that.
  const isHere = record?.institutionCode === run.institutionCode;
  if (!record || !stay || !isHere || !covers(viewer.area, record)) return [userError('NOT_FOUND')];
  return decide(doing.action, record.status, {
    ...{ ...facts, submittedBy: run.ranBy! },
    undo: {
      until: run.undoUntil!,
      graduatedAgain: latest.get(recordId) !== eventSeq,
      institutionAsWas: isAsWas(stay, institution),
    },
  });
}

const isAsWas = (stay: Placement, now: InstitutionAnswer | null): boolean =>
  now !== null &&
  now.status === 'OPEN' &&
  now.provinceCode === stay.provinceCode &&
  now.cityCode === stay.cityCode &&
  now.countyCode === stay.countyCode;
