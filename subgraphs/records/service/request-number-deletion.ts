import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Evidence, Record } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import { decide } from '../rules/decide.ts';
import { said } from '../rules/needs/text.ts';
import { begin, firstTurn, provinceOf } from '../rules/turns.ts';
import { applied, seatOf } from './applied.ts';
import { Changes, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { reckoningsFor } from './settings.ts';
import { ownStay } from './stays.ts';

/** What a province says of a G number that a problem record cannot keep. */
export interface NewNumberDeletion {
  readonly recordId: string;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

interface Known {
  readonly record: Record | null;
  readonly undecided: boolean;
  readonly reckonings: ReadonlyMap<string, Reckoning>;
}

/** A province asks the ministry to delete a G number (domain 2.1: forbidden but by this way). */
export function requestNumberDeletion(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  item: NewNumberDeletion,
) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'requestNumberDeletion', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [item],
    async gather(): Promise<Known> {
      const { record, undecided } = await ownStay(deps, viewer, item.recordId);
      const provinces = record ? [record.provinceCode] : [];
      return { record, undecided, reckonings: await reckoningsFor(deps.queries, provinces) };
    },
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes(doing);
      const result = requestOne(item, known, viewer, { doing, changes });
      await changes.write(deps.store, tx);
      return [result];
    },
  });
}

function requestOne(
  { reason: stated, evidence }: NewNumberDeletion,
  { record, undecided, reckonings }: Known,
  { account, role, area }: Viewer,
  { doing, changes }: { doing: Doing; changes: Changes },
): Done {
  if (!record) return refused([userError('NOT_FOUND', ['recordId'])]);
  const day = today(doing.at);
  const reason = said(stated);
  const userErrors = decide('requestNumberDeletion', record.status, {
    ...{ today: day, account, role, area, reason, evidence, undecided, number: record.number },
  });
  if (userErrors.length > 0) {
    changes.refusedOn(record);
    return { ...refused(userErrors), recordId: record.id };
  }
  const application = applied(doing, {
    ...{ recordId: record.id, kind: 'NUMBER_DELETION', statusBefore: record.status, enteredOn: day },
    ...{ warnings: [], evidence, reason, applicantLevel: area.level, applicantCode: area.code },
    ...seatOf(record),
  });
  const turn = firstTurn(application, false);
  const reckoning = reckonings.get(provinceOf(application, turn.holder) ?? record.provinceCode)!;
  changes.application(null, { ...application, ...begin(application, turn, day, reckoning) });
  changes.record(record, record, { applicationId: application.id, reason });
  return { recordId: record.id, applicationId: application.id, warnings: [], userErrors };
}
