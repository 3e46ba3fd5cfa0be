import type { Sex } from '../code-sets/sex.ts';
import type { PlainDate } from '../plain-date.ts';

/** What a document's number is compared with. */
export interface Holder {
  readonly bornOn: PlainDate;
  readonly sex: Sex;
}

export const NUMBER_FIELD: readonly string[] = ['documentNumber'];
