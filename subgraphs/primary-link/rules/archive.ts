import type { PreschoolStatus } from '../model.ts';
import type { Subject } from './offering.ts';
import { STATUS_OF_RECORD } from './resolution.ts';

/** What a school reads of a record it has accepted: what an admission needs, and nothing about the family. */
export interface Archive {
  readonly number: string;
  readonly bornOn: string;
  readonly sex: string;
  readonly status: PreschoolStatus;
  readonly enteredOn: string;
}

export function archiveOf(subject: Subject | null): Archive | null {
  if (!subject) return null;
  const { number, bornOn, sex, enteredOn } = subject;
  return { number, bornOn, sex, enteredOn, status: STATUS_OF_RECORD[subject.status]! };
}
