import type { Audited } from '../../../kernel/store/audit/entry.ts';

/** An act on one child, in the chain of the county in which whoever holds it is. */
export const ofChild = (
  action: string,
  childId: string,
  countyCode: string,
  more: Pick<Audited, 'caseId' | 'fields'> = {},
): Audited => ({ action, authority: countyCode, subjectType: 'CHILD', subjectId: childId, childId, ...more });
