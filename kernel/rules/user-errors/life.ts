/** Refusals about deferral, cancellation and reinstatement. */
export const LIFE_ERRORS = {
  NOT_OF_SCHOOL_AGE: {
    zh: '缓学应为 {year} 学年达入学年龄（{expected} 周岁）的儿童，实际 {age} 周岁。',
    en: 'A child of school age ({expected}) for the school year {year} was expected; this one is {age} then.',
  },
  DEFERRAL_UNTIL: {
    zh: '缓学截止日期应在 {from} 至 {until} 之间。',
    en: 'A last day of the deferral from {from} to {until} was expected.',
  },
  DEFERRAL_OVER: {
    zh: '所申请的缓学已于 {until} 届满，请退回补正或不予核准。',
    en: 'The deferral asked for was over on {until}; return or refuse it.',
  },
} as const;
