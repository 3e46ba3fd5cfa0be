/** Refusals about institutions, classes and regions. */
export const INSTITUTION_ERRORS = {
  REGION_UNKNOWN: { zh: '行政区划 {code} 不存在。', en: 'There is no region {code}.' },
  OPENING_DATE_FUTURE: {
    zh: '设立日期不能晚于今天。',
    en: 'The opening date cannot lie in the future.',
  },
  REGION_ABOLISHED: {
    zh: '行政区划 {code} 已撤销，请用承继的区划。',
    en: 'The region {code} has been abolished; use the one that took over.',
  },
  SCHOOL_YEAR_OUTSIDE: {
    zh: '学年应在 {from} 至 {until} 之间。',
    en: 'A school year from {from} to {until} was expected.',
  },
  REGION_NOT_A_COUNTY: {
    zh: '{code} 不是县级教育行政部门所辖区划。',
    en: '{code} is not a region with a county education authority.',
  },
  INSTITUTION_UNKNOWN: { zh: '机构 {code} 不存在。', en: 'There is no institution {code}.' },
  INSTITUTION_CODE_FORM: {
    zh: '机构标识码应为 10 位数字且以 {category} 开头。',
    en: 'An institution code has 10 digits and begins with {category}.',
  },
  INSTITUTION_CODE_TAKEN: {
    zh: '机构标识码已被使用，永不重用。',
    en: 'This institution code is in use; codes are never reused.',
  },
  CREDIT_CODE_WRONG: {
    zh: '统一社会信用代码应为 18 位且校验正确。',
    en: 'A unified social credit code has 18 characters with a correct check character.',
  },
  CLASS_UNKNOWN: { zh: '该机构没有此班级。', en: 'The institution has no such class.' },
  CLASS_NAME_TAKEN: { zh: '该学年已有同名班级。', en: 'A class of this name exists in that school year.' },
} as const;
