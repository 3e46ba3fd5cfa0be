import type { Row } from '../lifecycle.ts';
import type { Need } from '../needs.ts';
import { decisionRows } from './decided.ts';

const REQUEST: readonly Need[] = [
  'LAWFUL_INSTITUTION',
  'CLASS_OF_INSTITUTION',
  'CLASS_OF_YEAR',
  'CHILD_KNOWN',
  'OTHER_INSTITUTION',
  'ENTRY_DATE_PAST',
  'AFTER_OPENING',
  'OF_AGE',
  'AFTER_STAY_BEGAN',
  'EVIDENCE_FITS',
  'GUARDIANS_APPLIED',
];

/** Transfer 转园: Measure 1.3. Silence past the clock hands the work on; nobody holds a child back by waiting. */
export const TRANSFER_ROWS: readonly Row[] = [
  {
    ...{ action: 'requestTransfer', kind: null, from: ['ENROLLED', 'DEFERRED'], to: 'TRANSFERRING' },
    ...{ by: 'KINDERGARTEN', application: 'SUBMITTED' },
    needs: [...REQUEST, 'WINDOW_OPEN', 'NOTHING_UNDECIDED'],
    ...{ zh: '申请转入', en: 'ask for a transfer, as the receiving kindergarten' },
  },
  {
    ...{ action: 'agreeToTransfer', kind: 'TRANSFER', states: ['SUBMITTED'], task: 'ANSWER' },
    ...{
      from: ['TRANSFERRING'],
      to: 'SAME',
      by: 'KINDERGARTEN',
      application: 'SUBMITTED',
      needs: ['HOLDER', 'OTHER_ACCOUNT'],
    },
    ...{ zh: '同意转出', en: 'agree, as the sending kindergarten' },
  },
  {
    ...{ action: 'objectToTransfer', kind: 'TRANSFER', states: ['SUBMITTED'], task: 'ANSWER' },
    ...{ from: ['TRANSFERRING'], to: 'SAME', by: 'KINDERGARTEN', application: 'SUBMITTED' },
    needs: ['HOLDER', 'OTHER_ACCOUNT', 'REMARK_FITS'],
    ...{ zh: '提出异议', en: 'object on a listed ground; the county decides' },
  },
  {
    ...{ action: 'approveApplication', kind: 'TRANSFER', states: ['SUBMITTED'], task: 'RELEASE' },
    ...{ from: ['TRANSFERRING'], to: 'SAME', by: 'HOLDER', application: 'SUBMITTED' },
    needs: ['HOLDER', 'OTHER_ACCOUNT', 'REASON_FITS', 'REASON_OVER_OBJECTION'],
    ...{ zh: '同意转出', en: 'consent, as the authority of the sending kindergarten' },
  },
  {
    ...{ action: 'returnApplication', kind: 'TRANSFER', states: ['SUBMITTED'], task: 'RELEASE' },
    ...{ from: ['TRANSFERRING'], to: 'SAME', by: 'HOLDER', application: 'RETURNED' },
    needs: ['HOLDER', 'OTHER_ACCOUNT', 'NOT_RETURNED_BEFORE', 'REASON', 'REASON_FITS'],
    ...{ zh: '退回', en: 'return for completion, once' },
  },
  ...decisionRows({
    kind: 'TRANSFER',
    ...{ pending: ['TRANSFERRING'], returned: ['TRANSFERRING'], toReturned: 'SAME', toPending: 'SAME' },
    ...{ approved: 'BEFORE', submission: REQUEST, applicant: 'KINDERGARTEN' },
    approval: [
      'LAWFUL_INSTITUTION',
      'CLASS_OF_INSTITUTION',
      'CHILD_KNOWN',
      'OTHER_INSTITUTION',
      'REASON_FITS',
      'REASON_OVER_OBJECTION',
    ],
  }),
];
