import type { Transaction } from '../../../kernel/store/rows.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { appendAudit, systemActor } from '../../../kernel/store/audit/append.ts';
import type { Audited } from '../../../kernel/store/audit/entry.ts';
import { newId } from '../../../kernel/store/ids.ts';
import {
  type Application,
  type ApplicationStep,
  type FollowUp,
  type IssuedNumber,
  type Placement,
  type ProblemCase,
  type Record,
  type RecordChange,
  type RecordEvent,
  type RecordStatus,
  type StepOutcome,
} from '../model.ts';
import { problemStep } from '../rules/problem-cases.ts';
import { stepOf } from '../rules/step.ts';
import { appendDeltas } from '../store/counts.ts';
import { notMovedSince } from '../store/institution-changes.ts';
import { endNumber, endSteps } from '../store/ends.ts';
import { toldOf } from './record-outbox.ts';
import type { RecordStore } from '../store/store.ts';
import { auditedIn, ofProblem } from './audited.ts';
import type { About, By } from './doing.ts';
import { EndedSteps, Rows } from './changed-rows.ts';

export type { About, By, Doing } from './doing.ts';

/** Everything one batch changes, collected while deciding and written together: all of it or nothing. */
export class Changes {
  private readonly records = new Rows<Record>();
  private readonly applications = new Rows<Application>();
  private readonly placements = new Rows<Placement>();
  private readonly problemCases = new Rows<ProblemCase>();
  private readonly problems: Audited[] = [];
  private readonly events: RecordEvent[] = [];
  private readonly outbox: RecordChange[] = [];
  private readonly numbers: IssuedNumber[] = [];
  private readonly endedNumbers: IssuedNumber[] = [];
  private readonly begunSteps: ApplicationStep[] = [];
  /** Applications whose present step ends, by how and by whom. */
  private readonly endedSteps = new EndedSteps();
  private readonly followUps: FollowUp[] = [];
  /** Versions of institutions that facts were taken from, by id. */
  private readonly reliedOn = new Map<string, number>();
  private readonly refusedOnRecords: Record[] = [];
  private readonly refusedOnApplications: Application[] = [];
  private readonly held = new Map<string, Record>();
  private readonly doing: By;

  constructor(doing: By) {
    this.doing = doing;
  }

  get at(): Date {
    return this.doing.at;
  }

  get account(): string {
    return this.doing.account;
  }

  /** The record's new state, and the line of history that goes with it. */
  record(before: Record | null, after: Omit<Record, 'events' | 'version'>, about: About = {}): Record {
    const record = { ...after, events: (before?.events ?? 0) + 1, version: (before?.version ?? 0) + 1 };
    this.records.put(before, record);
    const statusFrom: RecordStatus | null = before?.status ?? null;
    const { at, account, action: type } = this.doing;
    const { id: recordId, events: seq, status: statusTo, institutionId, institutionCode, classId } = record;
    const { provinceCode, cityCode, countyCode } = record;
    const seat = { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode };
    const silent = { applicationId: null, reason: null, leaveReason: null, effectiveOn: today(at) };
    this.events.push({
      ...{ recordId, seq, type, at, account, statusFrom, statusTo, ...seat },
      ...silent,
      ...about,
    });
    this.outbox.push(...toldOf(before, record, this.events.at(-1)!));
    return record;
  }

  /** The application's new state; `outcome` says how the step ended that was open, if one was. */
  application(
    before: Application | null,
    after: Application,
    outcome: StepOutcome | null = null,
    account = this.doing.account,
  ): Application {
    if (before && before.task !== null && outcome) this.endedSteps.add(after.id, outcome, account);
    if (after.steps > (before?.steps ?? 0)) this.begunSteps.push(stepOf(after, today(this.doing.at)));
    return this.applications.put(before, after);
  }

  /** A problem case's new state; its next turn, if one begins, is where its record is. */
  problemCase(
    before: ProblemCase | null,
    after: ProblemCase,
    of: Record,
    outcome: StepOutcome | null = null,
  ): ProblemCase {
    if (before && outcome) this.endedSteps.add(after.id, outcome, this.doing.account);
    if (after.steps > (before?.steps ?? 0))
      this.begunSteps.push(problemStep(after, of, today(this.doing.at)));
    this.problems.push(ofProblem(this.doing.action, after, of));
    return this.problemCases.put(before, after);
  }

  /** What a refusal was decided on: if somebody has changed it since, it is decided anew. */
  refusedOn(record: Record | null, application: Application | null = null): void {
    if (record) this.refusedOnRecords.push(record);
    if (application) this.refusedOnApplications.push(application);
  }

  /** A record that must still be as it was read, since what is written would be wrong if it had changed. */
  hold(record: Record): void {
    this.held.set(record.id, record);
  }

  /** Seats were taken from these institutions: where one has moved on since, it is decided anew. */
  reliesOn(institutions: Iterable<{ readonly id: string; readonly version: number }>): void {
    for (const { id, version } of institutions) this.reliedOn.set(id, version);
  }

  open(placement: Placement): void {
    this.placements.put(null, placement);
  }

  close(placement: Placement, untilOn: string): void {
    this.placements.put(placement, { ...placement, untilOn });
  }

  /** A stay whose end was a mistake goes on. */
  reopen(placement: Placement): void {
    this.placements.put(placement, { ...placement, untilOn: null });
  }

  /** A stay that is still the same one, but counted otherwise. */
  recount(placement: Placement, dimensions: Partial<Placement>): void {
    this.placements.put(placement, { ...placement, ...dimensions });
  }

  number(issued: IssuedNumber): void {
    this.numbers.push(issued);
  }

  /** The number is no longer the current one; it still leads to the record. */
  numberEnded(ended: IssuedNumber): void {
    this.endedNumbers.push(ended);
  }

  followUp(recordId: string, applicationId: string | null, what: Pick<FollowUp, 'kind' | 'facts'>): void {
    const { at: createdAt } = this.doing;
    this.followUps.push({ id: newId(), recordId, applicationId, ...what, createdAt, doneAt: null });
  }

  async write(store: RecordStore, tx: Transaction): Promise<void> {
    const { tables } = store;
    await notMovedSince(store, tx, this.reliedOn);
    await tx.still(tables.record, this.refusedOnRecords);
    await tx.still(tables.application, this.refusedOnApplications);
    await tx.update(tables.record, this.records.changed);
    const changed = new Set(this.records.changed.map(({ before }) => before.id));
    // What this batch changes itself is held by its version already.
    await tx.hold(
      tables.record,
      [...this.held.values()].filter(({ id }) => !changed.has(id)),
    );
    await tx.insert(tables.record, this.records.added);
    await tx.update(tables.application, this.applications.changed);
    await tx.insert(tables.application, this.applications.added);
    await tx.update(tables.problemCase, this.problemCases.changed);
    await tx.insert(tables.problemCase, this.problemCases.added);
    const { at } = this.doing;
    for (const { ids, ...how } of this.endedSteps.all())
      await endSteps(store, tx, ids, { ...how, endedAt: at, endedOn: today(at) });
    await tx.insert(tables.applicationStep, this.begunSteps);
    await tx.insert(tables.recordEvent, this.events);
    await tx.insert(tables.recordChange, this.outbox);
    const { action, account } = this.doing;
    const audited = auditedIn(action, this.events, this.records.after, this.applications.after);
    await appendAudit(store, tx, [...audited, ...this.problems], systemActor(account));
    for (const ended of this.endedNumbers) await endNumber(store, tx, ended);
    await tx.insert(tables.recordNumber, this.numbers);
    await tx.insert(tables.followUp, this.followUps);
    // Closing comes first: the open slot must be free before the next placement takes it.
    await tx.update(tables.placement, this.placements.changed);
    await tx.insert(tables.placement, this.placements.added);
    await appendDeltas(store, tx, [
      ...this.placements.changed.flatMap(({ before, after }) => [
        ...(before.untilOn === null ? [{ of: before, delta: -1 }] : []),
        ...(after.untilOn === null ? [{ of: after, delta: 1 }] : []),
      ]),
      // A stay that has ended counts on its past days only, which are counted anew.
      ...this.placements.added.flatMap((of) => (of.untilOn === null ? [{ of, delta: 1 }] : [])),
    ]);
  }
}
