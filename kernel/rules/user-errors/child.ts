/** Refusals about changing what is known of a child. */
export const CHILD_ERRORS = {
  CORRECTION_CHANGES_NOTHING: {
    zh: '更正内容与现有登记一致，没有可更正之处。',
    en: 'A correction that changes something was expected; everything stated is registered already.',
  },
} as const;
