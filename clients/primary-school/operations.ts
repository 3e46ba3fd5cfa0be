/** Printed by `npm run schema` from the operations beside it; change those, and run it again. */

/** An operation and the types of what it takes and gives. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** Only for the compiler. */
  readonly types?: { readonly data: Data; readonly variables: Variables };
}

export interface AcceptTakeOversInput {
  readonly idempotencyKey: string;
  readonly items: readonly TakeOverItem[];
}

export interface AcknowledgeTakeOversInput {
  readonly idempotencyKey: string;
  readonly items: readonly AcknowledgementItem[];
}

export interface AcknowledgementItem {
  readonly admittedOn?: string | null;
  readonly takeOverId: string;
}

export interface CancelTakeOversInput {
  readonly idempotencyKey: string;
  readonly items: readonly EndItem[];
}

export interface CompareRosterInput {
  readonly idempotencyKey: string;
  readonly items: readonly RosterEntryInput[];
}

export type DocumentKind = 'BIRTH_CERTIFICATE' | 'FOREIGN_PERMANENT_RESIDENT_ID' | 'MAINLAND_TRAVEL_PERMIT_HK_MACAU' | 'MAINLAND_TRAVEL_PERMIT_TAIWAN' | 'NONE' | 'PASSPORT' | 'RESIDENCE_PERMIT_HMT' | 'RESIDENT_ID';

export interface EndItem {
  readonly reason?: string | null;
  readonly takeOverId: string;
}

export type FeedKind = 'CANCELLED' | 'CORRECTION' | 'MERGED' | 'MOVED' | 'NUMBER' | 'STATUS' | 'TAKE_OVER';

export interface LateLinkItem {
  readonly admittedOn?: string | null;
  readonly bornOn: string;
  readonly number: string;
  readonly schoolNumber: string;
}

export interface LinkLateRecordsInput {
  readonly idempotencyKey: string;
  readonly items: readonly LateLinkItem[];
}

export type NumberChangeReason = 'DELETED' | 'FORMAL_WITHOUT_ID' | 'ID_PROVEN' | 'LINKED_LATE' | 'MERGED';

export interface NumberQuery {
  readonly bornOn: string;
  readonly number: string;
}

export interface OfferTakeOversInput {
  readonly idempotencyKey: string;
  readonly items: readonly TakeOverOffer[];
}

export type PreschoolStatus = 'CANCELLED' | 'GRADUATED' | 'IN_KINDERGARTEN' | 'LEFT' | 'PROMOTED';

export interface ReleaseTakeOversInput {
  readonly idempotencyKey: string;
  readonly items: readonly EndItem[];
}

export type ResolutionOutcome = 'FOUND' | 'NO_PRESCHOOL_RECORD';

export type RosterDifference = 'ACTIVE_ON_BOTH_SIDES' | 'ACTIVE_ON_NEITHER' | 'DATE_DIFFERS' | 'NAME_DIFFERS' | 'NOT_TAKEN_OVER' | 'NUMBER_DIFFERS' | 'SEX_DIFFERS';

export interface RosterEntryInput {
  readonly bornOn?: string | null;
  readonly documentKind?: DocumentKind | null;
  readonly documentNumber?: string | null;
  readonly name?: string | null;
  readonly number?: string | null;
  readonly school?: string | null;
  readonly sex?: Sex | null;
  readonly status: RosterStatus;
  readonly takeOverId?: string | null;
}

export type RosterOutcome = 'AGREES' | 'DIFFERS' | 'NO_PRESCHOOL_RECORD';

export type RosterStatus = 'ACTIVE' | 'INACTIVE' | 'TRANSFERRED';

export type Sex = 'FEMALE' | 'MALE';

export interface TakeOverItem {
  readonly takeOverId: string;
}

export interface TakeOverOffer {
  readonly bornOn?: string | null;
  readonly number?: string | null;
  readonly recordId?: string | null;
  readonly schoolCode?: string | null;
}

export type TakeOverState = 'ACCEPTED' | 'ACKNOWLEDGED' | 'CANCELLED' | 'CONFLICT' | 'OFFERED' | 'RELEASED';

export type SchoolAcceptTakeOversVariables = {
  readonly input: AcceptTakeOversInput;
};
export interface SchoolAcceptTakeOversData {
  readonly acted: {
    readonly results: readonly {
      readonly takeOver: {
        readonly id: string;
        readonly state: TakeOverState;
        readonly underWay: boolean;
        readonly admittedOn: string | null;
        readonly archive: {
          readonly number: string;
          readonly bornOn: string;
          readonly status: PreschoolStatus;
        } | null;
        readonly receipt: {
          readonly text: string;
          readonly jws: string;
        } | null;
      } | null;
      readonly warnings: readonly {
        readonly code: string;
      }[];
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly field: readonly string[];
      }[];
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[];
    }[];
  } | null;
}
export const schoolAcceptTakeOvers: Operation<SchoolAcceptTakeOversData, SchoolAcceptTakeOversVariables> = {
  name: 'SchoolAcceptTakeOvers',
  text: 'mutation SchoolAcceptTakeOvers($input: AcceptTakeOversInput!) {\n  acted: acceptTakeOvers(input: $input) {\n    results {\n      takeOver {\n        id\n        state\n        underWay\n        admittedOn\n        archive {\n          number\n          bornOn\n          status\n        }\n        receipt {\n          text\n          jws\n        }\n      }\n      warnings {\n        code\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}\n',
};

export type SchoolAcknowledgeTakeOversVariables = {
  readonly input: AcknowledgeTakeOversInput;
};
export interface SchoolAcknowledgeTakeOversData {
  readonly acted: {
    readonly results: readonly {
      readonly takeOver: {
        readonly id: string;
        readonly state: TakeOverState;
        readonly underWay: boolean;
        readonly admittedOn: string | null;
        readonly archive: {
          readonly number: string;
          readonly bornOn: string;
          readonly status: PreschoolStatus;
        } | null;
        readonly receipt: {
          readonly text: string;
          readonly jws: string;
        } | null;
      } | null;
      readonly warnings: readonly {
        readonly code: string;
      }[];
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly field: readonly string[];
      }[];
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[];
    }[];
  } | null;
}
export const schoolAcknowledgeTakeOvers: Operation<SchoolAcknowledgeTakeOversData, SchoolAcknowledgeTakeOversVariables> = {
  name: 'SchoolAcknowledgeTakeOvers',
  text: 'mutation SchoolAcknowledgeTakeOvers($input: AcknowledgeTakeOversInput!) {\n  acted: acknowledgeTakeOvers(input: $input) {\n    results {\n      takeOver {\n        id\n        state\n        underWay\n        admittedOn\n        archive {\n          number\n          bornOn\n          status\n        }\n        receipt {\n          text\n          jws\n        }\n      }\n      warnings {\n        code\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}\n',
};

export type SchoolCancelTakeOversVariables = {
  readonly input: CancelTakeOversInput;
};
export interface SchoolCancelTakeOversData {
  readonly acted: {
    readonly results: readonly {
      readonly takeOver: {
        readonly id: string;
        readonly state: TakeOverState;
        readonly underWay: boolean;
        readonly admittedOn: string | null;
        readonly archive: {
          readonly number: string;
          readonly bornOn: string;
          readonly status: PreschoolStatus;
        } | null;
        readonly receipt: {
          readonly text: string;
          readonly jws: string;
        } | null;
      } | null;
      readonly warnings: readonly {
        readonly code: string;
      }[];
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly field: readonly string[];
      }[];
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[];
    }[];
  } | null;
}
export const schoolCancelTakeOvers: Operation<SchoolCancelTakeOversData, SchoolCancelTakeOversVariables> = {
  name: 'SchoolCancelTakeOvers',
  text: 'mutation SchoolCancelTakeOvers($input: CancelTakeOversInput!) {\n  acted: cancelTakeOvers(input: $input) {\n    results {\n      takeOver {\n        id\n        state\n        underWay\n        admittedOn\n        archive {\n          number\n          bornOn\n          status\n        }\n        receipt {\n          text\n          jws\n        }\n      }\n      warnings {\n        code\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}\n',
};

export type SchoolCompareRosterVariables = {
  readonly input: CompareRosterInput;
};
export interface SchoolCompareRosterData {
  readonly compared: {
    readonly results: readonly {
      readonly outcome: RosterOutcome | null;
      readonly differences: readonly RosterDifference[];
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly field: readonly string[];
      }[];
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[];
    }[];
  } | null;
}
export const schoolCompareRoster: Operation<SchoolCompareRosterData, SchoolCompareRosterVariables> = {
  name: 'SchoolCompareRoster',
  text: 'mutation SchoolCompareRoster($input: CompareRosterInput!) {\n  compared: compareRoster(input: $input) {\n    results {\n      outcome\n      differences\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}\n',
};

export type SchoolFollowVariables = {
  readonly partition: number;
  readonly after?: string | null;
  readonly first: number;
};
export interface SchoolFollowData {
  readonly recordChanges: {
    readonly changes: readonly {
      readonly id: string;
      readonly seq: number;
      readonly cursor: string;
      readonly recordId: string;
      readonly version: number;
      readonly kinds: readonly FeedKind[];
      readonly effectiveOn: string;
      readonly status: PreschoolStatus | null;
      readonly tombstone: boolean;
      readonly takeOver: {
        readonly id: string;
        readonly state: TakeOverState;
        readonly archive: {
          readonly number: string;
          readonly bornOn: string;
          readonly status: PreschoolStatus;
        } | null;
      } | null;
    }[];
    readonly hasMore: boolean;
  } | null;
}
export const schoolFollow: Operation<SchoolFollowData, SchoolFollowVariables> = {
  name: 'SchoolFollow',
  text: 'query SchoolFollow($partition: Int!, $after: String, $first: Int!) {\n  recordChanges(partition: $partition, after: $after, first: $first) {\n    changes {\n      id\n      seq\n      cursor\n      recordId\n      version\n      kinds\n      effectiveOn\n      status\n      tombstone\n      takeOver {\n        id\n        state\n        archive {\n          number\n          bornOn\n          status\n        }\n      }\n    }\n    hasMore\n  }\n}\n',
};

export type SchoolLinkLateRecordsVariables = {
  readonly input: LinkLateRecordsInput;
};
export interface SchoolLinkLateRecordsData {
  readonly acted: {
    readonly results: readonly {
      readonly takeOver: {
        readonly id: string;
        readonly state: TakeOverState;
        readonly underWay: boolean;
        readonly admittedOn: string | null;
        readonly archive: {
          readonly number: string;
          readonly bornOn: string;
          readonly status: PreschoolStatus;
        } | null;
        readonly receipt: {
          readonly text: string;
          readonly jws: string;
        } | null;
      } | null;
      readonly warnings: readonly {
        readonly code: string;
      }[];
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly field: readonly string[];
      }[];
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[];
    }[];
  } | null;
}
export const schoolLinkLateRecords: Operation<SchoolLinkLateRecordsData, SchoolLinkLateRecordsVariables> = {
  name: 'SchoolLinkLateRecords',
  text: 'mutation SchoolLinkLateRecords($input: LinkLateRecordsInput!) {\n  acted: linkLateRecords(input: $input) {\n    results {\n      takeOver {\n        id\n        state\n        underWay\n        admittedOn\n        archive {\n          number\n          bornOn\n          status\n        }\n        receipt {\n          text\n          jws\n        }\n      }\n      warnings {\n        code\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}\n',
};

export type SchoolLookUpVariables = {
  readonly items: readonly NumberQuery[];
};
export interface SchoolLookUpData {
  readonly resolveNumbers: readonly {
    readonly outcome: ResolutionOutcome;
    readonly currentNumber: string | null;
    readonly status: PreschoolStatus | null;
    readonly changedOn: string | null;
    readonly changeReason: NumberChangeReason | null;
  }[] | null;
}
export const schoolLookUp: Operation<SchoolLookUpData, SchoolLookUpVariables> = {
  name: 'SchoolLookUp',
  text: 'query SchoolLookUp($items: [NumberQuery!]!) {\n  resolveNumbers(items: $items) {\n    outcome\n    currentNumber\n    status\n    changedOn\n    changeReason\n  }\n}\n',
};

export type SchoolOfferTakeOversVariables = {
  readonly input: OfferTakeOversInput;
};
export interface SchoolOfferTakeOversData {
  readonly acted: {
    readonly results: readonly {
      readonly takeOver: {
        readonly id: string;
        readonly state: TakeOverState;
        readonly underWay: boolean;
        readonly admittedOn: string | null;
        readonly archive: {
          readonly number: string;
          readonly bornOn: string;
          readonly status: PreschoolStatus;
        } | null;
        readonly receipt: {
          readonly text: string;
          readonly jws: string;
        } | null;
      } | null;
      readonly warnings: readonly {
        readonly code: string;
      }[];
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly field: readonly string[];
      }[];
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[];
    }[];
  } | null;
}
export const schoolOfferTakeOvers: Operation<SchoolOfferTakeOversData, SchoolOfferTakeOversVariables> = {
  name: 'SchoolOfferTakeOvers',
  text: 'mutation SchoolOfferTakeOvers($input: OfferTakeOversInput!) {\n  acted: offerTakeOvers(input: $input) {\n    results {\n      takeOver {\n        id\n        state\n        underWay\n        admittedOn\n        archive {\n          number\n          bornOn\n          status\n        }\n        receipt {\n          text\n          jws\n        }\n      }\n      warnings {\n        code\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}\n',
};

export type SchoolOfferedVariables = {
  readonly after?: string | null;
};
export interface SchoolOfferedData {
  readonly takeOvers: {
    readonly nodes: readonly {
      readonly id: string;
    }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
  } | null;
}
export const schoolOffered: Operation<SchoolOfferedData, SchoolOfferedVariables> = {
  name: 'SchoolOffered',
  text: 'query SchoolOffered($after: String) {\n  takeOvers(filter: { state: OFFERED }, first: 100, after: $after) {\n    nodes {\n      id\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n',
};

export type SchoolReceiptKeysVariables = Record<never, never>;
export interface SchoolReceiptKeysData {
  readonly receiptKeys: readonly {
    readonly kid: string;
    readonly alg: string;
    readonly publicKey: string;
  }[] | null;
}
export const schoolReceiptKeys: Operation<SchoolReceiptKeysData, SchoolReceiptKeysVariables> = {
  name: 'SchoolReceiptKeys',
  text: 'query SchoolReceiptKeys {\n  receiptKeys {\n    kid\n    alg\n    publicKey\n  }\n}\n',
};

export type SchoolReleaseTakeOversVariables = {
  readonly input: ReleaseTakeOversInput;
};
export interface SchoolReleaseTakeOversData {
  readonly acted: {
    readonly results: readonly {
      readonly takeOver: {
        readonly id: string;
        readonly state: TakeOverState;
        readonly underWay: boolean;
        readonly admittedOn: string | null;
        readonly archive: {
          readonly number: string;
          readonly bornOn: string;
          readonly status: PreschoolStatus;
        } | null;
        readonly receipt: {
          readonly text: string;
          readonly jws: string;
        } | null;
      } | null;
      readonly warnings: readonly {
        readonly code: string;
      }[];
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly field: readonly string[];
      }[];
    }[];
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[];
    }[];
  } | null;
}
export const schoolReleaseTakeOvers: Operation<SchoolReleaseTakeOversData, SchoolReleaseTakeOversVariables> = {
  name: 'SchoolReleaseTakeOvers',
  text: 'mutation SchoolReleaseTakeOvers($input: ReleaseTakeOversInput!) {\n  acted: releaseTakeOvers(input: $input) {\n    results {\n      takeOver {\n        id\n        state\n        underWay\n        admittedOn\n        archive {\n          number\n          bornOn\n          status\n        }\n        receipt {\n          text\n          jws\n        }\n      }\n      warnings {\n        code\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n  }\n}\n',
};
