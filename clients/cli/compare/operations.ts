export const COMPARE = `mutation CompareRoster($input: CompareRosterInput!) {
  compareRoster(input: $input) {
    results { outcome differences takeOver { id } userErrors { code message messageEn field } }
    userErrors { code message messageEn field }
  }
}`;

/** The records that went to a school: whoever is not on its roster is on neither side. */
export const TAKEN_OVER = `query TakenOver($school: String, $after: String) {
  takeOvers(filter: { state: ACKNOWLEDGED, school: $school }, first: 100, after: $after) {
    nodes { id school { code } } pageInfo { hasNextPage endCursor }
  }
}`;

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly messageEn: string;
  readonly field: readonly string[];
}

export interface Comparison {
  readonly outcome: 'AGREES' | 'DIFFERS' | 'NO_PRESCHOOL_RECORD' | null;
  readonly differences: readonly string[];
  readonly takeOver: { readonly id: string } | null;
  readonly userErrors: readonly UserError[];
}

export interface CompareAnswer {
  readonly compareRoster: {
    readonly results: readonly Comparison[];
    readonly userErrors: readonly UserError[];
  };
}

export interface TakenOverAnswer {
  readonly takeOvers: {
    readonly nodes: readonly { readonly id: string; readonly school: { readonly code: string } | null }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
