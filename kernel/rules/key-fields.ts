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

/** Everything else a kindergarten states of a child: it says so itself, at once, and the history keeps what it said before. */
export const DETAIL_FIELDS = {
  NATIONALITY: { code: null, zh: '国籍或地区', en: 'nationality' },
  ETHNICITY: { code: null, zh: '民族', en: 'ethnic group' },
  HOUSEHOLD_REGION: { code: null, zh: '户籍区划', en: 'household region' },
  GUARDIANS: { code: null, zh: '监护人', en: 'guardians' },
} as const satisfies CodeSet;

export type DetailField = ValueOf<typeof DETAIL_FIELDS>;
