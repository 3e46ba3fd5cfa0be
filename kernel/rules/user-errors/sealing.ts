/** Refusals about children under a protection order; nobody gets them who may not see the child. */
export const SEALING_ERRORS = {
  CHILD_SEALED_ALREADY: {
    zh: '该儿童信息已封存。',
    en: 'This child is sealed already.',
  },
  CHILD_NOT_SEALED: {
    zh: '该儿童信息未封存。',
    en: 'This child is not sealed.',
  },
  SEALED_FROM_ABOVE: {
    zh: '由 {expected} 级封存，应由同级或上级解除，您是 {got} 级。',
    en: 'It was sealed by a {expected}; the same level or one above lifts that, you are a {got}.',
  },
} as const;
