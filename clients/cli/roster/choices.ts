import { DOCUMENT_KIND } from '../../../kernel/rules/code-sets/document-kind.ts';
import { ETHNICITY } from '../../../kernel/rules/code-sets/ethnicity.ts';
import { GUARDIAN_RELATION } from '../../../kernel/rules/code-sets/guardian-relation.ts';
import { SEX } from '../../../kernel/rules/code-sets/sex.ts';
import type { CodeSet } from '../../../kernel/rules/code-sets/code-set.ts';

/** A closed list as a clerk may write it: every accepted spelling, and the labels to show when none fits. */
export interface Choices {
  readonly values: ReadonlyMap<string, string>;
  readonly shown: readonly string[];
}

/** Further spellings found in kindergartens' own files, beside the set's label, English name and value. */
type Spellings = Readonly<Record<string, readonly string[]>>;

export const SEXES = choices(SEX, { MALE: ['男性', '男孩'], FEMALE: ['女性', '女孩'] });

export const DOCUMENT_KINDS = choices(DOCUMENT_KIND, {
  RESIDENT_ID: ['身份证', '二代身份证', '居民户口簿身份证'],
  RESIDENCE_PERMIT_HMT: ['港澳台居住证', '居住证'],
  FOREIGN_PERMANENT_RESIDENT_ID: ['外国人永久居留证', '永久居留身份证'],
  MAINLAND_TRAVEL_PERMIT_HK_MACAU: ['港澳通行证', '回乡证'],
  MAINLAND_TRAVEL_PERMIT_TAIWAN: ['台胞证', '台湾通行证'],
  BIRTH_CERTIFICATE: ['出生证明', '出生证'],
  NONE: ['无', '无证件', '暂无'],
});

export const RELATIONS = choices(GUARDIAN_RELATION, {
  FATHER: ['爸爸', '父', '父子', '父女'],
  MOTHER: ['妈妈', '母', '母子', '母女'],
  GRANDPARENT: ['祖父母', '外祖父母', '祖父', '祖母', '外祖父', '外祖母', '爷爷', '奶奶', '外公', '外婆'],
});

export const ETHNICITIES = choices(ETHNICITY, shortNames(ETHNICITY));

/** Any three-letter code of GB/T 2659 is accepted beside these; the list itself is the graph's to know. */
export const NATIONALITIES: Choices = {
  values: new Map(
    Object.entries({ 中国: 'CHN', 中国香港: 'HKG', 香港: 'HKG', 中国澳门: 'MAC', 澳门: 'MAC' }).concat(
      Object.entries({ 中国台湾: 'TWN', 台湾: 'TWN' }),
    ),
  ),
  shown: ['CHN', 'HKG', 'MAC', 'TWN', 'GB/T 2659'],
};

export function choose(from: Choices, text: string): string | null {
  return from.values.get(spelling(text)) ?? null;
}

function choices(set: CodeSet, more: Spellings): Choices {
  const values = new Map<string, string>();
  for (const [value, { code, zh, en }] of Object.entries(set)) {
    // Document kinds share code Z (other): a code that names two values names none.
    const isShared = Object.values(set).filter((entry) => entry.code === code).length > 1;
    const spellings = [value, zh, en, ...(code === null || isShared ? [] : [code]), ...(more[value] ?? [])];
    for (const one of spellings) values.set(spelling(one), value);
  }
  return { values, shown: Object.values(set).map(({ zh }) => zh) };
}

/** The same for a closed list without national codes. */
export const choicesOf = (
  list: Readonly<
    Record<string, { readonly zh: string; readonly en: string; readonly more: readonly string[] }>
  >,
): Choices =>
  choices(
    Object.fromEntries(Object.entries(list).map(([value, { zh, en }]) => [value, { code: null, zh, en }])),
    Object.fromEntries(Object.entries(list).map(([value, { more }]) => [value, more])),
  );

function shortNames(set: CodeSet): Spellings {
  return Object.fromEntries(Object.entries(set).map(([value, { zh }]) => [value, [zh.replace(/族$/, '')]]));
}

function spelling(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}
