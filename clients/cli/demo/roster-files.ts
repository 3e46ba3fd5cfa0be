/** Rosters as kindergartens would hand them in: for the command line's own journeys and for the load generator. */
import { writeFile } from 'node:fs/promises';
import writeXlsx, { type Cell } from 'write-excel-file/node';
import { DOCUMENT_KIND } from '../../../kernel/rules/code-sets/document-kind.ts';
import { ETHNICITY } from '../../../kernel/rules/code-sets/ethnicity.ts';
import { GUARDIAN_RELATION } from '../../../kernel/rules/code-sets/guardian-relation.ts';
import { SEX } from '../../../kernel/rules/code-sets/sex.ts';
import { COLUMN_KEYS, columnOf, type ColumnKey } from '../roster/columns.ts';
import { csvText } from '../../../kernel/rules/csv.ts';
import { apportion } from './apportion.ts';
import { numbering, type Pool } from './documents.ts';
import { seatsOf } from './generate.ts';
import type { DemoClass, DemoCounty, DemoEnrolment } from './model.ts';
import { readNationalFigures, type NationalFigures } from './statistics.ts';

/** One row of a roster, in the words and labels of the template. */
export type RosterCells = Readonly<Record<ColumnKey, string>>;

export interface RosterPlan {
  readonly institutionCode: string;
  /** Classes that stand open; the children are spread over them evenly. */
  readonly classes: readonly Pick<DemoClass, 'name' | 'level'>[];
  readonly children: number;
  readonly schoolYear: number;
  /** Two rosters of the same pool hold the same children's numbers; none holds those of the demonstration county. */
  readonly pool: Exclude<Pool, 0>;
  readonly figures?: NationalFigures;
}

/** A roster of children nobody has registered yet. The same plan gives the same rows. */
export function newRoster({ institutionCode, classes, children, ...plan }: RosterPlan): RosterCells[] {
  const sizes = apportion(
    children,
    classes.map(() => 1),
  );
  const seats = {
    place: `roster/${plan.pool}/${institutionCode}`,
    schoolYear: plan.schoolYear,
    figures: plan.figures ?? readNationalFigures(),
    numbers: numbering(plan.pool),
  };
  return classes
    .flatMap(({ name, level }, at) => seatsOf({ name, level, children: sizes[at]! }, seats))
    .map((enrolment) => rosterRow(institutionCode, enrolment));
}

/** Everybody in the county in one roster. Its institutions and classes must stand open before it is imported. */
export function countyRoster({ kindergartens }: DemoCounty): RosterCells[] {
  return kindergartens.flatMap(({ institution, enrolments }) =>
    enrolments.map((enrolment) => rosterRow(institution.code, enrolment)),
  );
}

function rosterRow(
  institutionCode: string,
  { child, className, enteredOn }: Omit<DemoEnrolment, 'decision'>,
): RosterCells {
  const [guardian] = child.guardians;
  return {
    name: child.name,
    sex: SEX[child.sex].zh,
    bornOn: child.bornOn,
    documentKind: DOCUMENT_KIND[child.documentKind].zh,
    documentNumber: child.documentNumber ?? '',
    nationality: child.nationality,
    ethnicity: child.ethnicity === null ? '' : ETHNICITY[child.ethnicity].zh,
    householdRegion: child.householdRegion ?? '',
    institutionCode,
    className,
    enteredOn,
    guardianName: guardian?.name ?? '',
    guardianRelation: guardian ? GUARDIAN_RELATION[guardian.relation].zh : '',
    guardianPhone: guardian?.phone ?? '',
    remark: '',
  };
}

/** As .csv (UTF-8 with byte order mark) or .xlsx (dates as dates, everything else as text), by the path's ending. */
export async function writeRoster(path: string, rows: readonly RosterCells[]): Promise<void> {
  const headers = COLUMN_KEYS.map((key) => columnOf(key).header);
  if (/\.csv$/i.test(path)) {
    return writeFile(path, csvText([headers, ...rows.map((row) => COLUMN_KEYS.map((key) => row[key]))]));
  }
  const data = rows.map((row) => COLUMN_KEYS.map((key) => cellOf(key, row[key])));
  const header = headers.map((value): Cell => ({ value, fontWeight: 'bold', format: '@' }));
  await writeXlsx([{ sheet: '名册', stickyRowsCount: 1, data: [header, ...data] }]).toFile(path);
}

function cellOf(key: ColumnKey, text: string): Cell {
  if (text === '') return null;
  return columnOf(key).kind === 'date'
    ? { value: new Date(text), format: 'yyyy-mm-dd' }
    : { value: text, format: '@' };
}
