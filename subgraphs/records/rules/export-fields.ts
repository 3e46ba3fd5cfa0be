/** What each profile leaves of a field, and whom each fact is asked of. */
import type { ExportField, ExportProfile } from '../model.ts';

/** WHOLE: as it is. MONTH: without the day. PSEUDONYM: the same for the same child within one file. */
export type Shown = 'WHOLE' | 'MONTH' | 'PSEUDONYM';

type Profiles = Readonly<Partial<Record<ExportProfile, Shown>>>;

const everywhere: Profiles = { STATISTICS: 'WHOLE', PSEUDONYMOUS: 'WHOLE', IDENTIFIED: 'WHOLE' };
const month: Profiles = { STATISTICS: 'MONTH', PSEUDONYMOUS: 'MONTH', IDENTIFIED: 'WHOLE' };
const number: Profiles = { PSEUDONYMOUS: 'PSEUDONYM', IDENTIFIED: 'WHOLE' };
const byName: Profiles = { IDENTIFIED: 'WHOLE' };

export const SHOWN: Readonly<Record<ExportField, Profiles>> = {
  RECORD_NUMBER: number,
  CHILD_NAME: byName,
  DOCUMENT: number,
  SEX: everywhere,
  BIRTH_DATE: month,
  STATUS: everywhere,
  ENTERED_ON: month,
  COUNTY: everywhere,
  INSTITUTION: everywhere,
  NATIONALITY: everywhere,
  ETHNICITY: everywhere,
  HOUSEHOLD_REGION: everywhere,
  GUARDIAN_NAME: byName,
  GUARDIAN_PHONE: byName,
};

/** What the neighbour that keeps the children is asked for, and nothing beside it. */
export const ASKED_OF_CHILDREN: Readonly<Partial<Record<ExportField, string>>> = {
  CHILD_NAME: 'name',
  DOCUMENT: 'document',
  NATIONALITY: 'nationality',
  ETHNICITY: 'ethnicity',
  HOUSEHOLD_REGION: 'householdRegion',
  GUARDIAN_NAME: 'guardianName',
  GUARDIAN_PHONE: 'guardianPhone',
};

/** Combinations of fewer children than this are left out of statistics. */
export const SMALLEST_CELL = 10;
/** As many combinations are no statistics any more, and more than memory should hold. */
export const CELLS_MAX = 200_000;
/** How long at most an export may be had. */
export const TERM_DAYS_MAX = 366;
/** How long the parts may be fetched with one ticket. */
export const TICKET_MS = 3_600_000;
