import { NATIONALITIES, choose } from './choices.ts';
import type { RowValues } from './row-values.ts';

/** The graph's ChildInput, as far as a roster fills it. */
export interface ChildInput {
  readonly name: string;
  readonly sex: string;
  readonly bornOn: string;
  readonly nationality: string;
  readonly ethnicity?: string;
  readonly documentKind: string;
  readonly documentNumber?: string;
  readonly householdRegion?: string;
  readonly guardians: readonly { relation: string; name: string; phone?: string }[];
}

/** One row that may be sent: the child, and where it is to be enrolled. */
export interface Candidate {
  readonly row: number;
  /** Null when neither the row nor the command names an institution. */
  readonly institutionCode: string | null;
  readonly className: string;
  readonly enteredOn: string;
  readonly child: ChildInput;
}

/** Only for rows without errors: the required values are there. */
export function candidateOf({ row, of }: RowValues, institution: string | null): Candidate {
  const { institutionCode, className = '', enteredOn = '' } = of;
  return { row, institutionCode: institutionCode ?? institution, className, enteredOn, child: childOf(of) };
}

function childOf(of: RowValues['of']): ChildInput {
  const { name = '', sex = '', bornOn = '', documentKind = '', nationality } = of;
  const { ethnicity, documentNumber, householdRegion } = of;
  return {
    name,
    sex,
    bornOn,
    documentKind,
    nationality: nationality === undefined ? 'CHN' : nationalityCode(nationality),
    ...(ethnicity === undefined ? {} : { ethnicity }),
    ...(documentNumber === undefined ? {} : { documentNumber }),
    ...(householdRegion === undefined ? {} : { householdRegion }),
    guardians: guardiansOf(of),
  };
}

export function nationalityCode(text: string): string {
  return choose(NATIONALITIES, text) ?? text.toUpperCase();
}

function guardiansOf({
  guardianName,
  guardianRelation,
  guardianPhone,
}: RowValues['of']): ChildInput['guardians'] {
  if (guardianName === undefined || guardianRelation === undefined) return [];
  const phone = guardianPhone === undefined ? {} : { phone: guardianPhone };
  return [{ relation: guardianRelation, name: guardianName, ...phone }];
}
