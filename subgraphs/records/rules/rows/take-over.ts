import type { Row } from '../lifecycle.ts';

/**
 * Moving up 升学: Measure 1.3. A primary school takes a record over once; what it gives back is again what it was. Both are
 * told by primary-link, which keeps the hand-shake.
 */
export const TAKE_OVER_ROWS: readonly Row[] = [
  {
    ...{ action: 'promote', kind: null, from: ['GRADUATED', 'ENROLLED', 'DEFERRED', 'LEFT'], to: 'PROMOTED' },
    ...{ by: 'PRIMARY_LINK', application: null },
    needs: ['NOTHING_UNDECIDED', 'SCHOOL_AGE_REACHED', 'ADMITTED_AFTER_STAY'],
    ...{ zh: '升学接续', en: 'be taken over by a primary school' },
  },
  {
    ...{ action: 'giveBack', kind: null, from: ['PROMOTED'], to: 'BEFORE', undoes: 'promote' },
    ...{ by: 'PRIMARY_LINK', application: null, needs: [] },
    ...{ zh: '撤回接续', en: 'be given back by a primary school' },
  },
];
