/** Refusals about looking beyond one's area in an emergency. */
export const BREAK_GLASS_ERRORS = {
  BREAK_GLASS_HOURS: {
    zh: '破例查看时长应为 1 至 {max} 小时，实际 {got}。',
    en: 'A break-glass lasts 1 to {max} hours, {got} came.',
  },
  BREAK_GLASS_TOO_MANY: {
    zh: '同一账号同时至多 {max} 件破例查看。',
    en: 'An account has at most {max} break-glasses open at once.',
  },
  BREAK_GLASS_IS_YOURS: {
    zh: '本人的破例查看由上级的另一人复核。',
    en: 'This break-glass is your own; another person of the level above judges it.',
  },
  BREAK_GLASS_REVIEWED: {
    zh: '此件破例查看已复核。',
    en: 'This break-glass has been judged already.',
  },
} as const;
