import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { AreaLevel } from '../../../kernel/rules/viewer.ts';
import type { AccountRole } from './account.ts';

export const BREAK_GLASS_GROUND = {
  MEDICAL: { code: null, zh: '急救就医', en: 'a child needs medical help at once' },
  MISSING: { code: null, zh: '走失或被拐', en: 'a child is missing or was taken' },
  ABUSE: { code: null, zh: '疑似受侵害', en: 'a child may be suffering harm' },
  DISASTER: { code: null, zh: '灾害事故', en: 'a disaster or an accident' },
  PUBLIC_HEALTH: { code: null, zh: '传染病处置', en: 'an infectious disease is traced' },
  JUDICIAL: { code: null, zh: '公安司法急办', en: 'police or a court ask at once' },
} as const;
export type BreakGlassGround = keyof typeof BREAK_GLASS_GROUND;

export const BREAK_GLASS_VERDICT = {
  JUSTIFIED: { code: null, zh: '正当', en: 'justified' },
  NOT_JUSTIFIED: { code: null, zh: '不当，立即终止', en: 'not justified; it ends at once' },
} as const;
export type BreakGlassVerdict = keyof typeof BREAK_GLASS_VERDICT;

/** One account let itself look at one child beyond its area, said why, and answers for it to the level above. */
export interface BreakGlass {
  readonly id: string;
  /** Who opened it; `holder` tells whether a reviewer is the same person under another name. */
  readonly account: string;
  readonly holder: string;
  readonly role: AccountRole;
  readonly areaLevel: AreaLevel;
  readonly areaCode: string;
  /** Where the account belongs, so that the level above finds it. */
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string | null;
  readonly childId: string;
  readonly ground: BreakGlassGround;
  readonly reason: string;
  readonly openedAt: Date;
  /** It ends by itself then, or before by a review. */
  readonly until: Date;
  readonly reviewDueOn: PlainDate;
  readonly verdict: BreakGlassVerdict | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly remark: string | null;
  readonly version: number;
}
