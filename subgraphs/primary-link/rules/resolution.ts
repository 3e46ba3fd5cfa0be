import {
  NUMBER_CHANGE_REASON,
  type NumberChangeReason,
  type NumberResolution,
  type PreschoolStatus,
  type ResolutionOutcome,
} from '../model.ts';

/** A record as the records subgraph tells it. */
export interface FoundRecord {
  readonly recordId: string;
  readonly childId: string;
  readonly currentNumber: string;
  readonly status: string;
  readonly bornOn: string;
  readonly sex: string;
  readonly enteredOn: string;
  readonly issuedOn: string | null;
  readonly changedOn: string | null;
  readonly changeReason: string | null;
  readonly institutionCode: string;
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
}

/** Since when a school's own number leads to a preschool record. */
export interface LinkedSince {
  readonly recordId: string;
  readonly on: string | null;
}

/** A record waiting to be enrolled anew has left its former kindergarten. */
export const STATUS_OF_RECORD: Readonly<Record<string, PreschoolStatus>> = {
  ENROLLED: 'IN_KINDERGARTEN',
  TRANSFERRING: 'IN_KINDERGARTEN',
  DEFERRED: 'IN_KINDERGARTEN',
  LEFT: 'LEFT',
  PENDING: 'LEFT',
  RETURNED: 'LEFT',
  WITHDRAWN: 'LEFT',
  GRADUATED: 'GRADUATED',
  PROMOTED: 'PROMOTED',
  CANCELLED: 'CANCELLED',
};

/**
 * Whether the number is malformed, unknown, or somebody else's birth date came with it, the answer is one and
 * the same: who asks learns nothing by trying. Measure 1.3: without a record the primary school creates one.
 */
const NOTHING: NumberResolution = {
  outcome: 'NO_PRESCHOOL_RECORD',
  currentNumber: null,
  status: null,
  issuedOn: null,
  changedOn: null,
  changeReason: null,
  institutionCode: null,
  archive: null,
  whose: null,
};

export function resolutionOf(found: FoundRecord | null, linked: LinkedSince | null = null): NumberResolution {
  if (!found) return NOTHING;
  const status = STATUS_OF_RECORD[found.status] ?? null;
  const { currentNumber, issuedOn, institutionCode, bornOn, sex, enteredOn, childId, countyCode } = found;
  const whose = { childId, countyCode };
  return {
    ...{ outcome: 'FOUND', currentNumber, status, issuedOn, institutionCode },
    changedOn: linked ? linked.on : found.changedOn,
    changeReason: linked ? 'LINKED_LATE' : reasonOf(found),
    archive: status && { number: currentNumber, bornOn, sex, status, enteredOn, ...whose },
    whose,
  };
}

/** One that nobody here knows yet is told as a day without a reason. */
const reasonOf = ({ changeReason }: FoundRecord): NumberChangeReason | null =>
  changeReason !== null && changeReason in NUMBER_CHANGE_REASON ? (changeReason as NumberChangeReason) : null;

/** Never a reason to turn a child away, and it says so. */
export const MESSAGE: Readonly<Record<ResolutionOutcome, { readonly zh: string; readonly en: string }>> = {
  FOUND: {
    zh: '有学前学籍，入学后沿用现学籍号。',
    en: 'There is a preschool record; the child keeps its current number in primary school.',
  },
  NO_PRESCHOOL_RECORD: {
    zh: '没有学前学籍，不影响入学；由小学按中小学生学籍管理办法建立学籍。',
    en: 'There is no preschool record. This does not affect admission: the primary school creates the record.',
  },
};
