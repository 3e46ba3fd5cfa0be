import type { Row } from '../lifecycle.ts';

/** What a kindergarten does with its own children, without anybody's decision: Measure 1.2 and 1.3. */
export const STAY_ROWS: readonly Row[] = [
  {
    ...{ action: 'moveClass', kind: null, from: ['ENROLLED', 'DEFERRED'], to: 'SAME' },
    ...{ by: 'KINDERGARTEN', application: null },
    needs: ['CLASS_OF_INSTITUTION', 'CLASS_OF_YEAR', 'OTHER_CLASS', 'DATE_IN_STAY'],
    ...{ zh: '调班', en: 'move to another class' },
  },
  {
    ...{ action: 'leave', kind: null, from: ['ENROLLED', 'DEFERRED'], to: 'LEFT' },
    ...{ by: 'KINDERGARTEN', application: null, needs: ['NOTHING_UNDECIDED', 'REMARK', 'DATE_IN_STAY'] },
    ...{ zh: '离园', en: 'leave; the number is kept' },
  },
];
