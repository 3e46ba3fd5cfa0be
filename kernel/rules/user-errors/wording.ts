/** Refusals about what reasons and remarks say. */
export const WORDING_ERRORS = {
  TEXT_UNSEEN: {
    zh: '应为可见文字，实际含有控制字符或改变书写方向的字符。',
    en: 'Readable text in one line was expected; control characters or such as change its direction came.',
  },
  TEXT_HOLDS_NUMBER: {
    zh: '不得写入证件号码、电话号码或学籍号，实际含有 11 位以上连续数字。',
    en: 'No number of a document, a telephone or a record belongs here; 11 or more digits in a row came.',
  },
} as const;
