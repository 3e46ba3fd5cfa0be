/** Refusals about places offered to the children of a closing institution. */
export const OFFER_ERRORS = {
  OFFER_ONLY_WHEN_CLOSING: {
    zh: '仅可为正在撤销的机构的儿童提供转园去处，该机构{status}。',
    en: 'Places are offered to children of a closing institution; this one is {status}.',
  },
  OFFER_NOT_NEEDED: {
    zh: '该学籍（{status}）不需要转园去处。',
    en: 'A record that is {status} needs no offer of a place.',
  },
  OFFER_STANDS: { zh: '已提供过该机构的去处。', en: 'A place in this institution is offered already.' },
  OFFER_WITHDRAWN: { zh: '该去处已撤回。', en: 'The offer has been withdrawn already.' },
} as const;
