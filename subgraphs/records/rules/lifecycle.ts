import { RECORD_STATUS, type ApplicationState, type RecordStatus } from '../model.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Need } from './needs.ts';

/** One act of the lifecycle: permission, effect and conditions are all read from its row. */
export interface Row {
  readonly action: LifecycleAction;
  /** Statuses it starts from; null stands for a child without a record. */
  readonly from: readonly (RecordStatus | null)[];
  readonly to: RecordStatus;
  /** Where it leads a record that has its number already: back to where it was, not to "never came to be". */
  readonly toIfNumbered?: RecordStatus;
  readonly by: Party;
  /** What the application becomes; null where the act needs nobody else's decision. */
  readonly application: ApplicationState | null;
  readonly needs: readonly Need[];
  readonly zh: string;
  readonly en: string;
}

/** Whose act it may be; for a record of its own, or of its county. */
export const PARTIES = {
  KINDERGARTEN: { zh: '幼儿园', en: 'the kindergarten' },
  COUNTY: { zh: '县级教育行政部门', en: 'the county education authority' },
} as const;
export type Party = keyof typeof PARTIES;

export const LIFECYCLE_ACTIONS = [
  'submitEnrolment',
  'returnApplication',
  'resubmitApplication',
  'withdrawApplication',
  'refuseApplication',
  'approveApplication',
  'moveClass',
  'leave',
] as const;
export type LifecycleAction = (typeof LIFECYCLE_ACTIONS)[number];

const SUBMISSION: readonly Need[] = [
  'LAWFUL_INSTITUTION',
  'CLASS_OF_INSTITUTION',
  'CLASS_OF_YEAR',
  'CHILD_KNOWN',
  'ENTRY_DATE_PAST',
  'OF_AGE',
  'AFTER_LAST_STAY',
];

/** The life of a record, design section 4. Measure articles 1.2 (establishing) and 1.3 (changes). */
export const LIFECYCLE: readonly Row[] = [
  {
    action: 'submitEnrolment',
    from: [null, 'LEFT', 'WITHDRAWN'],
    to: 'PENDING',
    by: 'KINDERGARTEN',
    application: 'SUBMITTED',
    needs: SUBMISSION,
    zh: '提交建籍',
    en: 'submit an enrolment',
  },
  {
    action: 'returnApplication',
    from: ['PENDING'],
    to: 'RETURNED',
    by: 'COUNTY',
    application: 'RETURNED',
    needs: ['OTHER_ACCOUNT', 'REASON', 'REASON_FITS'],
    zh: '退回',
    en: 'return for completion',
  },
  {
    action: 'resubmitApplication',
    from: ['RETURNED'],
    to: 'PENDING',
    by: 'KINDERGARTEN',
    application: 'SUBMITTED',
    needs: SUBMISSION,
    zh: '重新提交',
    en: 'submit again',
  },
  {
    action: 'withdrawApplication',
    from: ['PENDING', 'RETURNED'],
    to: 'WITHDRAWN',
    toIfNumbered: 'LEFT',
    by: 'KINDERGARTEN',
    application: 'WITHDRAWN',
    needs: ['REASON_FITS'],
    zh: '撤回',
    en: 'withdraw',
  },
  {
    action: 'refuseApplication',
    from: ['PENDING'],
    to: 'WITHDRAWN',
    toIfNumbered: 'LEFT',
    by: 'COUNTY',
    application: 'REFUSED',
    needs: ['OTHER_ACCOUNT', 'REASON', 'REASON_FITS'],
    zh: '不予核准',
    en: 'refuse',
  },
  {
    action: 'approveApplication',
    from: ['PENDING'],
    to: 'ENROLLED',
    by: 'COUNTY',
    application: 'APPROVED',
    needs: ['OTHER_ACCOUNT', 'LAWFUL_INSTITUTION', 'CLASS_OF_INSTITUTION', 'CHILD_KNOWN', 'NUMBER_FREE'],
    zh: '核准',
    en: 'approve; the number is issued',
  },
  {
    action: 'moveClass',
    from: ['ENROLLED'],
    to: 'ENROLLED',
    by: 'KINDERGARTEN',
    application: null,
    needs: ['CLASS_OF_INSTITUTION', 'CLASS_OF_YEAR', 'OTHER_CLASS', 'DATE_IN_STAY'],
    zh: '调班',
    en: 'move to another class',
  },
  {
    action: 'leave',
    from: ['ENROLLED', 'DEFERRED'],
    to: 'LEFT',
    by: 'KINDERGARTEN',
    application: null,
    needs: ['REMARK', 'DATE_IN_STAY'],
    zh: '离园',
    en: 'leave; the number is kept',
  },
];

const ROWS = new Map(LIFECYCLE.map((row) => [row.action, row]));

export function rowOf(action: LifecycleAction): Row {
  return ROWS.get(action)!;
}

/** Where the act leads this record. */
export function statusAfter(action: LifecycleAction, { number }: { number: string | null }): RecordStatus {
  const { to, toIfNumbered } = rowOf(action);
  return number === null ? to : (toIfNumbered ?? to);
}

export interface Edge {
  readonly action: LifecycleAction;
  readonly from: RecordStatus | null;
  readonly to: RecordStatus;
}

/** Every way from one status to the next, in the order of the table. */
export function edges(): Edge[] {
  return LIFECYCLE.flatMap(({ action, from: starts, to, toIfNumbered }) =>
    starts.flatMap((from) => [to, toIfNumbered ?? []].flat().map((end) => ({ action, from, to: end }))),
  );
}

/** The acts open from a status, in the order of the table. */
export function openActions(status: RecordStatus | null): LifecycleAction[] {
  return LIFECYCLE.filter((row) => row.from.includes(status)).map((row) => row.action);
}

const IN_KINDERGARTEN: readonly RecordStatus[] = ['ENROLLED', 'TRANSFERRING', 'DEFERRED'];

export function countsAsInKindergarten(status: RecordStatus): boolean {
  return IN_KINDERGARTEN.includes(status);
}

/** Is the act open from this status? A refusal names the acts that are. */
export function statusErrors(action: LifecycleAction, status: RecordStatus | null): UserError[] {
  const row = rowOf(action);
  if (row.from.includes(status)) return [];
  const word = status === null ? '无学籍' : `${RECORD_STATUS[status].zh} ${status}`;
  if (action === 'submitEnrolment') {
    const open = status === 'PENDING' || status === 'RETURNED' || countsAsInKindergarten(status!);
    return [userError(open ? 'ALREADY_ENROLLED' : 'RECORD_ENDED', ['childId'], { status: word })];
  }
  const open = openActions(status).join(', ') || '–';
  return [userError('ACTION_NOT_OPEN', [], { status: word, action: `${row.zh} ${action}`, open })];
}
