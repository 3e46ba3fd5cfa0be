import type { RecordStatus } from '../../model.ts';
import type { Row } from '../lifecycle.ts';
import type { Need } from '../needs.ts';
import { decisionRows } from './decided.ts';

const FROM: readonly RecordStatus[] = ['ENROLLED', 'DEFERRED', 'LEFT', 'GRADUATED'];
const REQUEST: readonly Need[] = [
  'RIGHT_APPLICANT',
  'CANCELLATION_DAY',
  'SURVIVOR',
  'EVIDENCE_FITS',
  'RULED_SO',
  'CANCELLATION_PROVEN',
];

/** Cancellation 注销: Measure 1.3 for a death, 2.4 for a duplicate. The number is kept and never issued again. */
export const CANCELLATION_ROWS: readonly Row[] = [
  {
    ...{ action: 'requestCancellation', kind: null, from: FROM, to: 'SAME' },
    ...{ by: 'REPORTER', application: 'SUBMITTED', needs: [...REQUEST, 'NOTHING_UNDECIDED'] },
    ...{ zh: '申请注销', en: 'ask for a cancellation, with proof' },
  },
  ...decisionRows({
    kind: 'CANCELLATION',
    ...{ pending: FROM, returned: FROM, toReturned: 'SAME', toPending: 'SAME', givenUp: 'SAME' },
    ...{ approved: 'CANCELLED', submission: REQUEST, applicant: 'REPORTER' },
    approval: ['CANCELLATION_DAY', 'SURVIVOR', 'RULED_SO', 'G_DUPLICATE_BY_MINISTRY', 'REASON_FITS'],
  }),
];
