/** What stands in the cells of a file that leaves. */
import type { ExportField, ExportProfile, Record } from '../model.ts';
import { SHOWN } from './export-fields.ts';

/** What the neighbour says of a child: only what was asked for. */
export type ChildExportFacts = Readonly<Partial<globalThis.Record<string, string | null>>>;

export type Pseudonym = (field: ExportField, value: string) => string;

const WHOLE: Readonly<
  globalThis.Record<ExportField, (record: Record, child: ChildExportFacts) => string | null | undefined>
> = {
  RECORD_NUMBER: ({ number }) => number,
  CHILD_NAME: (_, { name }) => name,
  DOCUMENT: (_, { document }) => document,
  SEX: ({ sex }) => sex,
  BIRTH_DATE: ({ bornOn }) => bornOn,
  STATUS: ({ status }) => status,
  ENTERED_ON: ({ enteredOn }) => enteredOn,
  COUNTY: ({ countyCode }) => countyCode,
  INSTITUTION: ({ institutionCode }) => institutionCode,
  NATIONALITY: (_, { nationality }) => nationality,
  ETHNICITY: (_, { ethnicity }) => ethnicity,
  HOUSEHOLD_REGION: (_, { householdRegion }) => householdRegion,
  GUARDIAN_NAME: (_, { guardianName }) => guardianName,
  GUARDIAN_PHONE: (_, { guardianPhone }) => guardianPhone,
};

/** One line's cells, in the order of the fields; empty where there is nothing to say. */
export function cellsOf(
  record: Record,
  child: ChildExportFacts,
  fields: readonly ExportField[],
  profile: ExportProfile,
  pseudonym: Pseudonym,
): string[] {
  return fields.map((field) => {
    const value = WHOLE[field](record, child);
    if (value === null || value === undefined) return '';
    const shown = SHOWN[field][profile];
    // Nothing leaves that the profile does not name, whatever was approved.
    if (shown === undefined) throw new Error(`${field} is not in ${profile}.`);
    if (shown === 'MONTH') return value.slice(0, 'YYYY-MM'.length);
    return shown === 'PSEUDONYM' ? pseudonym(field, value) : value;
  });
}
