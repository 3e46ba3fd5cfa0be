import type { Archive } from '../model.ts';
import type { Subject } from './offering.ts';
import { STATUS_OF_RECORD } from './resolution.ts';

/** What a school reads of a record it has accepted. */
export function archiveOf(subject: Subject | null): Archive | null {
  if (!subject) return null;
  const { number, bornOn, sex, enteredOn, childId, countyCode } = subject;
  return { number, bornOn, sex, enteredOn, status: STATUS_OF_RECORD[subject.status]!, childId, countyCode };
}
