import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';

export const SCHOOL_STATUS = {
  OPEN: { code: null, zh: '正常', en: 'open' },
  CLOSED: { code: null, zh: '已撤销', en: 'closed' },
} as const;
export type SchoolStatus = keyof typeof SCHOOL_STATUS;

/** A primary school that records may go to. */
export interface PrimarySchool extends Omit<Place, 'institutionCode'> {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly status: SchoolStatus;
  readonly openedOn: PlainDate;
  readonly closedOn: PlainDate | null;
  readonly version: number;
}

export const TAKE_OVER_STATE = {
  OFFERED: { code: null, zh: '已提供', en: 'offered to a school, which has not answered' },
  ACCEPTED: { code: null, zh: '已接收', en: 'accepted by a school that is establishing its record' },
  ACKNOWLEDGED: { code: null, zh: '已确认', en: 'acknowledged; the preschool record is locked as PROMOTED' },
  CANCELLED: { code: null, zh: '已撤销', en: 'cancelled; it is as if it had not been' },
  RELEASED: { code: null, zh: '已退回', en: 'given back by the school after it was acknowledged' },
  CONFLICT: {
    code: null,
    zh: '争议',
    en: 'claimed by a second school; kept with both claims until somebody decides',
  },
} as const;
export type TakeOverState = keyof typeof TAKE_OVER_STATE;

export const TAKE_OVER_ORIGIN = {
  KINDERGARTEN: { code: null, zh: '幼儿园提供', en: 'offered by the kindergarten' },
  COUNTY: { code: null, zh: '县级提供', en: 'offered by the county' },
  SCHOOL: { code: null, zh: '小学申领', en: 'claimed by the school' },
  LATE: { code: null, zh: '入学后补接', en: 'found after the school had created a record of its own' },
} as const;
export type TakeOverOrigin = keyof typeof TAKE_OVER_ORIGIN;

export const TAKE_OVER_END = {
  BY_OFFERER: { code: null, zh: '提供方撤销', en: 'taken back by whoever offered it' },
  BY_SCHOOL: { code: null, zh: '小学撤销', en: 'given up by the school' },
  BY_AUTHORITY: { code: null, zh: '主管部门裁定', en: 'ended by the authority in charge' },
  CLAIMED_ELSEWHERE: { code: null, zh: '另一所小学已申领', en: 'the child was claimed by another school' },
} as const;
export type TakeOverEnd = keyof typeof TAKE_OVER_END;

/** What is still to be done at records: repeated until it is done. */
export type PendingStep = 'PROMOTE' | 'CANCEL' | 'RELEASE';

/** Where both sides of a take-over are; its own place is the record's when it was offered. */
export interface TakeOverSides extends Place {
  readonly schoolCode: string;
  readonly schoolProvinceCode: string;
  readonly schoolCityCode: string | null;
  readonly schoolCountyCode: string;
  readonly institutionCode: string;
}

/** The hand-over of one record to one school; no name, no number. */
export interface TakeOver extends TakeOverSides {
  readonly id: string;
  readonly recordId: string;
  readonly childId: string;
  readonly state: TakeOverState;
  readonly origin: TakeOverOrigin;
  readonly pending: PendingStep | null;
  /** The first day in primary school; known when it is acknowledged. */
  readonly admittedOn: PlainDate | null;
  readonly offeredAt: Date;
  readonly offeredBy: string;
  readonly acceptedAt: Date | null;
  readonly acceptedBy: string | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  /** The last day on which the school may simply cancel what it has acknowledged. */
  readonly cancelUntil: PlainDate | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endReason: TakeOverEnd | null;
  /** What was said when it was ended. */
  readonly remark: string | null;
  /** The take-over that stood in the way of a second school. */
  readonly conflictsWith: string | null;
  /** Why records would not promote it when that was last tried. */
  readonly refusal: readonly UserError[];
  /** The number of the record the school had created before, and its blind index. */
  readonly schoolNumber: string | null;
  readonly schoolNumberDigest: string | null;
  readonly receipt: Receipt | null;
  readonly version: number;
}

/** What proves a take-over to both sides: the very text that was signed, and a detached JWS over it. */
export interface Receipt {
  readonly text: string;
  readonly jws: string;
}
