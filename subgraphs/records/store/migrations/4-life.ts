import type { QueryRunner } from 'typeorm';
import {
  addColumns,
  addIndices,
  dropColumns,
  type MoreColumns,
} from '../../../../kernel/store/add-columns.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';
import { createTable, migration, type NewTable } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';
import { INDICES, LIFE_INDICES } from '../indices.ts';

const newTables = (kit: Kit): NewTable[] => [
  { name: 'application_step', columns: columns.applicationStep(kit), indices: LIFE_INDICES.applicationStep },
  { name: 'follow_up', columns: columns.followUp(kit), indices: LIFE_INDICES.followUp },
];

const OPEN = "state IN ('SUBMITTED','RETURNED')";
const RETURNED = "state = 'RETURNED'";

/** What there was before: enrolments that a county decides, or that their kindergarten completes. */
const application = (kit: Kit): MoreColumns => ({
  table: {
    name: 'application',
    columns: {
      ...columns.application(kit),
      ...columns.applicationClock(kit),
      ...columns.applicationSteps(kit),
    },
    indices: [...INDICES.application, ...LIFE_INDICES.application],
  },
  added: {
    applicantLevel: "'INSTITUTION'",
    applicantCode: 'institution_code',
    task: `CASE WHEN ${RETURNED} THEN 'COMPLETE' WHEN ${OPEN} THEN 'DECIDE' END`,
    holderLevel: `CASE WHEN ${RETURNED} THEN 'INSTITUTION' WHEN ${OPEN} THEN 'COUNTY' END`,
    holderCode: `CASE WHEN ${RETURNED} THEN institution_code WHEN ${OPEN} THEN county_code END`,
    steps: `CASE WHEN ${OPEN} THEN 1 ELSE 0 END`,
    statusBefore:
      "(SELECT CASE WHEN r.number IS NULL THEN NULL ELSE 'LEFT' END FROM record r WHERE r.id = record_id)",
    evidence: "'[]'",
    details: 'NULL',
    fromInstitutionCode: 'NULL',
    fromProvinceCode: 'NULL',
    fromCityCode: 'NULL',
    fromCountyCode: 'NULL',
  },
});

const record = (kit: Kit): MoreColumns => ({
  table: {
    name: 'record',
    columns: { ...columns.record(kit), ...columns.recordLife(kit) },
    indices: [...INDICES.record, ...LIFE_INDICES.record],
  },
  added: { deferredUntil: 'NULL', mergedInto: 'NULL' },
});

const ofRecord = (column: string) => `(SELECT r.${column} FROM record r WHERE r.id = record_id)`;
const asApplied = (column: string) =>
  `COALESCE((SELECT a.${column} FROM application a WHERE a.id = application_id), ${ofRecord(column)})`;

const recordEvent = (kit: Kit): MoreColumns => ({
  table: {
    name: 'record_event',
    columns: {
      ...columns.recordEvent(kit),
      leaveReason: columns.leaveReason(kit),
      ...columns.eventPlace(kit),
    },
    indices: LIFE_INDICES.recordEvent,
  },
  added: {
    institutionCode: asApplied('institution_code'),
    classId: asApplied('class_id'),
    provinceCode: asApplied('province_code'),
    cityCode: asApplied('city_code'),
    countyCode: asApplied('county_code'),
    effectiveOn: `CASE WHEN type = 'approveApplication' THEN ${asApplied('entered_on')} ELSE SUBSTR(at, 1, 10) END`,
  },
});

const recordNumber = (kit: Kit): MoreColumns => ({
  table: {
    name: 'record_number',
    columns: { ...columns.recordNumber(kit), ...columns.numberChain(kit) },
    indices: INDICES.recordNumber,
  },
  added: { seq: '1', endedOn: 'NULL', endReason: 'NULL' },
});

const firstSteps = (runner: QueryRunner) =>
  runner.query(`INSERT INTO application_step
    (application_id, seq, task, holder_level, holder_code, province_code, city_code, county_code, institution_code, begun_on, due_on)
    SELECT id, 1, task, holder_level, holder_code, province_code, city_code, county_code,
      CASE WHEN ${RETURNED} THEN institution_code END, SUBSTR(submitted_at, 1, 10), due_on
    FROM application WHERE ${OPEN} AND id NOT IN (SELECT application_id FROM application_step)`);

/** From enrolment to a whole life: steps with a holder, parties, evidence, a place in every line of history. */
export const life = (kit: Kit) => {
  // History first: it looks its places up in the applications and records as they were.
  const more = [recordEvent, application, record, recordNumber].map((of) => of(kit));
  return migration('LifeRecords1764000000004', {
    async up(runner) {
      for (const table of newTables(kit)) await createTable(runner, kit, table);
      for (const columnsOf of more) {
        await addColumns(runner, kit, columnsOf);
        await addIndices(runner, kit, columnsOf.table);
      }
      await firstSteps(runner);
    },
    async down(runner) {
      for (const columnsOf of [...more].reverse()) await dropColumns(runner, columnsOf);
      for (const { name } of newTables(kit)) await runner.dropTable(name, true);
    },
  });
};
