import type { Transaction } from '../../../kernel/store/rows.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import type { Change, Versioned } from '../../../kernel/store/update.ts';
import type { Application, IssuedNumber, Placement, Record, RecordEvent, RecordStatus } from '../model.ts';
import type { LifecycleAction } from '../rules/lifecycle.ts';
import { appendDeltas } from '../store/counts.ts';
import type { RecordStore } from '../store/store.ts';

/** Who does what, when: the part of an event that is the same for a whole batch. */
export interface Doing {
  readonly action: LifecycleAction;
  readonly at: Date;
  readonly account: string;
  readonly role: Role;
}

/** What else a line of history says, where there is more to say. */
export type About = Partial<Pick<RecordEvent, 'applicationId' | 'reason' | 'leaveReason' | 'institutionId'>>;

/** New rows, and new states of rows that must still be as they were seen. */
class Rows<T extends Versioned> {
  readonly added: T[] = [];
  readonly changed: Change<T>[] = [];

  put(before: T | null, after: T): T {
    if (before) this.changed.push({ before, after });
    else this.added.push(after);
    return after;
  }
}

/** Everything one batch changes, collected while deciding and written together: all of it or nothing. */
export class Changes {
  private readonly records = new Rows<Record>();
  private readonly applications = new Rows<Application>();
  private readonly placements = new Rows<Placement>();
  private readonly events: RecordEvent[] = [];
  private readonly numbers: IssuedNumber[] = [];
  private readonly doing: Doing;

  constructor(doing: Doing) {
    this.doing = doing;
  }

  /** The record's new state, and the line of history that goes with it. */
  record(before: Record | null, after: Omit<Record, 'events' | 'version'>, about: About = {}): Record {
    const record = { ...after, events: (before?.events ?? 0) + 1, version: (before?.version ?? 0) + 1 };
    this.records.put(before, record);
    const statusFrom: RecordStatus | null = before?.status ?? null;
    const { at, account, action: type } = this.doing;
    const { id: recordId, events: seq, status: statusTo, institutionId } = record;
    const silent = { applicationId: null, reason: null, leaveReason: null };
    this.events.push({
      ...{ recordId, seq, type, at, account, statusFrom, statusTo, institutionId },
      ...silent,
      ...about,
    });
    return record;
  }

  application(before: Application | null, after: Application): Application {
    return this.applications.put(before, after);
  }

  open(placement: Placement): void {
    this.placements.put(null, placement);
  }

  close(placement: Placement, untilOn: string): void {
    this.placements.put(placement, { ...placement, untilOn });
  }

  number(issued: IssuedNumber): void {
    this.numbers.push(issued);
  }

  async write(store: RecordStore, tx: Transaction): Promise<void> {
    const { tables } = store;
    await tx.update(tables.record, this.records.changed);
    await tx.insert(tables.record, this.records.added);
    await tx.update(tables.application, this.applications.changed);
    await tx.insert(tables.application, this.applications.added);
    await tx.insert(tables.recordEvent, this.events);
    await tx.insert(tables.recordNumber, this.numbers);
    // Closing comes first: the open slot must be free before the next placement takes it.
    await tx.update(tables.placement, this.placements.changed);
    await tx.insert(tables.placement, this.placements.added);
    await appendDeltas(store, tx, [
      ...this.placements.changed.map(({ before: of }) => ({ of, delta: -1 })),
      ...this.placements.added.map((of) => ({ of, delta: 1 })),
    ]);
  }
}
