/** Refusals about data that leaves. */
export const DATA_EXPORT_ERRORS = {
  EXPORT_NEEDS_A_LAW: {
    zh: '含可识别个人的数据须有法律明确规定（LAW），实际为 {came}。',
    en: 'Data that names children leaves only where a law says so (LAW); {came} came.',
  },
  EXPORT_FIELD_NOT_IN_PROFILE: {
    zh: '{profile} 不含字段 {field}。',
    en: 'The profile {profile} has no field {field}.',
  },
  EXPORT_FIELD_NOT_REQUESTED: {
    zh: '只能批准所申请的字段，{field} 未申请。',
    en: 'Only fields that were asked for can be approved; {field} was not.',
  },
  EXPORT_TERM: {
    zh: '期限应为 {first} 至 {last}，实际为 {got}。',
    en: 'A last day from {first} to {last} was expected; {got} came.',
  },
  EXPORT_STATE: {
    zh: '该提供事项应为 {expected}，实际为 {came}。',
    en: 'An export that is {expected} was expected; this one is {came}.',
  },
  EXPORT_OF_ANOTHER: {
    zh: '只有申请的账号可以下载。',
    en: 'Only the account that asked for the export may download it.',
  },
} as const;
