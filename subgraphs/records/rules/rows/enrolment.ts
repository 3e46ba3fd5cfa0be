import type { Row } from '../lifecycle.ts';
import type { Need } from '../needs.ts';
import { decisionRows } from './decided.ts';

const SUBMISSION: readonly Need[] = [
  'LAWFUL_INSTITUTION',
  'CLASS_OF_INSTITUTION',
  'CLASS_OF_YEAR',
  'CHILD_KNOWN',
  'ENTRY_DATE_PAST',
  'AFTER_OPENING',
  'OF_AGE',
  'AFTER_LAST_STAY',
];

/** Establishing a record: Measure 1.2. The number is issued with the approval, once. */
export const ENROLMENT_ROWS: readonly Row[] = [
  {
    ...{ action: 'submitEnrolment', kind: null, from: [null, 'LEFT', 'WITHDRAWN'], to: 'PENDING' },
    ...{ by: 'KINDERGARTEN', application: 'SUBMITTED', needs: [...SUBMISSION, 'NOTHING_UNDECIDED'] },
    ...{ zh: '提交建籍', en: 'submit an enrolment' },
  },
  ...decisionRows({
    kind: 'ENROLMENT',
    ...{ pending: ['PENDING'], returned: ['RETURNED'], toReturned: 'RETURNED', toPending: 'PENDING' },
    ...{ approved: 'ENROLLED', submission: SUBMISSION, applicant: 'KINDERGARTEN' },
    approval: ['LAWFUL_INSTITUTION', 'CLASS_OF_INSTITUTION', 'CHILD_KNOWN', 'NUMBER_FREE'],
  }),
];
