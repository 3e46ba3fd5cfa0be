/** Refusals about corrections of key information and about record numbers. */
export const CORRECTION_ERRORS = {
  CORRECTION_EMPTY: {
    zh: '至少须更正一项：姓名、性别、出生日期或身份证件。',
    en: 'At least one change was expected: name, sex, birth date or identity document.',
  },
} as const;
