import type { CodeSet, ValueOf } from './code-sets/code-set.ts';

/**
 * The key information (关键信息) of a child: what it is recognised by. It changes only by the guardian's proof, the
 * kindergarten's report and the county's decision; everything else about a child is changed directly.
 * The Measure names no fields; these are those of the K-12 practice: name and ID, and what the ID says.
 */
export const KEY_FIELDS = {
  NAME: { code: null, zh: '姓名', en: 'name' },
  SEX: { code: null, zh: '性别', en: 'sex' },
  BORN_ON: { code: null, zh: '出生日期', en: 'date of birth' },
  DOCUMENT: { code: null, zh: '身份证件', en: 'identity document' },
} as const satisfies CodeSet;

export type KeyField = ValueOf<typeof KEY_FIELDS>;

/** Under which input field each is stated; kind and number of a document are one. */
export const KEY_FIELD_OF_INPUT = {
  name: 'NAME',
  sex: 'SEX',
  bornOn: 'BORN_ON',
  documentKind: 'DOCUMENT',
  documentNumber: 'DOCUMENT',
} as const satisfies Readonly<Record<string, KeyField>>;

export type KeyInput = keyof typeof KEY_FIELD_OF_INPUT;
