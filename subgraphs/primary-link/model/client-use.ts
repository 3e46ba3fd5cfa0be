import type { PlainDate } from '../../../kernel/rules/plain-date.ts';

/** What is rationed by the day, each for itself. */
export const QUOTA_KIND = {
  NUMBERS: { code: null, zh: '学籍号查询与申领', en: 'numbers asked after or claimed by' },
  DOCUMENTS: { code: null, zh: '按证件查询', en: 'identity documents asked after' },
  ROSTER: { code: null, zh: '花名册比对', en: 'roster rows compared' },
  ARCHIVES: { code: null, zh: '接续档案查看', en: 'archives of take-overs shown' },
} as const;
export type QuotaKind = keyof typeof QUOTA_KIND;

/** What client systems do here. */
export const CLIENT_OPERATION = {
  RESOLVE: { code: null, zh: '按学籍号查询', en: 'resolving numbers' },
  RESOLVE_DOCUMENT: { code: null, zh: '按证件查询', en: 'resolving identity documents' },
  OFFER: { code: null, zh: '发起或申领接续', en: 'offering or claiming take-overs' },
  ACCEPT: { code: null, zh: '接收', en: 'accepting take-overs' },
  ACKNOWLEDGE: { code: null, zh: '确认', en: 'acknowledging take-overs' },
  CANCEL: { code: null, zh: '撤销', en: 'cancelling take-overs' },
  RELEASE: { code: null, zh: '退回', en: 'releasing records' },
  LINK_LATE: { code: null, zh: '入学后补接', en: 'linking records found late' },
  COMPARE: { code: null, zh: '花名册比对', en: 'comparing rosters' },
  FEED: { code: null, zh: '读取变更', en: 'reading changes' },
} as const;
export type ClientOperation = keyof typeof CLIENT_OPERATION;

/** What an authority has set instead of the default; for a client system, for a school's, or for all of a province. */
export interface SetQuota {
  /** The school, by its code, or the province. */
  readonly areaCode: string;
  /** One account of the school; empty for all there. */
  readonly account: string;
  readonly kind: QuotaKind;
  readonly most: number;
  readonly setBy: string;
  readonly setAt: Date;
}

/** How much of a day's quota an account has used. */
export interface QuotaUse {
  readonly account: string;
  readonly day: PlainDate;
  readonly kind: QuotaKind;
  readonly used: number;
}

/** What counts of use may be split by. */
export const CLIENT_USE_DIMENSION = {
  ACCOUNT: { code: null, zh: '账号', en: 'account' },
  SCHOOL: { code: null, zh: '学校', en: 'school' },
  OPERATION: { code: null, zh: '业务', en: 'operation' },
  PURPOSE: { code: null, zh: '用途', en: 'stated purpose' },
  DAY: { code: null, zh: '日', en: 'day' },
  HOUR: { code: null, zh: '时', en: 'hour of the day' },
} as const;
export type ClientUseDimension = keyof typeof CLIENT_USE_DIMENSION;

/** Calls, and the items in them. */
export interface UseCounts {
  readonly calls: number;
  readonly items: number;
  /** Items that led to a record. */
  readonly found: number;
  /** Calls that were refused for want of quota. */
  readonly refused: number;
}

/** What one client system did in one hour: nothing finer is kept, and nothing of whom it asked after. */
export interface ClientUse extends UseCounts {
  readonly account: string;
  readonly day: PlainDate;
  readonly hour: number;
  readonly operation: ClientOperation;
  /** As it was stated; NONE where it was not. */
  readonly purpose: string;
  readonly areaLevel: string;
  readonly areaCode: string;
}
