import type { Refusal } from '../roster/operations.ts';

/** What the command asks of the graph, and the shape of what comes back. */
export interface Problem {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly task: string | null;
  readonly dueOn: string;
  readonly ruling: string | null;
  readonly holder: { readonly level: string; readonly code: string } | null;
  readonly record: { readonly id: string } | null;
}

const PROBLEM = '{ id kind state task dueOn ruling holder { level code } record { id } }';

export const LIST = `
  query Problems($filter: ProblemCaseFilter!, $after: String) {
    problemCases(filter: $filter, first: 100, after: $after) {
      nodes ${PROBLEM}
      pageInfo { hasNextPage endCursor }
    }
  }`;
export interface ListAnswer {
  readonly problemCases: {
    readonly nodes: readonly Problem[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const ANSWER = `
  mutation AnswerProblem($input: AnswerProblemCaseInput!) {
    act: answerProblemCase(input: $input) { problemCase ${PROBLEM} userErrors { code message messageEn field } }
  }`;
export const RULE = `
  mutation RuleOnProblem($input: ArbitrateProblemCaseInput!) {
    act: arbitrateProblemCase(input: $input) { problemCase ${PROBLEM} userErrors { code message messageEn field } }
  }`;
export interface ActAnswer {
  readonly act: { readonly problemCase: Problem | null; readonly userErrors: readonly Refusal[] };
}
