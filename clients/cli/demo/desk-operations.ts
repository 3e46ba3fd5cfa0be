/** What putting work on the desks asks of the graph, and the shapes of the answers. */
import type { Payload, Refusal } from './seed-operations.ts';

interface Item {
  readonly userErrors: readonly Refusal[];
}
interface Thing {
  readonly id: string;
}
type RunAnswer = (Item & { readonly run: Thing | null }) | null;
type ProblemAnswer = (Item & { readonly problemCase: Thing | null }) | null;

const REFUSALS = 'userErrors { code field }';

export const FREEZE = `
  mutation DemoFreezeGraduation($input: FreezeGraduationInput!) {
    freezeGraduation(input: $input) { run { id } ${REFUSALS} }
  }`;
export interface FreezeAnswer {
  readonly freezeGraduation: RunAnswer;
}

export const GRADUATE = `
  mutation DemoGraduate($input: GraduateInput!) {
    graduate(input: $input) { run { id } ${REFUSALS} }
  }`;
export interface GraduateAnswer {
  readonly graduate: RunAnswer;
}

export const PROMOTE = `
  mutation DemoPromoteClasses($input: PromoteClassesInput!) {
    promoteClasses(input: $input) { results { moved ${REFUSALS} } ${REFUSALS} }
  }`;
export interface PromoteAnswer {
  readonly promoteClasses: Payload<Item & { readonly moved: number }> | null;
}

/** Of a class there are three. */
export const LAST_RECORDS = `
  query DemoRecordsOfClass($institution: String!, $classId: ID!) {
    records(filter: { institution: $institution, class: $classId, status: ENROLLED }, first: 3) { nodes { id } }
  }`;
export interface RecordsAnswer {
  readonly records: { readonly nodes: readonly Thing[] } | null;
}

export const OPEN_PROBLEM = `
  mutation DemoOpenProblemCase($input: OpenProblemCaseInput!) {
    openProblemCase(input: $input) { problemCase { id } ${REFUSALS} }
  }`;
export interface OpenProblemAnswer {
  readonly openProblemCase: ProblemAnswer;
}

export const ANSWER_PROBLEM = `
  mutation DemoAnswerProblemCase($input: AnswerProblemCaseInput!) {
    answerProblemCase(input: $input) { problemCase { id } ${REFUSALS} }
  }`;
export interface AnswerProblemAnswer {
  readonly answerProblemCase: ProblemAnswer;
}

export const ARBITRATE_PROBLEM = `
  mutation DemoArbitrateProblemCase($input: ArbitrateProblemCaseInput!) {
    arbitrateProblemCase(input: $input) { problemCase { id } ${REFUSALS} }
  }`;
export interface ArbitrateProblemAnswer {
  readonly arbitrateProblemCase: ProblemAnswer;
}

export const REQUEST_NUMBER_DELETION = `
  mutation DemoRequestNumberDeletion($input: RequestNumberDeletionInput!) {
    requestNumberDeletion(input: $input) { application { id } ${REFUSALS} }
  }`;
export interface NumberDeletionAnswer {
  readonly requestNumberDeletion: (Item & { readonly application: Thing | null }) | null;
}
