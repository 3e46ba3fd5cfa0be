import type { Row } from '../lifecycle.ts';
import type { Need } from '../needs.ts';
import { decisionRows } from './decided.ts';

const REQUEST: readonly Need[] = [
  'DEFERRAL_BEGINS',
  'DEFERRAL_ENDS',
  'OF_SCHOOL_AGE',
  'EVIDENCE_FITS',
  'DEFERRAL_PROVEN',
];

/**
 * Deferred entry to primary school 缓学留园: Measure 1.3. Asking changes nothing, so that refusal leaves everything as it was,
 * also where a deferral lapses while its renewal is undecided.
 */
export const DEFERRAL_ROWS: readonly Row[] = [
  {
    ...{ action: 'requestDeferral', kind: null, from: ['ENROLLED', 'DEFERRED'], to: 'SAME' },
    ...{ by: 'KINDERGARTEN', application: 'SUBMITTED', needs: [...REQUEST, 'NOTHING_UNDECIDED'] },
    ...{ zh: '申请缓学留园', en: 'ask for a deferral, or for its renewal' },
  },
  ...decisionRows({
    kind: 'DEFERRAL',
    ...{ pending: ['ENROLLED', 'DEFERRED'], returned: ['ENROLLED', 'DEFERRED'] },
    ...{ toReturned: 'SAME', toPending: 'SAME', givenUp: 'SAME', approved: 'DEFERRED' },
    ...{ submission: REQUEST, applicant: 'KINDERGARTEN' },
    approval: ['DEFERRAL_AHEAD', 'REASON_FITS'],
  }),
  {
    ...{ action: 'lapseDeferral', kind: 'TRANSFER', states: ['SUBMITTED', 'RETURNED'] },
    ...{ from: ['TRANSFERRING'], to: 'SAME', by: 'CLOCK', application: null, needs: ['DEFERRAL_PASSED'] },
    ...{
      zh: '转园期间缓学期满，此后按在园办理',
      en: 'a deferral lapses during a transfer, which then ends as enrolled',
    },
  },
  {
    ...{ action: 'lapseDeferral', kind: null, from: ['DEFERRED'], to: 'ENROLLED' },
    ...{ by: 'CLOCK', application: null, needs: ['DEFERRAL_PASSED'] },
    ...{ zh: '缓学期满', en: 'a deferral lapses' },
  },
];
