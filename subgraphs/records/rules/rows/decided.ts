import type { ApplicationKind, RecordStatus } from '../../model.ts';
import type { Party, Row, Target } from '../lifecycle.ts';
import type { Need } from '../needs.ts';

/** What differs between the kinds of application; the five acts on them are the same for all. */
export interface Decided {
  readonly kind: ApplicationKind;
  /** Statuses of the record while the application is with somebody, and while it is returned. */
  readonly pending: readonly RecordStatus[];
  readonly returned: readonly RecordStatus[];
  readonly toReturned: Target;
  readonly toPending: Target;
  readonly approved: Target;
  /** What the applicant has to meet again, and what the one who approves has to. */
  readonly submission: readonly Need[];
  readonly approval: readonly Need[];
  readonly applicant: Party;
  /** Where refusal and withdrawal lead; back to where the record was, unless it says otherwise. */
  readonly givenUp?: Target;
}

/** Return, resubmit, withdraw, refuse and approve for one kind of application, in this order. */
export function decisionRows(of: Decided): Row[] {
  const { kind, pending, returned, applicant, givenUp = 'BEFORE' } = of;
  const both = [...new Set([...pending, ...returned])];
  return [
    {
      ...{ action: 'returnApplication', kind, states: ['SUBMITTED'] },
      ...{ from: pending, to: of.toReturned, by: 'HOLDER', application: 'RETURNED' },
      needs: ['HOLDER', 'OTHER_ACCOUNT', 'REASON', 'REASON_FITS'],
      ...{ zh: '退回', en: 'return for completion' },
    },
    {
      ...{ action: 'resubmitApplication', kind, states: ['RETURNED'] },
      ...{ from: returned, to: of.toPending, by: applicant, application: 'SUBMITTED' },
      needs: ['APPLICANT', ...of.submission],
      ...{ zh: '重新提交', en: 'submit again' },
    },
    {
      ...{ action: 'withdrawApplication', kind, states: ['SUBMITTED', 'RETURNED'] },
      ...{ from: both, to: givenUp, by: applicant, application: 'WITHDRAWN' },
      needs: ['APPLICANT', 'REASON_FITS'],
      ...{ zh: '撤回', en: 'withdraw' },
    },
    {
      ...{ action: 'refuseApplication', kind, states: ['SUBMITTED', 'RETURNED'] },
      ...{ from: both, to: givenUp, by: 'HOLDER', application: 'REFUSED' },
      needs: ['HOLDER', 'OTHER_ACCOUNT', 'REASON', 'REASON_FITS'],
      ...{ zh: '不予核准', en: 'refuse' },
    },
    {
      ...{ action: 'approveApplication', kind, states: ['SUBMITTED'], task: 'DECIDE' },
      ...{ from: pending, to: of.approved, by: 'HOLDER', application: 'APPROVED' },
      needs: ['HOLDER', 'OTHER_ACCOUNT', ...new Set<Need>([...of.approval, 'REASON_FITS'])],
      ...{ zh: '核准', en: 'approve' },
    },
  ];
}
