/** Refusals and warnings about who a child is. */
export const IDENTITY_ERRORS = {
  NAME_EMPTY: { zh: '姓名不能为空。', en: 'A name was expected, nothing came.' },
  NAME_CHARACTERS: {
    zh: '姓名只能含文字、间隔号（·）、空格、连字符和撇号，不能含不可见字符。',
    en: 'A name holds letters, the middle dot (·), spaces, hyphens and apostrophes, nothing invisible; something else came.',
  },
  BIRTH_DATE_FUTURE: { zh: '出生日期不能晚于今天。', en: 'A birth date cannot lie in the future.' },
  BIRTH_DATE_TOO_OLD: {
    zh: '出生日期应在 {earliest} 或以后。',
    en: 'A birth date on or after {earliest} was expected.',
  },
  DOCUMENT_NUMBER_REQUIRED: {
    zh: '此证件类型须填写证件号码。',
    en: 'This kind of document needs a number.',
  },
  DOCUMENT_NUMBER_UNEXPECTED: {
    zh: '“暂无证件”时不应填写证件号码。',
    en: 'With no document yet, no number was expected, but one came.',
  },
  DOCUMENT_LENGTH_WRONG: {
    zh: '证件号码应为 {expected} 位，实际 {got} 位。',
    en: 'A document number of {expected} characters was expected, {got} came.',
  },
  DOCUMENT_KIND_WRONG: {
    zh: '{prefix} 开头的号码不是居民身份证，请选择正确的证件类型。',
    en: 'A number that begins with {prefix} is no resident ID; choose the right kind of document.',
  },
  DOCUMENT_FORM_WRONG: {
    zh: '证件号码格式应为：{expected}。',
    en: 'The document number should have the form: {expected}.',
  },
  ID_CHECKSUM_WRONG: {
    zh: '证件号码校验位不符，请核对号码。',
    en: 'The check digit does not fit the number; please compare it with the document.',
  },
  ID_DATE_IMPOSSIBLE: {
    zh: '证件号码中的出生日期不存在。',
    en: 'The birth date inside the number does not exist.',
  },
  ID_BIRTH_DATE_MISMATCH: {
    zh: '证件号码中的出生日期与填写的不一致。',
    en: 'The birth date inside the number differs from the one given.',
  },
  ID_SEX_MISMATCH: {
    zh: '证件号码表示的性别与填写的不一致。',
    en: 'The sex inside the number differs from the one given.',
  },
  ID_REGION_WRONG: {
    zh: '此证件号码应以 {expected} 开头。',
    en: 'This kind of number should begin with {expected}.',
  },
  ID_REGION_UNKNOWN: {
    zh: '证件号码的行政区划不在现行或历史名单中（仅提示）。',
    en: 'The region inside the number is in no present or past list (a warning only).',
  },
  NATIONALITY_FORM: {
    zh: '国籍应为 GB/T 2659 的三个大写字母，如 CHN。',
    en: 'A nationality has the three capital letters of GB/T 2659, for instance CHN.',
  },
  HOUSEHOLD_REGION_FORM: {
    zh: '户籍行政区划代码应为 6 位数字。',
    en: 'A household region has 6 digits.',
  },
  HOUSEHOLD_REGION_UNKNOWN: {
    zh: '户籍行政区划代码不在名单中（仅提示）。',
    en: 'The household region is not in the list (a warning only).',
  },
  HOUSEHOLD_REGION_ABOLISHED: {
    zh: '户籍行政区划已撤销（仅提示）。',
    en: 'The household region has been abolished (a warning only).',
  },
  GUARDIAN_REQUIRED: {
    zh: '没有证件的儿童至少须登记一名监护人。',
    en: 'A child without a document needs at least one guardian.',
  },
  PHONE_FORM_WRONG: {
    zh: '电话号码应为 6 至 20 位数字，可含 + - 和空格。',
    en: 'A phone number has 6 to 20 digits, with + - and spaces allowed.',
  },
  DOCUMENT_BELONGS_TO_ANOTHER: {
    zh: '该证件已登记在另一名儿童名下，或姓名、性别、出生日期与登记不一致，请核对。',
    en: 'This document is registered for another child, or with another name, sex or birth date; please check.',
  },
  ALREADY_REGISTERED_DETAILS_KEPT: {
    zh: '该儿童已在本园登记，此项保留先前登记的内容，本次填写的未采用；如需变更请用 updateChild（仅提示）。',
    en: 'You have registered this child already; what you stated before is kept, this is not stored; change it with updateChild (a warning only).',
  },
  POSSIBLE_DUPLICATE: {
    zh: '另有 {count} 名儿童姓名、性别、出生日期相同，请核对是否重复（仅提示）。',
    en: '{count} more children have the same name, sex and birth date; please check (a warning only).',
  },
} as const;
