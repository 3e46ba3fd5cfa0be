import { describe, expect, it } from 'vitest';
import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { RecordStatus } from '../../../subgraphs/records/model.ts';
import { decide } from '../../../subgraphs/records/rules/decide.ts';
import type { Facts, YearEndFacts } from '../../../subgraphs/records/rules/facts.ts';
import { exclusionErrors, listingErrors, termEndsOn } from '../../../subgraphs/records/rules/graduation.ts';

const codes = (errors: readonly { code: string }[]) => errors.map(({ code }) => code);

const child: YearEndFacts = {
  ...{ schoolYear: 2026, classLevel: 'LARGE', classYear: 2026, bornOn: '2021-05-01', deferred: false },
  ...{ termEndsOn: '2027-08-31', classId: 'a', listedClassId: 'a' },
};
const good: Facts = {
  ...{ today: '2027-09-02', account: 'garden-entry', role: 'KINDERGARTEN', undecided: false },
  ...{ on: '2027-08-31', stayFrom: '2026-09-01', yearEnd: child },
};
const changed = (changes: Partial<YearEndFacts>): Facts => ({
  ...good,
  yearEnd: { ...child, ...changes },
});

describe('Who graduates', () => {
  const cases: [string, RecordStatus, Facts, string[]][] = [
    ['a child of a last-year class', 'ENROLLED', good, []],
    ['a child staying on, in whatever class', 'DEFERRED', changed({ classLevel: 'SMALL', deferred: true }), []],
    [
      'in a mixed class, a child that is six on the last of August',
      'ENROLLED',
      changed({ classLevel: 'MIXED', bornOn: '2021-08-31' }),
      [],
    ],
    [
      'in a mixed class, not one that is six a day later',
      'ENROLLED',
      changed({ classLevel: 'MIXED', bornOn: '2021-09-01' }),
      ['NOT_LAST_YEAR'],
    ],
    ...(['NURSERY', 'SMALL', 'MIDDLE'] as ClassLevel[]).map(
      (classLevel): [string, RecordStatus, Facts, string[]] => [
        `not a child of the level ${classLevel}, however old`,
        'ENROLLED',
        changed({ classLevel, bornOn: '2019-01-01' }),
        ['NOT_LAST_YEAR'],
      ],
    ),
    ['not one in a class of another year', 'ENROLLED', changed({ classYear: 2027 }), ['CLASS_OF_OTHER_YEAR']],
    ['not one in a class nobody knows', 'ENROLLED', changed({ classYear: null }), ['CLASS_OF_OTHER_YEAR']],
    ['not one about whom something is undecided', 'ENROLLED', { ...good, undecided: true }, ['APPLICATION_UNDECIDED']],
    ['not one that is being transferred', 'TRANSFERRING', good, ['ACTION_NOT_OPEN']],
    ['not one that has left', 'LEFT', good, ['ACTION_NOT_OPEN']],
    ['not one that has graduated', 'GRADUATED', good, ['ACTION_NOT_OPEN']],
  ]; // prettier-ignore
  it.each(cases)('%s', (_, status, facts, expected) => {
    expect(codes(listingErrors(status, facts))).toEqual(expected);
    expect(codes(decide('graduate', status, facts))).toEqual(expected);
  });

  it('is not who has changed class since the list was frozen', () => {
    expect(codes(decide('graduate', 'ENROLLED', changed({ classId: 'b' })))).toEqual([
      'GRADUATION_CLASS_CHANGED',
    ]);
  });

  it.each([
    ['on the last day of the term', '2027-08-31', []],
    ['today', '2027-09-02', []],
    ['not a day before the term ends', '2027-08-30', ['GRADUATION_TOO_EARLY']],
    ['not tomorrow', '2027-09-03', ['GRADUATION_TOO_EARLY', 'DATE_OUTSIDE_STAY']],
    ['not on a day that does not exist', '2027-08-32', ['GRADUATION_TOO_EARLY', 'DATE_IMPOSSIBLE']],
  ])('graduates %s', (_, on, expected) => {
    expect(codes(decide('graduate', 'ENROLLED', { ...good, on }))).toEqual(expected);
  });

  it.each([
    [0, '2027-08-31'],
    [31, '2027-07-31'],
    [92, '2027-05-31'],
  ])('waits for the end of the term, which a province may have %i days earlier', (days, day) => {
    expect(termEndsOn(2026, { termEndsDaysEarly: days })).toBe(day);
  });
});

describe('Leaving children out of a graduation', () => {
  const listed = new Set(['r1', 'r2']);
  const told = (...exclusions: [recordId: string, reason: string][]) =>
    exclusionErrors(
      exclusions.map(([recordId, reason]) => ({ recordId, reason })),
      listed,
    ).map(({ code, field }) => `${code} ${field.join('.')}`);
  it.each<[string, [string, string][], string[]]>([
    ['takes who would graduate, with a reason', [['r1', '长期病假']], []],
    ['refuses who would not graduate anyway', [['r3', '长期病假']], ['GRADUATION_NOT_LISTED exclude.0.recordId']],
    ['refuses the same child twice', [['r1', '一'], ['r1', '二']], ['GRADUATION_NOT_LISTED exclude.1.recordId']],
    ['needs a reason', [['r1', ' ']], ['REASON_REQUIRED exclude.0.reason']],
    ['takes 200 characters', [['r1', '长'.repeat(200)]], []],
    ['takes none of 201', [['r1', '长'.repeat(201)]], ['TOO_LONG exclude.0.reason']],
    ['refuses half a character', [['r1', '\ud800']], ['TEXT_MALFORMED exclude.0.reason']],
  ])('%s', (_, exclusions, expected) => {
    expect(told(...exclusions)).toEqual(expected);
  }); // prettier-ignore
});

describe('Taking a graduation back', () => {
  const undo = { until: '2027-09-30', graduatedAgain: false, institutionAsWas: true };
  const county: Facts = {
    ...{ today: '2027-09-30', account: 'county-1', role: 'COUNTY', submittedBy: 'garden-entry', undo },
    undecided: false,
  };
  it.each<[string, RecordStatus, Facts, string[]]>([
    ['is for the county, up to the last day', 'GRADUATED', county, []],
    ['is not for a day later', 'GRADUATED', { ...county, today: '2027-10-01' }, ['GRADUATION_UNDO_TOO_LATE']],
    ['is not for the account that ran it', 'GRADUATED', { ...county, account: 'garden-entry' }, ['SAME_ACCOUNT']],
    ['is not for the kindergarten', 'GRADUATED', { ...county, role: 'KINDERGARTEN' }, ['NOT_YOUR_ACT']],
    ['leaves who has been cancelled since', 'CANCELLED', county, ['ACTION_NOT_OPEN']],
    ['leaves who has been taken over since', 'PROMOTED', county, ['ACTION_NOT_OPEN']],
    ['leaves who is in kindergarten again', 'ENROLLED', county, ['ACTION_NOT_OPEN']],
    ['takes also whom something undecided is about', 'GRADUATED', { ...county, undecided: true }, []],
    ['leaves who has graduated anew', 'GRADUATED', { ...county, undo: { ...undo, graduatedAgain: true } }, ['GRADUATED_AGAIN']],
    ['leaves whose kindergarten is gone', 'GRADUATED', { ...county, undo: { ...undo, institutionAsWas: false } }, ['INSTITUTION_CHANGED']],
  ])('%s', (_, status, facts, expected) => {
    expect(codes(decide('undoGraduation', status, facts))).toEqual(expected);
  }); // prettier-ignore
});

describe('A class goes on', () => {
  const facts = (from: ClassLevel, to: ClassLevel, changes: Partial<Facts> = {}): Facts => ({
    ...{ today: '2027-09-02', account: 'garden-entry', role: 'KINDERGARTEN', on: '2027-09-01' },
    ...{ stayFrom: '2026-09-01', reason: null },
    promotion: { from: { level: from, schoolYear: 2026 }, to: { level: to, schoolYear: 2027 } },
    ...changes,
  });
  const LEVELS: ClassLevel[] = ['NURSERY', 'SMALL', 'MIDDLE', 'LARGE', 'MIXED'];
  const WAYS = ['NURSERY SMALL', 'SMALL MIDDLE', 'MIDDLE LARGE', 'MIXED MIXED'];
  const pairs = LEVELS.flatMap((from) => LEVELS.map((to) => [from, to] as const));

  it.each(pairs)('from %s to %s only where the levels follow, or with a reason where it stays', (from, to) => {
    const follows = WAYS.includes(`${from} ${to}`);
    const refusal = follows ? [] : [from === to ? 'PROMOTION_STAY_REASON' : 'PROMOTION_LEVEL'];
    expect(codes(decide('promoteClasses', 'ENROLLED', facts(from, to)))).toEqual(refusal);
    const withReason = follows || from === to ? [] : ['PROMOTION_LEVEL'];
    expect(codes(decide('promoteClasses', 'ENROLLED', facts(from, to, { reason: '班额不足' })))).toEqual(withReason);
  }); // prettier-ignore

  it.each<[string, Partial<Facts>, string[]]>([
    ['on the first day of the new year', {}, []],
    ['not before the new year', { on: '2027-08-31' }, ['PROMOTION_DAY']],
    ['not after it', { on: '2028-09-01', today: '2028-09-02' }, ['PROMOTION_DAY']],
    ['not tomorrow', { on: '2027-09-03' }, ['PROMOTION_DAY', 'DATE_OUTSIDE_STAY']],
    ['not for who came later', { stayFrom: '2027-09-02' }, ['DATE_OUTSIDE_STAY']],
    [
      'not into a class of the same year',
      {
        promotion: { from: { level: 'SMALL', schoolYear: 2027 }, to: { level: 'MIDDLE', schoolYear: 2027 } },
      },
      ['PROMOTION_YEAR'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(codes(decide('promoteClasses', 'ENROLLED', facts('SMALL', 'MIDDLE', changes)))).toEqual(expected);
  });

  it.each<[RecordStatus, string[]]>([
    ['ENROLLED', []],
    ['DEFERRED', []],
    ['TRANSFERRING', []],
    ['LEFT', ['ACTION_NOT_OPEN']],
    ['GRADUATED', ['ACTION_NOT_OPEN']],
    ['PENDING', ['ACTION_NOT_OPEN']],
  ])('with the children that are %s', (status, expected) => {
    expect(codes(decide('promoteClasses', status, facts('SMALL', 'MIDDLE')))).toEqual(expected);
  });
});
