import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Ethnicity } from '../../../kernel/rules/code-sets/ethnicity.ts';
import type { Founder } from '../../../kernel/rules/code-sets/founder.ts';
import type { GuardianRelation } from '../../../kernel/rules/code-sets/guardian-relation.ts';
import type { InstitutionKind } from '../../../kernel/rules/code-sets/institution-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { UrbanRuralClass } from '../../../kernel/rules/code-sets/urban-rural.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';

/** A county as it is generated. The shapes of child, institution and class are the graph's inputs. */
export interface DemoCounty {
  readonly region: string;
  readonly schoolYear: number;
  readonly kindergartens: readonly DemoKindergarten[];
}

export interface DemoKindergarten {
  readonly institution: DemoInstitution;
  readonly classes: readonly DemoClass[];
  readonly enrolments: readonly DemoEnrolment[];
}

export interface DemoInstitution {
  readonly code: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly kind: InstitutionKind;
  readonly founder: Founder;
  readonly inclusive: boolean;
  readonly urbanRuralClass: UrbanRuralClass;
  readonly region: string;
  readonly openedOn: PlainDate;
}

export interface DemoClass {
  readonly name: string;
  readonly level: ClassLevel;
  readonly schoolYear: number;
}

/** What the county does with the application; NOTHING leaves it in the work queue. */
export type DemoDecision = 'APPROVE' | 'RETURN' | 'NOTHING';

export interface DemoEnrolment {
  readonly child: DemoChild;
  readonly className: string;
  readonly enteredOn: PlainDate;
  readonly decision: DemoDecision;
}

export interface DemoChild {
  readonly name: string;
  readonly sex: Sex;
  readonly bornOn: PlainDate;
  /** Three letters of GB/T 2659. */
  readonly nationality: string;
  readonly ethnicity: Ethnicity | null;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string | null;
  readonly householdRegion: string | null;
  readonly guardians: readonly DemoGuardian[];
}

export interface DemoGuardian {
  readonly relation: GuardianRelation;
  readonly name: string;
  readonly phone: string;
}
