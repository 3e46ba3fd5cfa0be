import type { Kit } from '../../../kernel/store/kit.ts';

/** The columns as migration 1 creates them and the tables read them; what a later migration adds is a group of its own. */
export const place = (kit: Kit) => ({
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6),
});

const seat = (kit: Kit) => ({
  institutionId: kit.id(),
  institutionCode: kit.text(10),
  classId: kit.id(),
  ...place(kit),
});

const dimensions = (kit: Kit, primary: boolean) => ({
  birthCohort: kit.int({ primary }),
  sex: kit.text(6, { primary }),
  classLevel: kit.text(10, { primary }),
  ownership: kit.text(20, { primary }),
  urbanRural: kit.text(6, { primary }),
});

export const record = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  childId: kit.id(),
  status: kit.text(12),
  number: kit.sealed('record.number', { nullable: true }),
  ...seat(kit),
  bornOn: kit.date(),
  birthCohort: kit.int(),
  sex: kit.text(6),
  enteredOn: kit.date(),
  events: kit.int(),
  version: kit.int(),
});

export const placement = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  ...seat(kit),
  ...dimensions(kit, false),
  fromOn: kit.date(),
  untilOn: kit.date({ nullable: true }),
  version: kit.int(),
  openKey: kit.oneOpen('record_id', 'until_on IS NULL'),
});
export const PLACEMENT_ORDER = 'until_on IS NULL OR until_on >= from_on';

export const application = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  kind: kit.text(20),
  state: kit.text(10),
  ...seat(kit),
  enteredOn: kit.date(),
  submittedAt: kit.instant(),
  submittedBy: kit.text(80),
  dueOn: kit.date(),
  decidedAt: kit.instant({ nullable: true }),
  decidedBy: kit.text(80, { nullable: true }),
  reason: kit.sealed('application.reason', { nullable: true, characters: 200 }),
  warnings: kit.json(),
  version: kit.int(),
  openKey: kit.oneOpen('record_id', "state IN ('SUBMITTED','RETURNED')"),
});

/** Added by migration 2. */
export const applicationClock = (kit: Kit) => ({
  dueRule: kit.text(30),
  dueFrom: kit.date(),
  dueVersion: kit.int(),
  dueProvisional: kit.flag(),
});

/** Migration 2. */
export const calendarDay = (kit: Kit) => ({
  year: kit.int({ primary: true }),
  day: kit.date({ primary: true }),
  working: kit.flag(),
  source: kit.text(40),
  provisional: kit.flag(),
});

/** Migration 2. */
export const deadlineChange = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  applicationId: kit.id(),
  oldDueOn: kit.date(),
  newDueOn: kit.date(),
  reason: kit.text(40),
  at: kit.instant(),
});

export const recordEvent = (kit: Kit) => ({
  recordId: kit.id({ primary: true }),
  seq: kit.int({ primary: true }),
  type: kit.text(40),
  at: kit.instant(),
  account: kit.text(80),
  statusFrom: kit.text(12, { nullable: true }),
  statusTo: kit.text(12),
  reason: kit.sealed('record_event.reason', { nullable: true, characters: 200 }),
  institutionId: kit.id(),
  applicationId: kit.id({ nullable: true }),
});

/** Added by migration 3. */
export const leaveReason = (kit: Kit) => kit.text(20, { nullable: true });

export const recordNumber = (kit: Kit) => ({
  digest: kit.digest({ primary: true }),
  recordId: kit.id(),
  number: kit.sealed('record_number.number'),
  issuedOn: kit.date(),
});

export const countDelta = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  ...place(kit),
  ...dimensions(kit, false),
  delta: kit.int(),
});

export const enrolmentCount = (kit: Kit) => ({
  level: kit.text(8, { primary: true }),
  regionCode: kit.text(6, { primary: true }),
  ...dimensions(kit, true),
  provinceCode: kit.text(6, { nullable: true }),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6, { nullable: true }),
  n: kit.int(),
});

export const countLease = (kit: Kit) => ({ id: kit.int({ primary: true }), foldedAt: kit.instant() });

export * from './life-columns.ts';
