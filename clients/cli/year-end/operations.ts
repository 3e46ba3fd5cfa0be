import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Refusal } from '../roster/operations.ts';

/** What the command asks of the graph, and the shape of what comes back. */
const REFUSAL = '{ code message messageEn field }';

export interface Class {
  readonly id: string;
  readonly name: string;
  readonly level: ClassLevel;
  readonly schoolYear: number;
}

export const CLASSES = `
  query YearEndClasses($code: String!) { institution(code: $code) { classes { id name level schoolYear } } }`;
export interface ClassesAnswer {
  readonly institution: { readonly classes: readonly Class[] } | null;
}

export const PREVIEW = `
  query YearEndPreview($institution: String!, $schoolYear: Int!, $after: String) {
    graduationPreview(institution: $institution, schoolYear: $schoolYear, first: 100, after: $after) {
      nodes { graduates reasons ${REFUSAL} record { id } class { id } }
      pageInfo { hasNextPage endCursor }
    }
  }`;
export interface PreviewNode {
  readonly graduates: boolean;
  readonly reasons: readonly Refusal[];
  readonly record: { readonly id: string };
  readonly class: { readonly id: string };
}
export interface PreviewAnswer {
  readonly graduationPreview: {
    readonly nodes: readonly PreviewNode[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const RUN = '{ id state on termEndsOn undoUntil listed excluded graduated undone }';
export interface Run {
  readonly id: string;
  readonly state: 'FROZEN' | 'DONE' | 'UNDONE' | 'VOID';
  readonly on: string | null;
  readonly termEndsOn: string;
  readonly undoUntil: string | null;
  readonly listed: number;
  readonly excluded: number;
  readonly graduated: number;
  readonly undone: number;
}

export const RUNS = `
  query YearEndRuns($filter: GraduationFilter!, $after: String) {
    graduationRuns(filter: $filter, first: 100, after: $after) {
      nodes ${RUN}
      pageInfo { hasNextPage endCursor }
    }
  }`;
export interface RunsAnswer {
  readonly graduationRuns: {
    readonly nodes: readonly Run[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const ROWS = `
  query YearEndRows($id: ID!, $state: GraduationRowState!, $after: String) {
    graduationRun(id: $id) {
      rows(state: $state, first: 100, after: $after) {
        nodes { recordId reasons ${REFUSAL} }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;
export interface Row {
  readonly recordId: string;
  readonly reasons: readonly Refusal[];
}
export interface RowsAnswer {
  readonly graduationRun: {
    readonly rows: {
      readonly nodes: readonly Row[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

export const OPEN_CLASSES = `
  mutation YearEndOpen($input: OpenClassesInput!) {
    openClasses(input: $input) { results { class { id } userErrors ${REFUSAL} } userErrors ${REFUSAL} }
  }`;
export interface OpenAnswer {
  readonly openClasses: {
    readonly results: readonly { readonly class: { id: string } | null; readonly userErrors: Refusal[] }[];
    readonly userErrors: readonly Refusal[];
  };
}

export const FREEZE = `
  mutation YearEndFreeze($input: FreezeGraduationInput!) {
    act: freezeGraduation(input: $input) { run ${RUN} userErrors ${REFUSAL} }
  }`;
export const GRADUATE = `
  mutation YearEndGraduate($input: GraduateInput!) {
    act: graduate(input: $input) { run ${RUN} userErrors ${REFUSAL} }
  }`;
export const UNDO = `
  mutation YearEndUndo($input: UndoGraduationInput!) {
    act: undoGraduation(input: $input) { run ${RUN} userErrors ${REFUSAL} }
  }`;
export const UNDO_PROMOTIONS = `
  mutation YearEndUndoPromotions($input: UndoPromotionsInput!) {
    undoPromotions(input: $input) {
      results { moved stayed { recordId userErrors ${REFUSAL} } userErrors ${REFUSAL} }
      userErrors ${REFUSAL}
    }
  }`;
export interface UndoPromotionsAnswer {
  readonly undoPromotions: {
    readonly results: readonly {
      readonly moved: number;
      readonly stayed: readonly { readonly recordId: string; readonly userErrors: readonly Refusal[] }[];
      readonly userErrors: readonly Refusal[];
    }[];
    readonly userErrors: readonly Refusal[];
  };
}

export interface RunAnswer {
  readonly act: { readonly run: Run | null; readonly userErrors: readonly Refusal[] };
}

export const PROMOTE = `
  mutation YearEndPromote($input: PromoteClassesInput!) {
    promoteClasses(input: $input) {
      results { moved stayed { recordId userErrors ${REFUSAL} } warnings ${REFUSAL} userErrors ${REFUSAL} }
      userErrors ${REFUSAL}
    }
  }`;
export interface PromoteAnswer {
  readonly promoteClasses: {
    readonly results: readonly {
      readonly moved: number;
      readonly stayed: readonly { readonly recordId: string; readonly userErrors: readonly Refusal[] }[];
      readonly warnings: readonly Refusal[];
      readonly userErrors: readonly Refusal[];
    }[];
    readonly userErrors: readonly Refusal[];
  };
}
