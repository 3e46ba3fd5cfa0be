import { readCalendarYears } from '../../kernel/calendar-data.ts';
import { namedDays } from '../../kernel/rules/calendar-year.ts';
import { calendarOf } from '../../kernel/rules/working-days.ts';
import { newId, toBytes } from '../../kernel/store/ids.ts';
import { sql } from '../../kernel/store/sql.ts';
import type { Application } from '../../subgraphs/records/model.ts';
import { clockOf } from '../../subgraphs/records/rules/clock.ts';
import type { RecordStore } from '../../subgraphs/records/store/store.ts';

export const years = readCalendarYears();
export const now = () => new Date('2026-11-23T02:00:00.000Z');
const calendar = calendarOf(years.flatMap(namedDays));

/** Whose turn it is with an enrolment in each state. */
const turn = (state: Application['state']): Pick<Application, 'task' | 'holderLevel' | 'holderCode'> => {
  if (state === 'SUBMITTED') return { task: 'DECIDE', holderLevel: 'COUNTY', holderCode: '330110' };
  if (state === 'RETURNED') return { task: 'COMPLETE', holderLevel: 'INSTITUTION', holderCode: '1133990001' };
  return { task: null, holderLevel: null, holderCode: null };
};

/** Somebody's application whose step began on a day, under the calendar kept in data/calendar. */
export const application = (
  rule: Application['dueRule'],
  from: string,
  state: Application['state'] = 'SUBMITTED',
): Application => ({
  id: newId(), recordId: newId(), kind: 'ENROLMENT', state, institutionId: newId(), institutionCode: '1133990001',
  classId: newId(), provinceCode: '330000', cityCode: '330100', countyCode: '330110', enteredOn: '2026-09-01',
  submittedAt: now(), submittedBy: 'a', decidedAt: null, decidedBy: null, reason: null, warnings: [], version: 1,
  ...turn(state), steps: turn(state).task === null ? 0 : 1, applicantLevel: 'INSTITUTION', applicantCode: '1133990001',
  statusBefore: null, evidence: [], details: null,
  fromInstitutionCode: null, fromProvinceCode: null, fromCityCode: null, fromCountyCode: null,
  ...clockOf(rule, from, { provinceCode: '330000', calendar }),
}); // prettier-ignore

export const put = (store: RecordStore, rows: readonly Application[]) =>
  store.transaction((tx) => tx.insert(store.tables.application, rows));

export async function read(store: RecordStore, id: string): Promise<Application> {
  const [found] = await store.reader.rows(store.tables.application, sql`WHERE id = ${toBytes(id)}`);
  return found!;
}
