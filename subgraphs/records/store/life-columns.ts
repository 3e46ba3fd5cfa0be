import type { Kit } from '../../../kernel/store/kit.ts';
import { place } from './columns.ts';

/** Added by migration 4, with where the child was. */
export const eventPlace = (kit: Kit) => ({
  institutionCode: kit.text(10),
  classId: kit.id(),
  ...place(kit),
  effectiveOn: kit.date(),
});

/** Added by migration 4. */
export const recordLife = (kit: Kit) => ({
  deferredUntil: kit.date({ nullable: true }),
  mergedInto: kit.id({ nullable: true }),
});

/** Added by migration 4. */
export const applicationSteps = (kit: Kit) => ({
  applicantLevel: kit.text(12),
  applicantCode: kit.text(10),
  task: kit.text(10, { nullable: true }),
  holderLevel: kit.text(12, { nullable: true }),
  holderCode: kit.text(10, { nullable: true }),
  steps: kit.int(),
  statusBefore: kit.text(12, { nullable: true }),
  evidence: kit.json(),
  details: kit.sealedJson('application.details', { nullable: true }),
  fromInstitutionCode: kit.text(10, { nullable: true }),
  fromProvinceCode: kit.text(6, { nullable: true }),
  fromCityCode: kit.text(6, { nullable: true }),
  fromCountyCode: kit.text(6, { nullable: true }),
});

/** Migration 4. */
export const applicationStep = (kit: Kit) => ({
  applicationId: kit.id({ primary: true }),
  seq: kit.int({ primary: true }),
  task: kit.text(10),
  holderLevel: kit.text(12),
  holderCode: kit.text(10),
  provinceCode: kit.text(6, { nullable: true }),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6, { nullable: true }),
  institutionCode: kit.text(10, { nullable: true }),
  begunOn: kit.date(),
  dueOn: kit.date(),
  endedAt: kit.instant({ nullable: true }),
  endedOn: kit.date({ nullable: true }),
  outcome: kit.text(12, { nullable: true }),
  account: kit.text(80, { nullable: true }),
});

/** Migration 4. */
export const followUp = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  applicationId: kit.id({ nullable: true }),
  kind: kit.text(20),
  facts: kit.sealedJson('follow_up.facts'),
  createdAt: kit.instant(),
  doneAt: kit.instant({ nullable: true }),
});

/** Added by migration 4: a record's numbers are a chain. */
export const numberChain = (kit: Kit) => ({
  seq: kit.int(),
  endedOn: kit.date({ nullable: true }),
  endReason: kit.text(20, { nullable: true }),
});

/** Added by migration 11: the key of a number, with its digest. */
export const numberClaim = (kit: Kit) => ({ claim: kit.int({ primary: true }) });
