import { addDays, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Place, type Viewer } from '../../../kernel/rules/viewer.ts';
import {
  TAKE_OVER_STATE,
  type TakeOver,
  type TakeOverEnd,
  type TakeOverSides,
  type TakeOverState,
} from '../model.ts';

/** Whose act it is, as seen from one take-over. */
export type Side = 'SCHOOL' | 'SCHOOL_COUNTY' | 'GIVER' | 'GIVER_COUNTY';

export type TakeOverAct = 'acceptTakeOver' | 'acknowledgeTakeOver' | 'cancelTakeOver' | 'releaseTakeOver';

interface Row {
  readonly action: TakeOverAct;
  readonly from: readonly TakeOverState[];
  readonly by: readonly Side[];
}

/** The hand-shake: who may do what, and when. Offering begins it; every other act is one of these rows. */
export const HAND_SHAKE: readonly Row[] = [
  { action: 'acceptTakeOver', from: ['OFFERED', 'CONFLICT'], by: ['SCHOOL'] },
  { action: 'acknowledgeTakeOver', from: ['ACCEPTED'], by: ['SCHOOL'] },
  { action: 'cancelTakeOver', from: ['OFFERED'], by: ['SCHOOL', 'GIVER', 'GIVER_COUNTY'] },
  {
    action: 'cancelTakeOver',
    from: ['ACCEPTED', 'CONFLICT'],
    by: ['SCHOOL', 'SCHOOL_COUNTY', 'GIVER_COUNTY'],
  },
  { action: 'cancelTakeOver', from: ['ACKNOWLEDGED'], by: ['SCHOOL'] },
  { action: 'releaseTakeOver', from: ['ACKNOWLEDGED'], by: ['SCHOOL', 'SCHOOL_COUNTY', 'GIVER_COUNTY'] },
];

/** Days in which a school simply cancels what it has acknowledged; from then on it releases it, and says why. */
export const CANCEL_DAYS = 30;

/** States in which no other school can have the record. */
export const HOLDS: readonly TakeOverState[] = ['OFFERED', 'ACCEPTED', 'ACKNOWLEDGED'];

export const schoolPlace = (takeOver: TakeOverSides): Place => ({
  provinceCode: takeOver.schoolProvinceCode,
  cityCode: takeOver.schoolCityCode,
  countyCode: takeOver.schoolCountyCode,
  institutionCode: takeOver.schoolCode,
});

/** The sides somebody is on: a county may be on both. Empty for whoever has nothing to do with it. */
export function sidesOf({ role, area }: Viewer, takeOver: TakeOver): Side[] {
  const schools = covers(area, schoolPlace(takeOver));
  const gives = covers(area, takeOver);
  switch (role) {
    case 'PRIMARY_SCHOOL':
      return schools ? ['SCHOOL'] : [];
    case 'KINDERGARTEN':
      return gives ? ['GIVER'] : [];
    case 'COUNTY':
      return [
        ...(schools ? (['SCHOOL_COUNTY'] as const) : []),
        ...(gives ? (['GIVER_COUNTY'] as const) : []),
      ];
    default:
      return [];
  }
}

/** May this viewer see it at all? Kindergarten and authorities of either side, and the school itself. */
export function sees({ role, area }: Viewer, takeOver: TakeOver): boolean {
  if (role === 'SERVICE') return true;
  if (role === 'PRIMARY_SCHOOL') return covers(area, schoolPlace(takeOver));
  if (role === 'KINDERGARTEN') return covers(area, takeOver);
  return covers(area, takeOver) || covers(area, schoolPlace(takeOver));
}

/** Why the act may not happen; empty when it may. A stranger is told what somebody is told who asks for nothing. */
export function decide(
  action: TakeOverAct,
  viewer: Viewer,
  takeOver: TakeOver | null,
  { today, remark }: { readonly today: PlainDate; readonly remark?: string | null | undefined },
): UserError[] {
  const sides = takeOver ? sidesOf(viewer, takeOver) : [];
  if (!takeOver || sides.length === 0) return [userError('NOT_FOUND', ['takeOverId'])];
  if (takeOver.pending !== null) return [userError('TAKE_OVER_UNDER_WAY', ['takeOverId'])];
  const rows = HAND_SHAKE.filter((row) => row.by.some((side) => sides.includes(side)));
  const open = rows.filter(({ from }) => from.includes(takeOver.state)).map((row) => row.action);
  if (!open.includes(action)) {
    const facts = {
      state: TAKE_OVER_STATE[takeOver.state].zh,
      action,
      open: [...new Set(open)].join(', ') || '–',
    };
    return [userError('TAKE_OVER_NOT_OPEN', ['takeOverId'], facts)];
  }
  const { cancelUntil } = takeOver;
  if (action === 'cancelTakeOver' && cancelUntil !== null && today > cancelUntil)
    return [userError('TAKE_OVER_CANCEL_TOO_LATE', ['takeOverId'], { until: cancelUntil })];
  if (action === 'releaseTakeOver' && (remark ?? '').trim() === '')
    return [userError('REASON_REQUIRED', ['reason'])];
  return remarkErrors(remark);
}

const REMARK_MAX = 200;

function remarkErrors(remark: string | null | undefined): UserError[] {
  const got = [...(remark ?? '')].length;
  return got > REMARK_MAX ? [userError('TOO_LONG', ['reason'], { max: REMARK_MAX, got })] : [];
}

export const cancelUntil = (today: PlainDate): PlainDate => addDays(today, CANCEL_DAYS);

/** Whose end it was. */
export function endOf(viewer: Viewer): TakeOverEnd {
  if (viewer.role === 'PRIMARY_SCHOOL') return 'BY_SCHOOL';
  return viewer.role === 'KINDERGARTEN' ? 'BY_OFFERER' : 'BY_AUTHORITY';
}
