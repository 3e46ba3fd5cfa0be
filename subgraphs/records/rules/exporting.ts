/** Who may be given what: decided from a request as it was put, and from an export as it stands. */
import { addDays, compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { isWellFormed } from '../../../kernel/rules/text.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { DataExport, ExportField, ExportGround, ExportProfile, ExportState } from '../model.ts';
import { SHOWN, TERM_DAYS_MAX } from './export-fields.ts';

export interface ExportWish {
  readonly profile: ExportProfile;
  readonly ground: ExportGround;
  readonly groundReference: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly fields: readonly ExportField[];
  readonly until: PlainDate;
}

const TEXTS = { groundReference: 200, purpose: 200, recipient: 100 } as const;

export function requestErrors(wish: ExportWish, on: PlainDate): UserError[] {
  const texts = (Object.keys(TEXTS) as (keyof typeof TEXTS)[]).flatMap((field) =>
    textErrors(wish[field], field, TEXTS[field]),
  );
  const { profile, ground, fields } = wish;
  const needsLaw =
    profile === 'IDENTIFIED' && ground !== 'LAW'
      ? [userError('EXPORT_NEEDS_A_LAW', ['ground'], { came: ground })]
      : [];
  const missing = fields.length === 0 ? [userError('REQUIRED', ['fields'])] : [];
  const foreign = fields
    .filter((field) => SHOWN[field][profile] === undefined)
    .map((field) => userError('EXPORT_FIELD_NOT_IN_PROFILE', ['fields'], { field, profile }));
  return [...texts, ...needsLaw, ...missing, ...foreign, ...termErrors(wish.until, on)];
}

function textErrors(text: string, field: string, max: number): UserError[] {
  if (text.trim() === '') return [userError('REQUIRED', [field])];
  if (!isWellFormed(text)) return [userError('TEXT_MALFORMED', [field])];
  const got = [...text].length;
  return got > max ? [userError('TOO_LONG', [field], { max, got })] : [];
}

/** Why somebody refuses or takes back; needed for both. */
export const reasonErrors = (reason: string): UserError[] => textErrors(reason, 'reason', 200);

function termErrors(got: PlainDate, first: PlainDate): UserError[] {
  if (!isPlainDate(got)) return [userError('DATE_IMPOSSIBLE', ['until'])];
  const last = addDays(first, TERM_DAYS_MAX);
  if (compare(got, first) >= 0 && compare(got, last) <= 0) return [];
  return [userError('EXPORT_TERM', ['until'], { first, last, got })];
}

export const isOver = ({ untilOn }: DataExport, on: PlainDate): boolean => compare(untilOn, on) < 0;

const stateErrors = ({ state }: DataExport, ...expected: ExportState[]): UserError[] =>
  expected.includes(state)
    ? []
    : [userError('EXPORT_STATE', [], { expected: expected.join(' / '), came: state })];

/** Whoever decides is another than who asked; that the whole area is theirs has been looked at before. */
export function decisionErrors(asked: DataExport, { account }: Viewer, on: PlainDate): UserError[] {
  if (account === asked.requestedBy) return [userError('SAME_ACCOUNT')];
  if (asked.state === 'REQUESTED' && isOver(asked, on))
    return [userError('EXPORT_STATE', [], { expected: 'REQUESTED', came: 'EXPIRED' })];
  return stateErrors(asked, 'REQUESTED');
}

export const narrowingErrors = (asked: DataExport, fields: readonly ExportField[]): UserError[] => [
  ...(fields.length === 0 ? [userError('REQUIRED', ['fields'])] : []),
  ...fields
    .filter((field) => !asked.fields.includes(field))
    .map((field) => userError('EXPORT_FIELD_NOT_REQUESTED', ['fields'], { field })),
];

export const revocationErrors = (asked: DataExport): UserError[] =>
  stateErrors(asked, 'REQUESTED', 'APPROVED', 'READY');

export function downloadErrors(asked: DataExport, { account }: Viewer, on: PlainDate): UserError[] {
  if (account !== asked.requestedBy) return [userError('EXPORT_OF_ANOTHER')];
  if (asked.state === 'READY' && isOver(asked, on))
    return [userError('EXPORT_STATE', [], { expected: 'READY', came: 'EXPIRED' })];
  return stateErrors(asked, 'READY');
}
