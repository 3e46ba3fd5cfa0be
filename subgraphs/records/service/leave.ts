import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { LeaveReason } from '../model.ts';
import { decide } from '../rules/decide.ts';
import { rowOf, statusAfter } from '../rules/lifecycle.ts';
import { said } from '../rules/needs/text.ts';
import { Changes, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { ownStay, type OwnStay } from './stays.ts';

export interface Leaving {
  readonly recordId: string;
  readonly reason: LeaveReason;
  readonly remark?: string | null;
  /** The first day the child is no longer there. */
  readonly on: string;
}

/** A child leaves its kindergarten: the stay ends, the record and its number are kept (Measure 1.3). */
export function leave(deps: Deps, viewer: Viewer, idempotencyKey: string, leaving: Leaving) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'leave', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [leaving],
    gather: () => ownStay(deps, viewer, leaving.recordId),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes(doing);
      const result = leaveOne(leaving, known, doing, changes);
      await changes.write(deps.store, tx);
      return [result];
    },
  });
}

function leaveOne(
  leaving: Leaving,
  { record, stay, undecided }: OwnStay,
  doing: Doing,
  changes: Changes,
): Done {
  if (!record) return refused([userError('NOT_FOUND', ['recordId'])]);
  const { reason: leaveReason, on } = leaving;
  const remark = said(leaving.remark);
  const { account, role } = doing;
  const userErrors = decide('leave', record.status, {
    ...{ today: today(doing.at), account, role, leaveReason, remark, on, undecided },
    ...(stay ? { stayFrom: stay.fromOn } : {}),
  });
  if (userErrors.length > 0 || !stay) {
    changes.refusedOn(record);
    return { ...refused(userErrors), recordId: record.id };
  }
  changes.close(stay, on);
  changes.record(
    record,
    { ...record, status: statusAfter(rowOf('leave'), record.status), deferredUntil: null },
    { leaveReason, reason: remark, effectiveOn: on },
  );
  return { recordId: record.id, applicationId: null, warnings: [], userErrors };
}
