import type { UnmaskedRead } from '../../../kernel/store/audit/append.ts';
import type { Audited } from '../../../kernel/store/audit/entry.ts';
import type { CaseReport, PrimarySchool, SetQuota, TakeOver, Whose } from '../model.ts';

/** An act on a take-over, in the chain of the county the record is in. */
export const ofTakeOver = (action: string, { id, countyCode, childId, endReason }: TakeOver): Audited => ({
  ...{ action, authority: countyCode, subjectType: 'TAKE_OVER', subjectId: id, caseId: id, childId },
  reason: endReason,
});

export const ofSchool = (action: string, { code, countyCode }: PrimarySchool): Audited => ({
  ...{ action, authority: countyCode, subjectType: 'PRIMARY_SCHOOL', subjectId: code },
});

/** A quota that was set, or lifted, in the chain of the school's county or of the province. */
export const ofQuota = (
  { areaCode, kind }: Pick<SetQuota, 'areaCode' | 'kind'>,
  most: number | null,
  authority: string,
): Audited => ({
  ...{ action: 'setClientQuota', authority, subjectType: 'CLIENT_QUOTA', subjectId: areaCode },
  ...{ fields: [kind], reason: most === null ? null : String(most) },
});

/** A fault a comparison has found, in the chain of the county the record is in. */
export const ofReport = ({ id, kind, recordId, childId, countyCode }: CaseReport): Audited => ({
  ...{ action: 'compareRoster', authority: countyCode, subjectType: 'Record', subjectId: recordId },
  ...{ childId, caseId: id, reason: kind },
});

/** A number that a school is shown, in the chain of the county the record is in. */
export const ofShown = ({ childId, countyCode }: Whose): UnmaskedRead => ({
  ...{ authority: countyCode, subjectType: 'Child', subjectId: childId, childId },
  fields: ['RECORD_NUMBER'],
});
