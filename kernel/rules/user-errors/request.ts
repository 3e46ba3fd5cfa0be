/** Refusals every subgraph may give: about the request itself. */
export const REQUEST_ERRORS = {
  REQUIRED: { zh: '此项必填。', en: 'This field is required.' },
  TEXT_MALFORMED: {
    zh: '应为完整的 Unicode 文本，实际含有不成对的代理项。',
    en: 'Well-formed Unicode text was expected; half of a surrogate pair came.',
  },
  TOO_LONG: {
    zh: '最多 {max} 个字符，实际 {got} 个。',
    en: 'At most {max} characters are allowed, {got} came.',
  },
  TOO_MANY_ITEMS: {
    zh: '一次最多 {max} 条，实际 {got} 条。',
    en: 'At most {max} items a call are allowed, {got} came.',
  },
  DATE_IMPOSSIBLE: {
    zh: '应为存在的日期（YYYY-MM-DD），实际不是。',
    en: 'A date that exists was expected (YYYY-MM-DD); this one does not.',
  },
  KEY_FORM: {
    zh: '幂等键首尾不能有空格，也不能含控制字符或不完整的字符。',
    en: 'An idempotency key without outer spaces, control characters or half characters was expected.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    zh: '该幂等键已用于另一项请求，请换新的键。',
    en: 'This idempotency key already belongs to another request; use a new key.',
  },
  OUTSIDE_YOUR_AREA: {
    zh: '超出您的管辖范围：您管辖 {area}。',
    en: 'This lies outside your area: you act for {area}.',
  },
  NOT_FOUND: {
    zh: '不存在，或不在您的管辖范围内。',
    en: 'It does not exist, or it is not within your area.',
  },
} as const;
