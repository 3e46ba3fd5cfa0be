/** Refusals about what a province or the ministry sets. */
export const SETTING_ERRORS = {
  SETTING_VALUE_KIND: {
    zh: '设置 {name} 的值应只填 {expected}，实际填了 {came}。',
    en: 'The value of {name} was expected as {expected} alone; {came} came.',
  },
  SETTING_OUT_OF_RANGE: {
    zh: '设置 {name} 应为 {least} 至 {most}，实际 {got}。',
    en: '{name} takes {least} to {most}; {got} came.',
  },
  SETTING_UNIT: {
    zh: '设置 {name} 的单位应为 {expected}，实际为 {came}。',
    en: '{name} is counted in {expected}; {came} came.',
  },
  SETTING_DAY_FORM: {
    zh: '应为每年的某一天（MM-DD，可为 02-29），实际不是。',
    en: 'A day of every year was expected (MM-DD, 02-29 is one); this is none.',
  },
  SETTING_NEVER_OPEN: {
    zh: '这些时段合起来覆盖全年，将永远不能转园；应至少留出一天。',
    en: 'Together these windows cover the whole year, so that no transfer could ever begin; leave at least one day open.',
  },
  SETTING_IN_THE_PAST: {
    zh: '生效日期应为今天（{today}）或以后，实际为 {got}。',
    en: 'A first day from today ({today}) on was expected; {got} came.',
  },
  SETTING_REASON_NEEDED: {
    zh: '《办法》规定的期限为 {measure}，设为其他长度须填写理由。',
    en: 'The Measure itself says {measure}; another length needs a reason.',
  },
  PROVINCE_UNKNOWN: {
    zh: '应为省级行政区划代码，或全国的 000000，实际为 {code}。',
    en: 'The code of a province was expected, or 000000 for the nation; {code} came.',
  },
} as const;
