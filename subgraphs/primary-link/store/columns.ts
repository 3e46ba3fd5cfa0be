import type { Kit } from '../../../kernel/store/kit.ts';

/** Migration 2. */
export const primarySchool = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  code: kit.text(10),
  name: kit.text(100),
  status: kit.text(10),
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6),
  openedOn: kit.date(),
  closedOn: kit.date({ nullable: true }),
  version: kit.int(),
});

/** Migration 2. */
export const takeOver = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  childId: kit.id(),
  schoolCode: kit.text(10),
  schoolProvinceCode: kit.text(6),
  schoolCityCode: kit.text(6, { nullable: true }),
  schoolCountyCode: kit.text(6),
  institutionCode: kit.text(10),
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6),
  state: kit.text(12),
  origin: kit.text(12),
  pending: kit.text(8, { nullable: true }),
  admittedOn: kit.date({ nullable: true }),
  offeredAt: kit.instant(),
  offeredBy: kit.text(80),
  acceptedAt: kit.instant({ nullable: true }),
  acceptedBy: kit.text(80, { nullable: true }),
  acknowledgedAt: kit.instant({ nullable: true }),
  acknowledgedBy: kit.text(80, { nullable: true }),
  cancelUntil: kit.date({ nullable: true }),
  endedAt: kit.instant({ nullable: true }),
  endedBy: kit.text(80, { nullable: true }),
  endReason: kit.text(20, { nullable: true }),
  remark: kit.sealed('take_over.remark', { nullable: true, characters: 200 }),
  conflictsWith: kit.id({ nullable: true }),
  refusal: kit.json(),
  schoolNumber: kit.sealed('take_over.school_number', { nullable: true }),
  schoolNumberDigest: kit.digest({ nullable: true }),
  receipt: kit.json({ nullable: true }),
  version: kit.int(),
  // At most one school has a record, or is on its way to it.
  openKey: kit.oneOpen('record_id', "state IN ('OFFERED','ACCEPTED','ACKNOWLEDGED')"),
  // And a school has at most one claim to it, a disputed one included.
  claimKey: kit.oneOpen('record_id', "state IN ('OFFERED','ACCEPTED','ACKNOWLEDGED','CONFLICT')"),
});

/** Added by migration 8: a number a school has given leads to one record, whoever links it at the same moment. */
export const lateLink = (kit: Kit) => ({
  lateKey: kit.oneOpen('school_number_digest', "state IN ('OFFERED','ACCEPTED','ACKNOWLEDGED')"),
});
export const LATE_INDEX = { name: 'take_over_late_open', columns: ['lateKey'], unique: true };

export const INDICES = {
  primarySchool: [
    { name: 'primary_school_code', columns: ['code'], unique: true },
    { name: 'primary_school_county', columns: ['countyCode', 'id'] },
    { name: 'primary_school_city', columns: ['cityCode', 'id'] },
    { name: 'primary_school_province', columns: ['provinceCode', 'id'] },
  ],
  takeOver: [
    { name: 'take_over_open', columns: ['openKey'], unique: true },
    { name: 'take_over_claim', columns: ['claimKey', 'schoolCode'], unique: true },
    { name: 'take_over_record', columns: ['recordId', 'id'] },
    { name: 'take_over_pending', columns: ['pending', 'id'] },
    { name: 'take_over_school', columns: ['schoolCode', 'state', 'id'] },
    { name: 'take_over_school_county', columns: ['schoolCountyCode', 'state', 'id'] },
    { name: 'take_over_institution', columns: ['institutionCode', 'state', 'id'] },
    { name: 'take_over_county', columns: ['countyCode', 'state', 'id'] },
    { name: 'take_over_late', columns: ['schoolNumberDigest'] },
  ],
};
