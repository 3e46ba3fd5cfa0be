/** Refusals about changing what is known of a child. */
export const CHILD_ERRORS = {
  CORRECTION_CHANGES_NOTHING: {
    zh: '更正内容与现有登记一致，没有可更正之处。',
    en: 'A correction that changes something was expected; everything stated is registered already.',
  },
  KEY_FIELD_NEEDS_CORRECTION: {
    zh: '{field}是关键信息，不能直接变更，请由监护人举证后用 requestCorrection 申请更正。',
    en: "The {fieldEn} is key information and cannot be changed directly; apply with requestCorrection and the guardian's proof.",
  },
} as const;
