import type { ChildInput } from './candidate.ts';

/** What import asks of the graph, and the shape of what comes back. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly messageEn: string;
  readonly field: readonly string[];
}

const REFUSAL = '{ code message messageEn field }';

export const CLASSES_OF_INSTITUTION = `
  query RosterInstitution($code: String!, $schoolYear: Int!) {
    institution(code: $code) { code classes(schoolYear: $schoolYear) { id name } }
  }`;

export interface ClassesAnswer {
  readonly institution: { code: string; classes: { id: string; name: string }[] } | null;
}

export const REGISTER_CHILDREN = `
  mutation RosterRegister($input: RegisterChildrenInput!) {
    registerChildren(input: $input) {
      results { child { id } warnings ${REFUSAL} userErrors ${REFUSAL} }
      userErrors ${REFUSAL}
    }
  }`;

export interface RegisterInput {
  readonly idempotencyKey: string;
  readonly institutionCode: string;
  readonly items: readonly ChildInput[];
}

export interface RegisterAnswer {
  readonly registerChildren: Payload<{ child: { id: string } | null }>;
}

export const SUBMIT_ENROLMENTS = `
  mutation RosterEnrol($input: SubmitEnrolmentsInput!) {
    submitEnrolments(input: $input) {
      results { record { id } warnings ${REFUSAL} userErrors ${REFUSAL} }
      userErrors ${REFUSAL}
    }
  }`;

export interface EnrolInput {
  readonly idempotencyKey: string;
  readonly items: readonly { childId: string; institutionCode: string; classId: string; enteredOn: string }[];
}

export interface EnrolAnswer {
  readonly submitEnrolments: Payload<{ record: { id: string } | null }>;
}

/** What a payload tells of one item. */
export type Result<Thing> = Thing & { readonly warnings: Refusal[]; readonly userErrors: Refusal[] };

/** Item by item in the order sent; `userErrors` of the payload itself refuse the whole batch. */
export interface Payload<Thing> {
  readonly results: Result<Thing>[];
  readonly userErrors: Refusal[];
}
