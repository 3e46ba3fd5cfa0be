import { describe, expect, it } from 'vitest';
import type { ChildHolder } from '../../subgraphs/children/model.ts';
import { moveErrors, moving, type Move, type MoveFacts } from '../../subgraphs/children/rules/moving.ts';
import { MOON, NOW, STAR, SUN } from './support.ts';

const NEAR = { provinceCode: '330000', cityCode: '330100', countyCode: '330105' };
const FAR = { provinceCode: '440000', cityCode: '440300', countyCode: '440305' };
const ORIGIN = { nationality: 'CHN', ethnicity: null, householdRegion: null };
const LATER = new Date('2026-10-01T00:00:00.000Z');

const hold = (institutionCode: string, more: Partial<ChildHolder> = {}): ChildHolder => ({
  childId: 'c', institutionCode, ...NEAR, ...ORIGIN, heldSince: NOW, movedOn: null, untilOn: null, ...more,
}); // prettier-ignore
const named = (institutionCode: string, name: string) =>
  ({ childId: 'c', institutionCode, seq: 0, relation: 'MOTHER', name, phone: null }) as const;
const facts = (
  holders: ChildHolder[],
  guardians: MoveFacts['guardians'] = [],
  merged: ReadonlyMap<string, string> = new Map(),
): MoveFacts => ({
  children: new Set(['c']),
  holders,
  guardians,
  institutions: new Map([[SUN, NEAR], [MOON, NEAR], [STAR, FAR]].map(([code, place]) => [code as string, { ...(place as typeof NEAR), successor: merged.has(code as string) ? { code: merged.get(code as string)! } : null }])), // prettier-ignore
});
const move = (from: string | null, to: string, on = '2026-10-01'): Move => ({
  childId: 'c', fromInstitutionCode: from, toInstitutionCode: to, on,
}); // prettier-ignore
const arrived = (code: string, more: Partial<ChildHolder> = {}) =>
  hold(code, { heldSince: LATER, movedOn: '2026-10-01', ...more });

describe('A move', () => {
  it.each<[string, ChildHolder[], Move, ChildHolder[]]>([
    ['ends one hold and begins another', [hold(SUN)], move(SUN, STAR), [hold(SUN, { untilOn: '2026-10-01' }), arrived(STAR, FAR)]], // prettier-ignore
    ['to one that has registered the child lets the archive come along', [hold(SUN), hold(MOON)], move(SUN, MOON), [hold(SUN, { untilOn: '2026-10-01' }), hold(MOON, { movedOn: '2026-10-01' })]], // prettier-ignore
    ['from nowhere only begins a hold', [hold(SUN)], move(null, STAR), [arrived(STAR, FAR)]],
    ['back begins the ended hold anew', [hold(SUN, { untilOn: '2026-09-02' }), hold(MOON)], move(MOON, SUN), [arrived(SUN), hold(MOON, { untilOn: '2026-10-01' })]], // prettier-ignore
    ['that was made changes nothing', [hold(SUN, { untilOn: '2026-10-01' }), arrived(MOON)], move(SUN, MOON), []], // prettier-ignore
    ['that a later one has undone changes nothing', [hold(SUN, { movedOn: '2026-11-01' }), arrived(MOON, { untilOn: '2026-11-01' })], move(SUN, MOON), []], // prettier-ignore
    ['that a later one has led on from changes nothing', [hold(SUN, { untilOn: '2026-10-01' }), arrived(MOON, { untilOn: '2026-11-01' }), hold(STAR, FAR)], move(SUN, MOON), []], // prettier-ignore
    ['of the institution itself brings its new place along', [hold(STAR)], move(STAR, STAR), [hold(STAR, FAR)]], // prettier-ignore
    ['of the institution itself begins no hold that has ended', [hold(STAR, { untilOn: '2026-09-02' })], move(STAR, STAR), []], // prettier-ignore
  ])('%s', (_, holders, one, expected) => {
    expect(moving([one], facts(holders), LATER).holders).toEqual(expected);
  });

  it.each<[string, [string, string], ChildHolder[], Move, ChildHolder[]]>([
    ['ends the hold of what the former one was merged into', [SUN, MOON],
      [hold(SUN, { untilOn: '2026-10-05' }), hold(MOON, { movedOn: '2026-10-05' }), hold(STAR)], move(SUN, STAR),
      [hold(MOON, { movedOn: '2026-10-05', untilOn: '2026-10-05' }), hold(STAR, { ...FAR, movedOn: '2026-10-01' })]],
    ['goes to what the new one was merged into', [STAR, MOON], [hold(SUN)], move(SUN, STAR),
      [hold(SUN, { untilOn: '2026-10-01' }), arrived(MOON)]],
    ['leaves the child where the former one was merged into the new one', [SUN, STAR],
      [hold(SUN, { untilOn: '2026-10-05' }), hold(STAR, { ...FAR, movedOn: '2026-10-05' })], move(SUN, STAR), []],
    ['leaves the child where the new one was merged into the former one', [STAR, SUN], [hold(SUN)], move(SUN, STAR), []],
    ['takes nothing from a successor that holds the child by itself', [SUN, MOON],
      [hold(SUN, { untilOn: '2026-10-01' }), hold(MOON), hold(STAR, { ...FAR, movedOn: '2026-10-01' })], move(SUN, STAR), []],
    ['takes nothing from a successor the child has come to since', [SUN, MOON],
      [hold(SUN, { untilOn: '2026-10-01' }), hold(MOON, { movedOn: '2026-10-01' }), hold(STAR, { ...FAR, untilOn: '2026-10-01' })],
      move(SUN, STAR), []],
  ])('that comes late, after a merger, %s', (_, [gone, into], holders, one, expected) => {
    expect(moving([one], facts(holders, [], new Map([[gone, into]])), LATER).holders).toEqual(expected);
  }); // prettier-ignore

  it('and the one after it may be asked for together', () => {
    const both = [move(SUN, MOON), move(MOON, STAR, '2026-11-01')];
    expect(moving(both, facts([hold(SUN)]), LATER).holders).toEqual([
      hold(SUN, { untilOn: '2026-10-01' }),
      arrived(MOON, { untilOn: '2026-11-01' }),
      arrived(STAR, { ...FAR, movedOn: '2026-11-01' }),
    ]);
  });

  it.each([
    ['copies the guardians for one that has named nobody', [named(SUN, '某甲')], [named(MOON, '某甲')]],
    ['leaves the guardians one has named itself', [named(SUN, '某甲'), named(MOON, '某乙')], []],
  ])('%s', (_, guardians, copied) => {
    expect(moving([move(SUN, MOON)], facts([hold(SUN)], guardians), LATER).guardians).toEqual(copied);
  });

  it.each<[string, Move, string, string]>([
    ['an unknown child', { ...move(SUN, MOON), childId: 'x' }, 'CHILD_UNKNOWN', 'childId'],
    ['an unknown institution', move(SUN, '1199999999'), 'INSTITUTION_UNKNOWN', 'toInstitutionCode'],
    ['a day that does not exist', move(SUN, MOON, '2026-02-30'), 'DATE_IMPOSSIBLE', 'on'],
  ])('is refused for %s, at its place', (_, one, code, field) => {
    const errors = moveErrors([move(SUN, MOON), one], facts([hold(SUN)]));
    expect(errors.map((error) => [error.code, error.field])).toEqual([[code, ['moves', '1', field]]]);
  });
});
