import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type {
  ReportedDifference,
  RosterDifference,
  RosterOutcome,
  RosterStatus,
  TakeOver,
} from '../model.ts';
import type { FoundRecord } from './resolution.ts';
import { STATUS_OF_RECORD } from './resolution.ts';
import { HOLDS, sees } from './take-over.ts';

/** What fits of what a school has written down; null where it has written nothing. */
export interface Fit {
  readonly nameFits: boolean | null;
  readonly sexFits: boolean | null;
  readonly bornOnFits: boolean | null;
}

export interface ComparedRow {
  readonly status: RosterStatus;
  readonly schoolCode: string;
  /** Was it found by its number? By a document or a take-over the child is certain. */
  readonly byNumber: boolean;
  /** The row has a number that is none of the child's. */
  readonly strayNumber: boolean;
  readonly record: FoundRecord;
  readonly fit: Fit;
  /** The take-over that has the record, or is on its way to it. */
  readonly takeOver: TakeOver | null;
}

/** In what the two sides differ, in a fixed order. Where name and birth date are both another's, the number is. */
export function differencesOf(row: ComparedRow): RosterDifference[] {
  const { nameFits, sexFits, bornOnFits } = row.fit;
  if (row.byNumber && nameFits === false && bornOnFits === false) return ['NUMBER_DIFFERS'];
  const standing = standingOf(row);
  return [
    ...(standing === null ? [] : [standing]),
    ...(nameFits === false ? (['NAME_DIFFERS'] as const) : []),
    ...(sexFits === false ? (['SEX_DIFFERS'] as const) : []),
    ...(bornOnFits === false ? (['DATE_DIFFERS'] as const) : []),
    ...(row.strayNumber ? (['NUMBER_DIFFERS'] as const) : []),
  ];
}

function standingOf({ status, schoolCode, record, takeOver }: ComparedRow): RosterDifference | null {
  const here = STATUS_OF_RECORD[record.status] ?? null;
  const isOwn = takeOver?.schoolCode === schoolCode;
  switch (status) {
    case 'ACTIVE':
      if (here === 'IN_KINDERGARTEN') return isOwn ? 'NOT_TAKEN_OVER' : 'ACTIVE_ON_BOTH_SIDES';
      // Taken over by another school it may have come from there since; whose pupil it is K-12 knows.
      return here === 'PROMOTED' || here === 'CANCELLED' ? null : 'NOT_TAKEN_OVER';
    case 'INACTIVE':
      if (here === 'PROMOTED') return isOwn ? 'ACTIVE_ON_NEITHER' : null;
      return here === 'LEFT' || here === 'GRADUATED' ? 'ACTIVE_ON_NEITHER' : null;
    case 'TRANSFERRED':
      return null;
  }
}

/**
 * What of it the asker is told. Of a record in its area, or one its school has to do with, everything; of any other, to whom
 * the birth date fits, only how it stands, as resolving its number would say; to whom it does not fit, what is said of nothing.
 */
export function told(
  viewer: Viewer,
  { record, fit, takeOver }: ComparedRow,
  differences: readonly RosterDifference[],
): { readonly outcome: RosterOutcome; readonly differences: readonly RosterDifference[] } {
  const isNear =
    covers(viewer.area, record) || (takeOver !== null && isHeld(takeOver) && sees(viewer, takeOver));
  if (!isNear && fit.bornOnFits !== true) return { outcome: 'NO_PRESCHOOL_RECORD', differences: [] };
  const open = isNear ? differences : differences.filter((one) => STANDING.includes(one));
  return { outcome: open.length > 0 ? 'DIFFERS' : 'AGREES', differences: open };
}

const STANDING: readonly RosterDifference[] = ['ACTIVE_ON_BOTH_SIDES', 'ACTIVE_ON_NEITHER', 'NOT_TAKEN_OVER'];

/** A claim that is disputed opens nothing. */
const isHeld = ({ state }: TakeOver) => state !== 'OFFERED' && HOLDS.includes(state);

export const isReported = (difference: RosterDifference): difference is ReportedDifference =>
  difference !== 'NOT_TAKEN_OVER';

/**
 * Known again when it is found again: what a school has written is part of it, by a digest; how a child stands is so
 * for one school year.
 */
export function sourceKeyOf(
  kind: ReportedDifference,
  { schoolCode, record }: ComparedRow,
  { today, digest }: { readonly today: string; readonly digest: string },
): string {
  const last = STANDING.includes(kind) ? `${schoolCode}:${schoolYearOf(today)}` : digest;
  return `roster:${kind}:${record.recordId}:${last}`;
}

/** What a school has written down of a pupil. */
export interface WrittenDown {
  readonly name: string | null;
  readonly sex: string | null;
  readonly bornOn: string | null;
}

/** What the school has written, of the field that differs; nothing at all where it may be another child's. */
export function writtenOf(kind: ReportedDifference, { name, sex, bornOn }: WrittenDown): string {
  switch (kind) {
    case 'NAME_DIFFERS':
      return name ?? '';
    case 'SEX_DIFFERS':
      return sex ?? '';
    case 'DATE_DIFFERS':
      return bornOn ?? '';
    default:
      return '';
  }
}

const SAYS: Readonly<Record<ReportedDifference, string>> = {
  ACTIVE_ON_BOTH_SIDES: '在读，而学前学籍仍为在园',
  ACTIVE_ON_NEITHER: '不在读，而学前学籍亦不在园',
  NAME_DIFFERS: '姓名',
  SEX_DIFFERS: '性别',
  DATE_DIFFERS: '出生日期',
  NUMBER_DIFFERS: '学籍号与学生不符',
};

/** For whoever handles the case; at most 200 characters. */
export function statementOf(kind: ReportedDifference, schoolCode: string, written: string): string {
  const what = written === '' ? SAYS[kind] : `${SAYS[kind]}“${written}”`;
  return [...`小学 ${schoolCode} 花名册登记：${what}。`].slice(0, 200).join('');
}
