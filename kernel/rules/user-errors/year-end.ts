/** Refusals at the end of a school year: graduation, its undoing, promotion of classes. */
export const YEAR_END_ERRORS = {
  NOT_LAST_YEAR: {
    zh: '毕业须为大班儿童、学年末满 6 周岁的混龄班儿童或缓学留园儿童；实际为 {level}，{age} 周岁。',
    en: 'A child of a LARGE class, one of a MIXED class aged 6 at the end of the year, or one staying on by deferral was expected; this one is in {level}, aged {age}.',
  },
  GRADUATION_TOO_EARLY: {
    zh: '毕业日期应存在且不早于学期最后一天 {from}，不晚于今天。',
    en: 'A day from the last day of the term, {from}, to today was expected.',
  },
  GRADUATION_CLASS_CHANGED: {
    zh: '名单冻结后儿童已换班。',
    en: 'The child is in another class than when the list was frozen.',
  },
  GRADUATION_NOBODY: {
    zh: '名单上没有可毕业的儿童。',
    en: 'The list has nobody who could graduate.',
  },
  GRADUATION_NOT_LISTED: {
    zh: '该学籍不在可毕业名单中，无从排除。',
    en: 'This record would not graduate anyway, so it cannot be left out.',
  },
  GRADUATION_RUN_STATE: {
    zh: '毕业名单{state}，不能{action}。',
    en: '{action} is not possible: of this graduation {stateEn}.',
  },
  GRADUATION_UNDO_TOO_LATE: {
    zh: '撤销期限为 {until}，已过。',
    en: 'It could be undone until {until}; that day has passed.',
  },
  GRADUATION_NOT_SETTLED: {
    zh: '该儿童应毕业而毕业未成：请另行毕业，或在另行毕业时排除并说明理由，再升班。',
    en: 'This child was to graduate and could not: graduate it by a further list, or leave it out of one with a reason, before it goes on.',
  },
  PROMOTED_SINCE: {
    zh: '该儿童升班后已另行变动，不随班撤销。',
    en: 'This child has moved on since it was promoted; it stays.',
  },
  GRADUATED_AGAIN: {
    zh: '该学籍之后又另行毕业。',
    en: 'The record has graduated anew since.',
  },
  INSTITUTION_CHANGED: {
    zh: '机构此后已撤销、合并或迁址，不能退回。',
    en: 'The institution has been closed, merged or moved since; nothing can go back there.',
  },
  PROMOTION_YEAR: {
    zh: '升入的班级应属 {expected} 学年，实际 {got}。',
    en: 'A class of the school year {expected} was expected to go on to, this one is of {got}.',
  },
  PROMOTION_LEVEL: {
    zh: '{from} 应升入 {expected}，实际 {to}。',
    en: 'From {from} a class goes on to {expected}, not to {to}.',
  },
  PROMOTION_STAY_REASON: {
    zh: '留级（{level} 仍为 {level}）须说明理由。',
    en: 'A class that stays {level} for another year needs a reason.',
  },
  PROMOTION_DAY: {
    zh: '升班日期应在新学年之内，{from} 至 {until}，且不晚于今天。',
    en: 'A day of the new school year, {from} to {until}, and not in the future, was expected.',
  },
  CLASS_NAMED_TWICE: {
    zh: '同一班级在一次请求中只能升班一次。',
    en: 'A class can go on only once in a request.',
  },
} as const;
