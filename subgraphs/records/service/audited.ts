import type { Audited } from '../../../kernel/store/audit/entry.ts';
import type {
  Application,
  GraduationRun,
  ProblemCase,
  Record,
  RecordEvent,
  TransferOffer,
} from '../model.ts';
import type { StoredSetting } from '../rules/settings.ts';

/** One entry for each line of history, and one for each application that changed without a line of it. */
export function auditedIn(
  action: string,
  events: readonly RecordEvent[],
  records: readonly Record[],
  applications: readonly Application[],
): Audited[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const told = new Set(events.map(({ applicationId }) => applicationId));
  return [
    ...events.map((event) => ofRecord(event, byId.get(event.recordId)!)),
    ...applications.filter(({ id }) => !told.has(id)).map((one) => ofApplication(action, one)),
  ];
}

/** An act on a record, in the chain of the county the record is in afterwards. */
const ofRecord = ({ type, leaveReason, applicationId }: RecordEvent, record: Record): Audited => ({
  ...{ action: type, authority: record.countyCode, subjectType: 'RECORD', subjectId: record.id },
  ...{ childId: record.childId, caseId: applicationId, reason: leaveReason },
});

/** An act on an application that leaves its record as it was. */
const ofApplication = (action: string, { id, countyCode }: Application): Audited => ({
  ...{ action, authority: countyCode, subjectType: 'APPLICATION', subjectId: id, caseId: id },
});

/** A step of a problem case, in the chain of the county that has its record. */
export const ofProblem = (action: string, { id, ruling }: ProblemCase, record: Record): Audited => ({
  ...{ action, authority: record.countyCode, subjectType: 'PROBLEM_CASE', subjectId: id },
  ...{ childId: record.childId, caseId: id, reason: ruling },
});

/** A list of graduates was frozen, run or undone; each record it changes has an entry of its own. */
export const ofRun = (action: string, { id, countyCode }: GraduationRun): Audited => ({
  ...{ action, authority: countyCode, subjectType: 'GRADUATION_RUN', subjectId: id, caseId: id },
});

export const ofOffer = (action: string, { id, countyCode }: TransferOffer): Audited => ({
  ...{ action, authority: countyCode, subjectType: 'TRANSFER_OFFER', subjectId: id },
});

export const ofSetting = ({ name, provinceCode, version }: StoredSetting): Audited => ({
  ...{
    action: 'setSetting',
    authority: provinceCode,
    subjectType: 'SETTING',
    subjectId: `${name} ${version}`,
  },
});
