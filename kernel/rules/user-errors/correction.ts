/** Refusals about corrections of key information and about record numbers. */
export const CORRECTION_ERRORS = {
  CORRECTION_EMPTY: {
    zh: '至少须更正一项：姓名、性别、出生日期或身份证件。',
    en: 'At least one change was expected: name, sex, birth date or identity document.',
  },
  NUMBER_FORMAL: {
    zh: '{type} 号没有可转换之处：G 号不再变更，J 号须待身份证件核实。',
    en: 'A number of type {type} has nothing to become: a G number stays, a J number needs a proven ID.',
  },
  DUPLICATES_SUSPECTED: {
    zh: '另有 {count} 名儿童姓名、性别、出生日期相同，查重未通过，不能编 J 号。',
    en: '{count} more children have the same name, sex and birth date; a J number needs a clean duplicate check.',
  },
  NUMBER_NOT_REISSUED: {
    zh: '应编的学籍号已经删除，不再编发。',
    en: 'The number it would get has been deleted; it is not issued again.',
  },
  NUMBER_NOT_G: {
    zh: '现学籍号应为 G 号，实际为 {type} 号。',
    en: 'A G number was expected; the current one is of type {type}.',
  },
} as const;
