import { describe, expect, it } from 'vitest';
import { CLASS_LEVEL } from '../../../kernel/rules/code-sets/class-level.ts';
import {
  type CodeSet,
  fromCode,
  fromZh,
  isValueOf,
  valuesOf,
} from '../../../kernel/rules/code-sets/code-set.ts';
import { DOCUMENT_KIND } from '../../../kernel/rules/code-sets/document-kind.ts';
import { ETHNICITY } from '../../../kernel/rules/code-sets/ethnicity.ts';
import { FOUNDER } from '../../../kernel/rules/code-sets/founder.ts';
import { GUARDIAN_RELATION } from '../../../kernel/rules/code-sets/guardian-relation.ts';
import { INSTITUTION_KIND } from '../../../kernel/rules/code-sets/institution-kind.ts';
import { OWNERSHIP } from '../../../kernel/rules/code-sets/ownership.ts';
import { SEX } from '../../../kernel/rules/code-sets/sex.ts';
import { URBAN_RURAL, URBAN_RURAL_CLASS } from '../../../kernel/rules/code-sets/urban-rural.ts';

const SETS: [string, CodeSet, number][] = [
  ['CLASS_LEVEL', CLASS_LEVEL, 5],
  ['DOCUMENT_KIND', DOCUMENT_KIND, 8],
  ['ETHNICITY', ETHNICITY, 58],
  ['FOUNDER', FOUNDER, 12],
  ['GUARDIAN_RELATION', GUARDIAN_RELATION, 4],
  ['INSTITUTION_KIND', INSTITUTION_KIND, 3],
  ['OWNERSHIP', OWNERSHIP, 3],
  ['SEX', SEX, 2],
  ['URBAN_RURAL', URBAN_RURAL, 3],
  ['URBAN_RURAL_CLASS', URBAN_RURAL_CLASS, 7],
];

describe('a code set', () => {
  it.each(SETS)('%s has each Chinese and English label once', (_, set, size) => {
    const entries = Object.values(set);
    expect(entries).toHaveLength(size);
    expect(new Set(entries.map((entry) => entry.zh)).size).toBe(size);
    expect(new Set(entries.map((entry) => entry.en)).size).toBe(size);
  });

  it('finds a value by its label and by its national code', () => {
    expect(fromZh(SEX, '女')).toBe('FEMALE');
    expect(fromZh(SEX, 'toString')).toBeNull();
    expect(fromZh(ETHNICITY, '维吾尔族')).toBe('05');
    expect(fromCode(FOUNDER, '999')).toBe('PRIVATE');
    expect(fromCode(FOUNDER, '000')).toBeNull();
  });

  it('knows its own values and no inherited ones', () => {
    expect(valuesOf(SEX)).toEqual(['MALE', 'FEMALE']);
    expect(isValueOf(SEX, 'MALE')).toBe(true);
    expect(isValueOf(SEX, 'toString')).toBe(false);
  });

  it('of ethnicities is keyed by the codes of the standard', () => {
    expect(valuesOf(ETHNICITY).every((value) => ETHNICITY[value].code === value)).toBe(true);
  });
});
