import type { CodeSet, ValueOf } from './code-set.ts';

/**
 * JY/T 1001, kinds of identity document. The standard is older than some documents:
 * those without a code of their own are Z (other), and so is a child without any.
 */
export const DOCUMENT_KIND = {
  RESIDENT_ID: { code: '1', zh: '居民身份证', en: 'resident identity card' },
  RESIDENCE_PERMIT_HMT: {
    code: 'C',
    zh: '港澳台居民居住证',
    en: 'residence permit for Hong Kong, Macau and Taiwan residents',
  },
  FOREIGN_PERMANENT_RESIDENT_ID: {
    code: '9',
    zh: '外国人永久居留身份证',
    en: "foreigner's permanent residence card",
  },
  MAINLAND_TRAVEL_PERMIT_HK_MACAU: {
    code: 'Z',
    zh: '港澳居民来往内地通行证',
    en: 'mainland travel permit for Hong Kong and Macau residents',
  },
  MAINLAND_TRAVEL_PERMIT_TAIWAN: {
    code: '8',
    zh: '台湾居民来往大陆通行证',
    en: 'mainland travel permit for Taiwan residents',
  },
  PASSPORT: { code: 'A', zh: '护照', en: 'passport' },
  BIRTH_CERTIFICATE: { code: 'Z', zh: '出生医学证明', en: 'medical certificate of birth' },
  NONE: { code: 'Z', zh: '暂无证件', en: 'no document yet' },
} as const satisfies CodeSet;

export type DocumentKind = ValueOf<typeof DOCUMENT_KIND>;
