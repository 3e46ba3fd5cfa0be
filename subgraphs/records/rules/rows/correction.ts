import { RECORD_STATUS, type RecordStatus } from '../../model.ts';
import type { Row } from '../lifecycle.ts';
import type { Need } from '../needs.ts';
import { decisionRows } from './decided.ts';

/** A child that is being transferred, or enrolled, has its papers with somebody else; that comes first. */
const SETTLED: readonly RecordStatus[] = ['ENROLLED', 'DEFERRED', 'LEFT', 'GRADUATED', 'WITHDRAWN'];
/** What is decided is carried out wherever the record has got to meanwhile. */
const ANYWHERE = Object.keys(RECORD_STATUS) as RecordStatus[];

const REQUEST: readonly Need[] = [
  'CHANGES_STATED',
  'CORRECTION_FITS',
  'EVIDENCE_FITS',
  'GUARDIANS_APPLIED',
  'IDENTITY_PROVEN',
];

/** Correction of key information 关键信息变更: Measure 1.2 row 9. The status stays, whatever is decided. */
export const CORRECTION_ROWS: readonly Row[] = [
  {
    ...{ action: 'requestCorrection', kind: null, from: SETTLED, to: 'SAME' },
    ...{ by: 'KINDERGARTEN', application: 'SUBMITTED', needs: [...REQUEST, 'NOTHING_UNDECIDED'] },
    ...{ zh: '申请关键信息变更', en: "ask for key information to be corrected, on the guardians' proof" },
  },
  ...decisionRows({
    kind: 'CORRECTION',
    ...{ pending: SETTLED, returned: SETTLED, toReturned: 'SAME', toPending: 'SAME', givenUp: 'SAME' },
    ...{ approved: 'SAME', submission: REQUEST, applicant: 'KINDERGARTEN' },
    approval: ['CORRECTION_FITS', 'REASON_FITS'],
  }),
  {
    ...{ action: 'applyCorrection', kind: 'CORRECTION', states: ['APPROVED'], from: ANYWHERE, to: 'SAME' },
    ...{ by: 'CHILDREN', application: 'APPROVED', needs: [] },
    ...{ zh: '更正已生效', en: 'the correction has been carried out' },
  },
  {
    ...{ action: 'dropCorrection', kind: 'CORRECTION', states: ['APPROVED'], from: ANYWHERE, to: 'SAME' },
    ...{ by: 'CHILDREN', application: 'REFUSED', needs: [] },
    ...{ zh: '更正未能执行', en: 'the correction could no longer be carried out' },
  },
];
