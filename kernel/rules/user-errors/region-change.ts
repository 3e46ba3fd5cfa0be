/** Refusals about regions that are founded, abolished or put elsewhere. */
export const REGION_CHANGE_ERRORS = {
  REGIONS_UNCHANGED: {
    zh: '至少须新设、撤销或改隶一个行政区划。',
    en: 'At least one region to found, to abolish or to put elsewhere was expected.',
  },
  REGION_CODE_FORM: {
    zh: '行政区划代码应为 6 位数字，首位不为 0。',
    en: 'A region code has 6 digits and does not begin with 0.',
  },
  REGION_CODE_TAKEN: {
    zh: '行政区划代码 {code} 已被使用，永不重用。',
    en: 'The region code {code} is in use; codes are never reused.',
  },
  REGION_PARENT_WRONG: {
    zh: '{code} 的上级应为届时存续的{expected}，{parent} 不是。',
    en: '{code} needs a region above it that stands then and is a {expected}; {parent} is none.',
  },
  REGION_NOT_STANDING: {
    zh: '{code} 不是现行行政区划。',
    en: '{code} is no region that stands today.',
  },
  REGION_STILL_PARENT: {
    zh: '{code} 撤销后尚有 {count} 个下级无归属，如 {example}。',
    en: '{count} regions below {code} would be left without one above them, for instance {example}.',
  },
  REGION_SUCCESSOR_REQUIRED: {
    zh: '撤销 {code} 须写明承继的行政区划。',
    en: 'Say which regions take over from {code}.',
  },
  REGION_SUCCESSOR_WRONG: {
    zh: '承继 {code} 的应为届时存续的同级区划，{successor} 不是。',
    en: 'What takes over from {code} must stand then and be of its level; {successor} is not.',
  },
  INSTITUTIONS_WITHOUT_PLACE: {
    zh: '尚有 {count} 所机构未定去向，如 {examples}。',
    en: '{count} institutions have no place to go yet, for instance {examples}.',
  },
} as const;
