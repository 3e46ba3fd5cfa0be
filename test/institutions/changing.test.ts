import type { Viewer } from '../../kernel/rules/viewer.ts';
import { describe, expect, it } from 'vitest';
import type { InstitutionStatus } from '../../subgraphs/institutions/model.ts';
import {
  asOf,
  changeErrors,
  emptinessErrors,
  institutionErrors,
  statusBeforeClosing,
  untilOn,
  versionOn,
  type ChangeAct,
  type Load,
} from '../../subgraphs/institutions/rules/changing.ts';
import { classesTaken, mayMerge, type Merger } from '../../subgraphs/institutions/rules/merging.ts';
import { classOf, codes, county, institution, known, otherCounty, TODAY } from './support.ts';

const facts = { viewer: county, today: TODAY };
const CODE = '1133990001';

describe('A change of an institution', () => {
  const wish = { on: '2026-11-20', reason: null };
  it.each([
    ['is taken when everything fits', wish, county, known(), []],
    ['is taken on the day of the last change', { ...wish, on: '2020-09-01' }, county, known(), []],
    ['is taken today', { ...wish, on: TODAY }, county, known(), []],
    ['is refused tomorrow', { ...wish, on: '2026-11-24' }, county, known(), ['CHANGE_DATE_FUTURE']],
    [
      'is refused on a day that does not exist',
      { ...wish, on: '2026-02-30' },
      county,
      known(),
      ['DATE_IMPOSSIBLE'],
    ],
    [
      'is refused before the last change',
      { ...wish, on: '2020-08-31' },
      county,
      known(),
      ['CHANGE_BEFORE_LAST'],
    ],
    ['is refused with a long reason', { ...wish, reason: '由'.repeat(201) }, county, known(), ['TOO_LONG']],
    ['is taken with an empty reason', { ...wish, reason: ' ' }, county, known(), []],
    ['is refused to another county', wish, otherCounty, known(), ['OUTSIDE_YOUR_AREA']],
    ['is refused for a code nobody knows', wish, county, null, ['INSTITUTION_UNKNOWN']],
  ])('%s', (_, given, viewer, one, expected) => {
    expect(codes(changeErrors('renameInstitution', given, CODE, one, { ...facts, viewer }))).toEqual(
      expected,
    );
  });

  const open: Record<InstitutionStatus, ChangeAct[]> = {
    PREPARING: ['renameInstitution', 'moveInstitution', 'mergeInstitutions', 'beginClosing'],
    OPEN: ['renameInstitution', 'moveInstitution', 'mergeInstitutions', 'takeIn', 'beginClosing'],
    SUSPENDED: ['renameInstitution', 'moveInstitution', 'mergeInstitutions', 'beginClosing'],
    CLOSING: [
      'renameInstitution',
      'moveInstitution',
      'mergeInstitutions',
      'cancelClosing',
      'closeInstitution',
    ],
    CLOSED: [],
  };
  const acts = [
    'renameInstitution', 'moveInstitution', 'mergeInstitutions', 'takeIn', 'beginClosing', 'cancelClosing', 'closeInstitution',
  ] as const; // prettier-ignore

  it.each(Object.keys(open) as InstitutionStatus[])(
    'of status %s is open to its acts and to no other',
    (status) => {
      const one = known(institution({ status }));
      const allowed = acts.filter((act) => institutionErrors(act, CODE, one, county).length === 0);
      expect(allowed).toEqual(open[status]);
    },
  );

  it('says which acts are open instead', () => {
    const [error] = institutionErrors('cancelClosing', CODE, known(), county);
    expect(error).toMatchObject({
      code: 'INSTITUTION_ACT_NOT_OPEN',
      messageEn:
        '取消撤销 cancelClosing is not possible while the institution is 在办 OPEN; open now: 更名 renameInstitution / 改隶 moveInstitution / 并入 mergeInstitutions / 吸收合并 takeIn / 开始撤销 beginClosing.',
    });
  });
});

describe('Closing an institution', () => {
  const closing = known(institution({ status: 'CLOSING' }), [
    ['2020-09-01', 'OPEN', { status: 'SUSPENDED' }],
    ['2026-11-20', 'BEGIN_CLOSING'],
    ['2026-11-21', 'RENAME'],
  ]);
  const keeper: Viewer = { ...county, rights: ['closeInstitution', 'seeSealedChildren'] };
  const EMPTY: Load = { children: 0, undecided: 0, stayedUntil: null };
  const after = (seconds: number) => new Date(Date.parse('2026-11-20T01:00:00Z') + seconds * 1000);
  it.each<[string, Partial<Load> | null, number, string[]]>([
    ['is refused at once', {}, 0, ['CLOSING_TOO_EARLY']],
    ['is refused after 59 seconds', {}, 59, ['CLOSING_TOO_EARLY']],
    ['is taken after 60 seconds', {}, 60, []],
    ['is refused while a child remains', { children: 1 }, 90, ['CHILDREN_REMAIN']],
    ['is refused while an application is undecided', { undecided: 1 }, 90, ['CHILDREN_REMAIN']],
    [
      'is refused for a day a child was still there',
      { stayedUntil: '2026-11-22' },
      90,
      ['CLOSED_WITH_CHILDREN'],
    ],
    ['is taken on the day the last child was gone', { stayedUntil: '2026-11-21' }, 90, []],
    ['is refused where records says nothing', null, 90, ['CHILDREN_REMAIN']],
  ])('%s', (_, load, seconds, expected) => {
    expect(
      codes(emptinessErrors(closing, load && { ...EMPTY, ...load }, '2026-11-21', after(seconds), keeper)),
    ).toEqual(expected);
  });

  it('names how many remain', () => {
    const load = { ...EMPTY, children: 3, undecided: 2 };
    expect(emptinessErrors(closing, load, '2026-11-21', after(90), keeper)[0]!.messageEn).toMatch(
      /^3 children and 2 undecided applications remain/,
    );
  });

  it('is for whoever may see every child, and names what is visible to the others first', () => {
    const blind: Viewer = { ...county, rights: ['closeInstitution'] };
    const of = (load: Partial<Load>) =>
      codes(emptinessErrors(closing, { ...EMPTY, ...load }, '2026-11-21', after(90), blind));
    expect(of({})).toEqual(['CLOSING_NEEDS_SIGHT']);
    expect(of({ children: 1 })).toEqual(['CHILDREN_REMAIN']);
    expect(of({ stayedUntil: '2026-11-22' })).toEqual(['CLOSED_WITH_CHILDREN']);
  });

  it('goes back to what it was before, when it is cancelled', () => {
    expect(statusBeforeClosing(closing.versions)).toBe('SUSPENDED');
  });
});

describe('The history of an institution', () => {
  const one = known(institution({ name: '丙', status: 'CLOSED', closedOn: '2026-03-01' }), [
    ['2020-09-01', 'OPEN', { name: '甲', status: 'OPEN' }],
    ['2024-05-01', 'RENAME', { name: '乙', status: 'OPEN' }],
    ['2024-05-01', 'RENAME', { status: 'OPEN' }],
    ['2026-03-01', 'CLOSE'],
    ['2026-06-01', 'REGIONS'],
  ]);
  it.each([
    ['2020-08-31', null],
    ['2020-09-01', '甲 OPEN null'],
    ['2024-04-30', '甲 OPEN null'],
    ['2024-05-01', '丙 OPEN null'],
    ['2026-03-01', '丙 CLOSED 2026-03-01'],
    ['2026-06-01', '丙 CLOSED 2026-03-01'],
  ])('says what it was on %s: %s', (on, expected) => {
    const version = versionOn(one.versions, on);
    const was = version && asOf(one.institution, version);
    expect(was && `${was.name} ${was.status} ${was.closedOn}`).toBe(expected);
  });

  it('ends each entry on the day the next begins', () => {
    expect(untilOn(one.versions)).toEqual(['2024-05-01', '2024-05-01', '2026-03-01', '2026-06-01', null]);
  });
});

describe('A merger', () => {
  const [other, school, far] = ['1133990002', '2133990003', '1133990004'];
  const all = new Map([
    [CODE, known()],
    [other, known(institution({ code: other, status: 'CLOSING' }), [['2026-11-01', 'BEGIN_CLOSING']])],
    [school, known(institution({ code: school, kind: 'ATTACHED_CLASS' }))],
    [far, known(institution({ code: far, countyCode: '330106' }))],
  ]);
  const merger: Merger = { institutionCodes: [other], into: CODE, on: '2026-11-20', reason: null };
  it.each<[string, Partial<Merger>, string[]]>([
    ['is taken into one of them', { institutionCodes: [CODE, other] }, []],
    ['is taken into another', {}, []],
    ['is refused where nobody goes', { institutionCodes: [CODE] }, ['MERGE_NEEDS_ANOTHER institutionCodes']],
    ['is refused of none', { institutionCodes: [] }, ['MERGE_NEEDS_ANOTHER institutionCodes']],
    [
      'is refused with one named twice',
      { institutionCodes: [other, other] },
      ['CODE_TWICE institutionCodes.1'],
    ],
    [
      'is refused into one that is not open',
      { institutionCodes: [CODE], into: other },
      ['INSTITUTION_ACT_NOT_OPEN into'],
    ],
    ['is refused into a code nobody knows', { into: '1133990009' }, ['INSTITUTION_UNKNOWN into']],
    [
      'is refused across categories',
      { institutionCodes: [school] },
      ['MERGE_OTHER_CATEGORY institutionCodes.0'],
    ],
    [
      'is refused with one of another county',
      { institutionCodes: [far] },
      ['OUTSIDE_YOUR_AREA institutionCodes.0'],
    ],
    ['is refused before the last change of any', { on: '2026-10-31' }, ['CHANGE_BEFORE_LAST on']],
    [
      'is refused of 21',
      { institutionCodes: Array<string>(21).fill(other) },
      ['TOO_MANY_ITEMS institutionCodes'],
    ],
  ])('%s', (_, changes, expected) => {
    const errors = mayMerge({ ...merger, ...changes }, all, facts);
    expect(errors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual(expected);
  });

  it('takes classes over, and tells those of one name and year apart by the former code', () => {
    const taken = classesTaken(
      [classOf('a', '小一班'), classOf('a', '园'.repeat(40))],
      [
        {
          code: other,
          classes: [classOf('b', '小一班'), classOf('b', '小一班', 2025), classOf('b', '园'.repeat(40))],
        },
        { code: far, classes: [classOf('c', '小一班'), classOf('c', '小一班', 2025)] },
      ],
    );
    expect(taken.map(({ name }) => name)).toEqual([
      '小一班（1133990002）', '小一班', `${'园'.repeat(28)}（1133990002）`, '小一班（1133990004）', '小一班（1133990004）',
    ]); // prettier-ignore
  });
});
