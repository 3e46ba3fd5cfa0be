import type { RecordStatus } from '../../model.ts';
import type { Row } from '../lifecycle.ts';
import type { Need } from '../needs.ts';
import { decisionRows } from './decided.ts';

const FROM: readonly RecordStatus[] = ['LEFT', 'GRADUATED', 'CANCELLED'];
const GOES_ON: readonly Need[] = ['NOT_DECIDED_ABOVE', 'RESUMABLE', 'STILL_LAWFUL', 'CLASS_STILL_THERE'];

/** Reinstatement 恢复 of a record that was ended by mistake: practice 2.4. It is then as if it had never ended. */
export const REINSTATEMENT_ROWS: readonly Row[] = [
  {
    ...{ action: 'requestReinstatement', kind: null, from: FROM, to: 'SAME' },
    ...{ by: 'KINDERGARTEN', application: 'SUBMITTED' },
    needs: [...GOES_ON, 'REINSTATED_IN_TIME', 'REASON', 'REASON_FITS', 'EVIDENCE_FITS', 'NOTHING_UNDECIDED'],
    ...{ zh: '申请恢复', en: 'ask for a reinstatement' },
  },
  ...decisionRows({
    kind: 'REINSTATEMENT',
    ...{ pending: FROM, returned: FROM, toReturned: 'SAME', toPending: 'SAME', givenUp: 'SAME' },
    ...{ approved: 'UNDONE', submission: [...GOES_ON, 'EVIDENCE_FITS'], applicant: 'KINDERGARTEN' },
    approval: [...GOES_ON, 'REASON_FITS'],
  }),
];
