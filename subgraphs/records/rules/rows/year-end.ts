import type { Row } from '../lifecycle.ts';

/** What the end of a school year brings: Measure 1.3. Only the county takes a graduation back. */
export const YEAR_END_ROWS: readonly Row[] = [
  {
    ...{ action: 'promoteClasses', kind: null, from: ['ENROLLED', 'DEFERRED', 'TRANSFERRING'], to: 'SAME' },
    ...{ by: 'KINDERGARTEN', application: null },
    needs: [
      ...(['NEXT_YEARS_CLASS', 'LEVEL_FOLLOWS', 'DAY_OF_NEW_YEAR', 'REASON_FITS'] as const),
      ...(['GRADUATION_SETTLED', 'DATE_IN_STAY'] as const),
    ],
    ...{ zh: '升班', en: 'go on to a class of the next school year' },
  },
  {
    ...{ action: 'undoPromotion', kind: null, from: ['ENROLLED', 'DEFERRED', 'TRANSFERRING'], to: 'SAME' },
    ...{ by: 'COUNTY', application: null },
    needs: ['OTHER_ACCOUNT', 'REASON_FITS', 'WITHIN_UNDO_DAYS', 'LAST_MOVE'],
    ...{ zh: '撤销升班', en: 'take the promotion of a class back' },
  },
  {
    ...{ action: 'graduate', kind: null, from: ['ENROLLED', 'DEFERRED'], to: 'GRADUATED' },
    ...{ by: 'KINDERGARTEN', application: null },
    needs: [
      ...(['NOTHING_UNDECIDED', 'CLASS_OF_ENDING_YEAR', 'LAST_YEAR', 'CLASS_AS_LISTED'] as const),
      ...(['TERM_OVER', 'DATE_IN_STAY'] as const),
    ],
    ...{ zh: '毕业', en: 'graduate, from a frozen list' },
  },
  {
    ...{ action: 'undoGraduation', kind: null, from: ['GRADUATED'], to: 'BEFORE', undoes: 'graduate' },
    ...{ by: 'COUNTY', application: null },
    // What is undecided keeps nobody out: a kindergarten could file something for whom it wants to stay graduated.
    needs: [
      ...(['OTHER_ACCOUNT', 'REASON_FITS', 'WITHIN_UNDO_DAYS'] as const),
      ...(['SAME_GRADUATION', 'INSTITUTION_AS_WAS'] as const),
    ],
    ...{ zh: '撤销毕业', en: 'take a graduation back' },
  },
];
