import type { RecordStatus } from '../../model.ts';
import type { Row } from '../lifecycle.ts';
import type { Need } from '../needs.ts';
import { decisionRows } from './decided.ts';

/** Statuses of a record that has a number and whose number is nobody else's to continue yet. */
const NUMBERED: readonly RecordStatus[] = ['ENROLLED', 'TRANSFERRING', 'DEFERRED', 'LEFT', 'GRADUATED'];
const SETTLED = NUMBERED.filter((status) => status !== 'TRANSFERRING');

const DELETION: readonly Need[] = ['NUMBER_IS_G', 'EVIDENCE_FITS', 'EVIDENCE_GIVEN'];

/** Numbers 学籍号: what a temporary one becomes, and how a formal one ends. Each still leads to the record. */
export const NUMBER_ROWS: readonly Row[] = [
  {
    ...{ action: 'convertNumber', kind: null, from: SETTLED, to: 'SAME' },
    ...{ by: 'COUNTY', application: null },
    needs: [
      'CHILD_KNOWN',
      'NUMBER_CONVERTIBLE',
      'DUPLICATES_CLEARED',
      'NUMBER_FREE',
      'NUMBER_NEVER_DELETED',
      'NOTHING_UNDECIDED',
    ],
    ...{ zh: '学籍号转换', en: 'convert a number: to G with a proven ID, else from L to J' },
  },
  {
    ...{ action: 'requestNumberDeletion', kind: null, from: SETTLED, to: 'SAME' },
    ...{ by: 'PROVINCE', application: 'SUBMITTED' },
    needs: [...DELETION, 'REASON', 'REASON_FITS', 'NOTHING_UNDECIDED'],
    ...{ zh: '申请删除 G 号', en: 'ask the ministry to delete a G number' },
  },
  ...decisionRows({
    kind: 'NUMBER_DELETION',
    ...{ pending: NUMBERED, returned: NUMBERED, toReturned: 'SAME', toPending: 'SAME', givenUp: 'SAME' },
    ...{ approved: 'SAME', submission: DELETION, applicant: 'PROVINCE' },
    approval: ['NUMBER_IS_G', 'REASON_FITS'],
  }),
];
