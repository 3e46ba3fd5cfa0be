/** Refusals about problem cases. */
export const PROBLEM_ERRORS = {
  PROBLEM_NOBODY_ABOVE: {
    zh: '教育部之上再无上级，应作出裁定。',
    en: 'Nobody stands above the ministry; a ruling was expected.',
  },
  PROBLEM_NUMBER_UNPROVEN: {
    zh: '学籍号归另一方的，另一份学籍的儿童应持已核实的该身份证号，且该 G 号仍为本学籍现号。',
    en: 'The other record’s child was expected to have this very resident ID proven, and this record the G number of it.',
  },
  PROBLEM_NUMBER_BY_MINISTRY: {
    zh: 'G 号只由教育部改归另一方，请报上级。',
    en: 'Only the ministry gives a G number to another record; refer the case.',
  },
  PROBLEM_NOT_ORDERED: {
    zh: '没有待执行的注销裁定，请选择其他注销原因。',
    en: 'A ruling that orders the cancellation and was not done yet was expected; there is none, so name another reason.',
  },
} as const;
