/** May this be done to an institution, and what becomes of it? One function each, pure. */
import { compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { seesSealed } from '../../../kernel/rules/sight.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import {
  INSTITUTION_STATUS,
  type Institution,
  type InstitutionStatus,
  type InstitutionVersion,
} from '../model.ts';
import { reasonErrors } from './texts.ts';

export type ChangeAct =
  | 'renameInstitution'
  | 'moveInstitution'
  | 'mergeInstitutions'
  | 'takeIn'
  | 'beginClosing'
  | 'cancelClosing'
  | 'closeInstitution';

const NOT_CLOSED: readonly InstitutionStatus[] = ['PREPARING', 'OPEN', 'SUSPENDED', 'CLOSING'];

/** In which statuses each act is open, with its name as a message says it. */
const ACTS: Readonly<
  Record<ChangeAct, { readonly zh: string; readonly from: readonly InstitutionStatus[] }>
> = {
  renameInstitution: { zh: '更名', from: NOT_CLOSED },
  moveInstitution: { zh: '改隶', from: NOT_CLOSED },
  mergeInstitutions: { zh: '并入', from: NOT_CLOSED },
  takeIn: { zh: '吸收合并', from: ['OPEN'] },
  beginClosing: { zh: '开始撤销', from: ['PREPARING', 'OPEN', 'SUSPENDED'] },
  cancelClosing: { zh: '取消撤销', from: ['CLOSING'] },
  closeInstitution: { zh: '撤销', from: ['CLOSING'] },
};

/** What every change says: what to, from which day, and perhaps why. */
export interface Wish {
  readonly on: PlainDate;
  readonly reason: string | null;
}

/** An institution with its history, or null where nobody knows the code. */
export interface Known {
  readonly institution: Institution;
  readonly versions: readonly InstitutionVersion[];
}

export interface ChangeFacts {
  readonly viewer: Viewer;
  readonly today: PlainDate;
}

/** What speaks against an act whatever it is: the day, the reason, the institution, its area and its status. */
export function changeErrors(
  act: ChangeAct,
  { on, reason }: Wish,
  code: string,
  known: Known | null,
  { viewer, today }: ChangeFacts,
): UserError[] {
  const errors = institutionErrors(act, code, known, viewer);
  return [...errors, ...dateErrors(on, known ? [known] : [], today), ...reasonErrors(reason)];
}

/** The day is held against the latest change of all that are concerned. */
export function dateErrors(on: PlainDate, concerned: readonly Known[], today: PlainDate): UserError[] {
  if (!isPlainDate(on)) return [userError('DATE_IMPOSSIBLE', ['on'])];
  if (compare(on, today) > 0) return [userError('CHANGE_DATE_FUTURE', ['on'], { today })];
  const last = concerned
    .flatMap(({ versions }) => versions.slice(-1).map(({ fromOn }) => fromOn))
    .sort()
    .at(-1);
  return last !== undefined && compare(on, last) < 0
    ? [userError('CHANGE_BEFORE_LAST', ['on'], { last })]
    : [];
}

export function institutionErrors(
  act: ChangeAct,
  code: string,
  known: Known | null,
  viewer: Viewer,
  field: readonly string[] = ['institutionCode'],
): UserError[] {
  if (!known) return [userError('INSTITUTION_UNKNOWN', field, { code })];
  if (!covers(viewer.area, known.institution)) {
    return [userError('OUTSIDE_YOUR_AREA', field, { area: viewer.area.code })];
  }
  const { status } = known.institution;
  if (ACTS[act].from.includes(status)) return [];
  return [userError('INSTITUTION_ACT_NOT_OPEN', field, { ...wordsOf(status), ...openIn(act, status) })];
}

const wordsOf = (status: InstitutionStatus) => ({ status: `${INSTITUTION_STATUS[status].zh} ${status}` });

function openIn(act: ChangeAct, status: InstitutionStatus) {
  const open = (Object.keys(ACTS) as ChangeAct[]).filter((one) => ACTS[one].from.includes(status));
  return {
    action: `${ACTS[act].zh} ${act}`,
    open: open.map((one) => `${ACTS[one].zh} ${one}`).join(' / ') || '—',
  };
}

/** Acts begun before the closing may land so much later: the longest a mutation may take, twice. */
export const CLOSING_SETTLES_S = 60;

/** What records still has of a closing institution, as far as the viewer may know of it. */
export interface Load {
  readonly children: number;
  readonly undecided: number;
  /** The day its last stay ended; null where there never was one. */
  readonly stayedUntil: PlainDate | null;
}

/**
 * An institution closes when nothing is left in it, and nothing can be on its way into it any more. Only who may see
 * every child can know that; who may not is told the same whether a child under a protection order is there or not.
 */
export function emptinessErrors(
  known: Known,
  load: Load | null,
  on: PlainDate,
  now: Date,
  viewer: Viewer,
): UserError[] {
  const begun = known.versions.findLast(({ act }) => act === 'BEGIN_CLOSING');
  const waited = begun === undefined ? 0 : Math.floor((now.getTime() - begun.at.getTime()) / 1000);
  if (waited < CLOSING_SETTLES_S) {
    const left = CLOSING_SETTLES_S - waited;
    return [userError('CLOSING_TOO_EARLY', ['institutionCode'], { seconds: CLOSING_SETTLES_S, left })];
  }
  if (!load || load.children + load.undecided > 0) {
    const { children, undecided } = load ?? { children: '?', undecided: '?' };
    return [userError('CHILDREN_REMAIN', ['institutionCode'], { children, undecided })];
  }
  const { stayedUntil: last } = load;
  if (last !== null && compare(on, last) < 0)
    return [userError('CLOSED_WITH_CHILDREN', ['on'], { last, got: on })];
  return seesSealed(viewer) ? [] : [userError('CLOSING_NEEDS_SIGHT', ['institutionCode'])];
}

/** What an institution was before it began to close; it goes back to that. */
export function statusBeforeClosing(versions: readonly InstitutionVersion[]): InstitutionStatus {
  const begun = versions.findLastIndex(({ act }) => act === 'BEGIN_CLOSING');
  return versions[begun - 1]?.status ?? 'OPEN';
}

/** What it was on a day: the last version that held by then; null before the first. */
export function versionOn(versions: readonly InstitutionVersion[], on: PlainDate): InstitutionVersion | null {
  return versions.findLast(({ fromOn }) => compare(fromOn, on) <= 0) ?? null;
}

/** An institution as it was; what is not kept from day to day is as it is now. */
export function asOf(institution: Institution, version: InstitutionVersion): Institution {
  const { code, name, status, regionCode, provinceCode, cityCode, countyCode, successorId } = version;
  const closedOn = status === 'CLOSED' ? institution.closedOn : null;
  return {
    ...institution,
    ...{ code, name, status, regionCode, provinceCode, cityCode, countyCode, successorId, closedOn },
  };
}

/** Each version with the day it ended: the day the next began, and null for the present one. */
export function untilOn(versions: readonly InstitutionVersion[]): (PlainDate | null)[] {
  return versions.map((_, i) => versions[i + 1]?.fromOn ?? null);
}
