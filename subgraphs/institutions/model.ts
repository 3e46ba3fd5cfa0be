import type { ClassLevel } from '../../kernel/rules/code-sets/class-level.ts';
import type { Founder } from '../../kernel/rules/code-sets/founder.ts';
import type { InstitutionKind } from '../../kernel/rules/code-sets/institution-kind.ts';
import type { UrbanRuralClass } from '../../kernel/rules/code-sets/urban-rural.ts';
import type { PlainDate } from '../../kernel/rules/plain-date.ts';
import type { RegionNode } from '../../kernel/rules/regions.ts';
import type { Place } from '../../kernel/rules/viewer.ts';

/** A node of the dated tree nation > province > city > county; Bingtuan counts as a province. */
export type Region = RegionNode;

export const INSTITUTION_STATUSES = ['PREPARING', 'OPEN', 'SUSPENDED', 'CLOSED'] as const;
export type InstitutionStatus = (typeof INSTITUTION_STATUSES)[number];

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
  readonly version: number;
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
