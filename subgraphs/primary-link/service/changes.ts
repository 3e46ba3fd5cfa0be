import { appendAudit } from '../../../kernel/store/audit/append.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { CaseReport, PrimarySchool, TakeOver, TakeOverOrigin } from '../model.ts';
import type { Subject } from '../rules/offering.ts';
import type { PrimaryLinkStore } from '../store/store.ts';
import { ofTakeOver } from './audited.ts';
import { takeOverChange } from './feed.ts';

/** Everything one batch changes, collected while deciding and written together. */
export class Changes {
  private readonly added = new Map<string, TakeOver>();
  private readonly changed = new Map<string, { before: TakeOver; after: TakeOver }>();

  private readonly reports: CaseReport[] = [];

  put(before: TakeOver | null, after: TakeOver): TakeOver {
    if (!before || this.added.has(after.id)) this.added.set(after.id, after);
    else this.changed.set(after.id, { before: this.changed.get(after.id)?.before ?? before, after });
    return after;
  }

  /** As it is by now, within this batch. */
  now(takeOver: TakeOver): TakeOver {
    return this.added.get(takeOver.id) ?? this.changed.get(takeOver.id)?.after ?? takeOver;
  }

  /** Those of the batch so far, of one record. */
  begunOf(recordId: string): TakeOver[] {
    return [...this.added.values()].filter((one) => one.recordId === recordId);
  }

  /** That of the batch so far which links a school's own number; the number is told by its digest. */
  linkedBy(digest: string | null): TakeOver | null {
    const after = [...this.added.values(), ...[...this.changed.values()].map((one) => one.after)];
    return after.find(({ schoolNumberDigest }) => digest !== null && schoolNumberDigest === digest) ?? null;
  }

  /** A fault that is to become a problem case. */
  report(found: CaseReport): void {
    this.reports.push(found);
  }

  async write(store: PrimaryLinkStore, tx: Transaction, action: string): Promise<void> {
    const { tables } = store;
    // Whoever gives way comes first: the place must be free before the next takes it.
    await tx.update(tables.takeOver, [...this.changed.values()]);
    await tx.insert(tables.takeOver, [...this.added.values()]);
    const added = [...this.added.values()];
    const changed = [...this.changed.values()];
    await tx.insert(tables.caseReport, this.reports);
    const at = new Date();
    // What is only pending stands as it stood; the feed tells of it when it is done.
    const otherwise = changed.filter(({ before, after }) => before.state !== after.state);
    await tx.insert(
      tables.feedChange,
      [...otherwise.map(({ after }) => after), ...added].map((one) => takeOverChange(one, at)),
    );
    await appendAudit(
      store,
      tx,
      [...changed.map(({ after }) => after), ...added].map((one) => ofTakeOver(action, one)),
    );
  }
}

export interface Beginning {
  readonly subject: Subject;
  readonly school: PrimarySchool;
  readonly origin: TakeOverOrigin;
  readonly at: Date;
  readonly account: string;
}

/** A new take-over that its school has not answered. */
export function begun({ subject, school, origin, at, account }: Beginning): TakeOver {
  const { recordId, childId, institutionCode, provinceCode, cityCode, countyCode } = subject;
  return {
    ...{ id: newId(), recordId, childId, schoolCode: school.code, schoolProvinceCode: school.provinceCode },
    ...{ schoolCityCode: school.cityCode, schoolCountyCode: school.countyCode },
    ...{ institutionCode, provinceCode, cityCode, countyCode, state: 'OFFERED', origin, pending: null },
    ...{ admittedOn: null, offeredAt: at, offeredBy: account, acceptedAt: null, acceptedBy: null },
    ...{ acknowledgedAt: null, acknowledgedBy: null, cancelUntil: null, endedAt: null, endedBy: null },
    ...{ endReason: null, remark: null, conflictsWith: null, refusal: [], schoolNumber: null },
    ...{ schoolNumberDigest: null, receipt: null, version: 1 },
  };
}
