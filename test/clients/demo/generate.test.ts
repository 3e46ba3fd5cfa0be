import { describe, expect, it } from 'vitest';
import { DEMO_FIRST_INSTITUTION, demoCounty } from '../../../clients/cli/demo/generate.ts';
import type { DemoEnrolment } from '../../../clients/cli/demo/model.ts';
import { cohortWeight, readNationalFigures } from '../../../clients/cli/demo/statistics.ts';
import { readRegionTree } from '../../../kernel/region-data.ts';
import { CLASS_SIZE_LIMIT } from '../../../kernel/rules/class-size.ts';
import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import { checkCreditCode } from '../../../kernel/rules/credit-code.ts';
import { checkDocument, DOCUMENT_KINDS } from '../../../kernel/rules/identity-document.ts';
import { checkInstitutionCode } from '../../../kernel/rules/institution-code.ts';
import { ownershipOf } from '../../../kernel/rules/ownership.ts';
import { checkName } from '../../../kernel/rules/person-name.ts';
import { ageOn } from '../../../kernel/rules/plain-date.ts';
import { birthCohort, schoolYearStart } from '../../../kernel/rules/school-year.ts';

const figures = readNationalFigures();
const YEAR = 2025;
const county = demoCounty(YEAR, figures);
const institutions = county.kindergartens.map(({ institution }) => institution);
const sizes = county.kindergartens.map(({ enrolments }) => enrolments.length);
const enrolments = county.kindergartens.flatMap((one) => one.enrolments);
const children = enrolments.map(({ child }) => child);
const levelOf = new Map<string, ClassLevel>(
  county.kindergartens.flatMap(({ institution, classes }) =>
    classes.map(({ name, level }) => [`${institution.code}/${name}`, level] as const),
  ),
);
const seats = county.kindergartens.flatMap(({ institution, enrolments: own }) =>
  own.map((one) => ({ ...one, key: `${institution.code}/${one.className}` })),
);
const atLevel = (level: string) => seats.filter(({ key }) => levelOf.get(key) === level);
const share = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length / list.length;

describe('The demonstration county as a whole', () => {
  it('has exactly 82 kindergartens and 11,300 children', () => {
    expect(institutions).toHaveLength(82);
    expect(children).toHaveLength(11_300);
  });

  it.each([2024, 2026, 2027, 2028])('keeps both totals in the school year %i', (schoolYear) => {
    const { kindergartens } = demoCounty(schoolYear, figures);
    expect(kindergartens).toHaveLength(82);
    expect(kindergartens.flatMap((one) => one.enrolments)).toHaveLength(11_300);
  });

  it('is the same every time', () => {
    expect(demoCounty(YEAR, figures)).toEqual(county);
  });

  it('has the national private share of kindergartens (± half a kindergarten) and of children (± half a child)', () => {
    const privates = county.kindergartens.filter(({ institution }) => institution.founder === 'PRIVATE');
    const inPrivate = privates.reduce((total, one) => total + one.enrolments.length, 0);
    expect(Math.abs(privates.length - 82 * figures.privateKindergartens)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(inPrivate - 11_300 * figures.privateChildren)).toBeLessThanOrEqual(0.5);
  });

  it('has many small kindergartens and few large ones', () => {
    const sorted = [...sizes].sort((a, b) => a - b);
    const median = (sorted[40]! + sorted[41]!) / 2;
    expect(sorted.at(-1)).toBeGreaterThan(400);
    expect(sorted[0]).toBeGreaterThan(10);
    expect(median).toBeLessThan(0.8 * (11_300 / 82));
  });

  it('leaves one application in a hundred undecided and returns a few', () => {
    const decided = (decision: DemoEnrolment['decision']) =>
      enrolments.filter((one) => one.decision === decision).length;
    expect([decided('NOTHING'), decided('RETURN'), decided('APPROVE')]).toEqual([113, 8, 11_179]);
  });
});

describe('Its institutions', () => {
  it('pass every check of their codes, and no code or name comes twice', () => {
    const faults = institutions.flatMap(({ code, kind, creditCode }) => [
      ...checkInstitutionCode(code, kind),
      ...(creditCode === null ? [] : checkCreditCode(creditCode)),
    ]);
    expect(faults).toEqual([]);
    for (const field of ['code', 'name'] as const) {
      expect(new Set(institutions.map((one) => one[field])).size).toBe(82);
    }
    expect(institutions.every(({ code }) => code.startsWith('1133'))).toBe(true);
    expect(institutions[0]!.code).toBe(DEMO_FIRST_INSTITUTION);
  });

  it('are inclusive in seven of ten private ones', () => {
    const privates = institutions.filter(({ founder }) => founder === 'PRIVATE');
    expect(share(privates, (one) => ownershipOf(one) === 'INCLUSIVE_PRIVATE')).toBeCloseTo(0.7, 1);
  });

  it('lie in towns and villages as well, and have every kind of credit code', () => {
    expect(new Set(institutions.map(({ urbanRuralClass }) => urbanRuralClass)).size).toBeGreaterThanOrEqual(
      5,
    );
    const prefixes = new Set(institutions.map(({ creditCode }) => creditCode?.slice(0, 2) ?? null));
    expect(prefixes).toEqual(new Set(['12', '52', '91', null]));
  });

  it('keep every class within its limit, about as full as in the nation (± 5 %)', () => {
    const filled = new Map<string, number>();
    for (const { key } of seats) filled.set(key, (filled.get(key) ?? 0) + 1);
    expect(filled.size).toBe(levelOf.size);
    for (const [key, size] of filled) expect(size).toBeLessThanOrEqual(CLASS_SIZE_LIMIT[levelOf.get(key)!]);
    expect(Math.abs(11_300 / filled.size / figures.meanClassSize - 1)).toBeLessThan(0.05);
  });

  it('have children at every level, most of them in the last year', () => {
    const [nursery, mixed, small, middle, large] = ['NURSERY', 'MIXED', 'SMALL', 'MIDDLE', 'LARGE'].map(
      (level) => atLevel(level).length,
    );
    expect(Math.min(nursery!, mixed!)).toBeGreaterThan(50);
    expect(large).toBeGreaterThan(middle!);
    expect(middle).toBeGreaterThan(small!);
  });

  it('have cohorts in the proportion of the births (± 3 points)', () => {
    const cohorts = [YEAR - 3, YEAR - 4, YEAR - 5];
    const weights = cohorts.map((cohort) => cohortWeight(figures, cohort));
    const total = weights.reduce((a, b) => a + b, 0);
    const ofYears = children.filter(({ bornOn }) => cohorts.includes(birthCohort(bornOn)));
    cohorts.forEach((cohort, at) => {
      const found = share(ofYears, ({ bornOn }) => birthCohort(bornOn) === cohort);
      expect(Math.abs(found - weights[at]! / total)).toBeLessThan(0.03);
    });
  });
});

describe('Its children', () => {
  it('have documents and names without a single fault', () => {
    const faults = children.flatMap((child) => [
      ...checkDocument({ kind: child.documentKind, number: child.documentNumber, ...child }),
      ...checkName(child.name),
      ...child.guardians.flatMap(({ name }) => checkName(name)),
    ]);
    expect(faults.map(({ code }) => code)).toEqual([]);
  });

  it('have no resident ID of a province that exists', () => {
    const provinces = new Set(readRegionTree().map(({ code }) => code.slice(0, 2)));
    const prefixes = new Set(
      children.flatMap(({ documentKind, documentNumber }) =>
        documentKind === 'RESIDENT_ID' ? [documentNumber!.slice(0, 2)] : [],
      ),
    );
    expect([...prefixes]).toEqual(['19']);
    expect(provinces.has('19')).toBe(false);
  });

  it('never share a number', () => {
    const numbers = children.flatMap((child) =>
      child.documentNumber === null ? [] : [`${child.documentKind} ${child.documentNumber}`],
    );
    expect(numbers.length - new Set(numbers).size).toBe(0);
  });

  it('have 97 resident IDs in a hundred (± 1), and every other kind as well', () => {
    expect(
      Math.abs(share(children, ({ documentKind }) => documentKind === 'RESIDENT_ID') - 0.97),
    ).toBeLessThan(0.01);
    expect(new Set(children.map(({ documentKind }) => documentKind))).toEqual(new Set(DOCUMENT_KINDS));
  });

  it('are about 110 boys to 100 girls (± 5)', () => {
    const boys = share(children, ({ sex }) => sex === 'MALE');
    expect(Math.abs((boys / (1 - boys)) * 100 - 110)).toBeLessThan(5);
  });

  it('bear names with the middle dot, long ones, and ones beyond the basic plane', () => {
    const names = children.map(({ name }) => name);
    expect(names.some((name) => name.includes('·'))).toBe(true);
    expect(names.some((name) => [...name].length > 12)).toBe(true);
    for (const rare of ['㛃', '𬎆', '𠮷']) expect(names.some((name) => name.includes(rare))).toBe(true);
  });

  it('were old enough when they entered, and entered by the first day of the school year', () => {
    const early = seats.filter(({ child, enteredOn, key }) => {
      return ageOn(child.bornOn, enteredOn) < (levelOf.get(key) === 'NURSERY' ? 2 : 3);
    });
    expect(early).toHaveLength(0);
    expect(enrolments.every(({ enteredOn }) => enteredOn <= schoolYearStart(YEAR))).toBe(true);
  });

  it('have guardians, and households in regions that are or were', () => {
    const regions = new Set(readRegionTree().map(({ code }) => code));
    const households = new Set(children.map(({ householdRegion }) => householdRegion));
    expect(children.every(({ guardians }) => guardians.length > 0)).toBe(true);
    expect([...households].filter((code) => code !== null && !regions.has(code))).toEqual([]);
    for (const abolished of ['330103', '330104']) expect(households).toContain(abolished);
    expect(share(children, ({ householdRegion }) => householdRegion === '330110')).toBeGreaterThan(0.6);
  });

  it('can be called by no number that was given out', () => {
    const phones = children.flatMap(({ guardians }) => guardians.map(({ phone }) => phone));
    expect(phones.every((phone) => /^1990000\d{4}$/.test(phone))).toBe(true);
  });
});
