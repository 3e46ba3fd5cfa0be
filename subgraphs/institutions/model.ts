import type { ClassLevel } from '../../kernel/rules/code-sets/class-level.ts';
import type { Founder } from '../../kernel/rules/code-sets/founder.ts';
import type { InstitutionKind } from '../../kernel/rules/code-sets/institution-kind.ts';
import type { UrbanRuralClass } from '../../kernel/rules/code-sets/urban-rural.ts';
import type { Ownership } from '../../kernel/rules/code-sets/ownership.ts';
import type { RegionLevel } from '../../kernel/rules/code-sets/region-level.ts';
import type { UrbanRural } from '../../kernel/rules/code-sets/urban-rural.ts';
import type { PlainDate } from '../../kernel/rules/plain-date.ts';
import type { RegionNode } from '../../kernel/rules/regions.ts';
import type { Place } from '../../kernel/rules/viewer.ts';

export * from './model/account.ts';
export * from './model/break-glass.ts';

/** A node of the dated tree nation > province > city > county; Bingtuan counts as a province. */
export type Region = RegionNode;

/** Whether an institution operates. Only an OPEN one takes children in. */
export const INSTITUTION_STATUS = {
  PREPARING: { code: null, zh: '筹建', en: 'being prepared, not yet lawful' },
  OPEN: { code: null, zh: '在办', en: 'operating lawfully' },
  SUSPENDED: { code: null, zh: '停办整顿', en: 'suspended' },
  CLOSING: { code: null, zh: '正在撤销', en: 'closing: takes nobody in, its children leave by transfer' },
  CLOSED: { code: null, zh: '撤销', en: 'closed or merged into another; its code is never reused' },
} as const;
export type InstitutionStatus = keyof typeof INSTITUTION_STATUS;

/** A kindergarten or another preschool institution. */
export interface Institution extends Place {
  readonly id: string;
  /** 10 digits, never reused. */
  readonly code: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly kind: InstitutionKind;
  readonly founder: Founder;
  /** Recognised as an inclusive private kindergarten. */
  readonly inclusive: boolean;
  readonly urbanRuralClass: UrbanRuralClass;
  readonly status: InstitutionStatus;
  /** The region with the county authority in charge; its tree path stands beside it, as it was. */
  readonly regionCode: string;
  readonly openedOn: PlainDate;
  readonly closedOn: PlainDate | null;
  /** The institution it was merged into. */
  readonly successorId: string | null;
  readonly version: number;
}

/** What was done to an institution. */
export const INSTITUTION_ACT = {
  OPEN: { code: null, zh: '设立', en: 'opened' },
  RENAME: { code: null, zh: '更名', en: 'renamed, the code stays' },
  MOVE: { code: null, zh: '改隶', en: 'put under another county authority' },
  REGIONS: { code: null, zh: '区划调整', en: 'moved because regions were reorganised' },
  MERGE: { code: null, zh: '并入', en: 'merged into its successor' },
  TAKE_IN: { code: null, zh: '吸收合并', en: 'took others in' },
  BEGIN_CLOSING: { code: null, zh: '开始撤销', en: 'began to close' },
  CANCEL_CLOSING: { code: null, zh: '取消撤销', en: 'does not close after all' },
  CLOSE: { code: null, zh: '撤销', en: 'closed' },
} as const;
export type InstitutionAct = keyof typeof INSTITUTION_ACT;

/** What an institution was from a day on, until its next version; `seq` is the institution's version then. */
export interface InstitutionVersion
  extends Place, Pick<Institution, 'code' | 'name' | 'status' | 'regionCode' | 'successorId'> {
  readonly institutionId: string;
  readonly seq: number;
  readonly fromOn: PlainDate;
  readonly act: InstitutionAct;
  readonly account: string;
  readonly at: Date;
  readonly reason: string | null;
}

export const CHANGE_KINDS = ['RENAMED', 'MOVED', 'MERGED', 'STATUS'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Where the children of an institution are from the change on; with what they are counted by. */
export interface ChangedSeat extends Place {
  readonly institutionId: string;
  readonly institutionCode: string;
  /** The version this institution had when the change was made. */
  readonly seq: number;
  readonly ownership: Ownership;
  readonly urbanRural: UrbanRural;
}

/** What neighbours must learn of an act: written with it, delivered after it, in the order of `seq`. */
export interface InstitutionChange {
  readonly id: string;
  readonly institutionId: string;
  readonly institutionCode: string;
  readonly seq: number;
  readonly kind: ChangeKind;
  readonly fromOn: PlainDate;
  readonly account: string;
  readonly seat: ChangedSeat;
  readonly at: Date;
  readonly deliveredAt: Date | null;
  /** When it is to be delivered next; null when that is over. */
  readonly nextAt: Date | null;
}

/** One reorganisation of regions, laid over the lists kept with this program. */
export interface RegionChange {
  readonly seq: number;
  readonly fromOn: PlainDate;
  readonly account: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly facts: RegionChangeFacts;
}

export interface RegionChangeFacts {
  readonly founded: readonly NewRegion[];
  readonly abolished: readonly { readonly code: string; readonly successors: readonly string[] }[];
  readonly placed: readonly { readonly code: string; readonly parent: string }[];
}

export interface NewRegion {
  readonly code: string;
  readonly name: string;
  readonly level: Exclude<RegionLevel, 'NATION'>;
  readonly parent: string;
}

/** A class of one school year; the class carries the grade, so a new year touches classes and not children. */
export interface Class {
  readonly id: string;
  readonly institutionId: string;
  readonly name: string;
  readonly level: ClassLevel;
  readonly schoolYear: number;
  readonly version: number;
}
