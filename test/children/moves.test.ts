import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { newId } from '../../kernel/store/ids.ts';
import type { Move } from '../../subgraphs/children/rules/moving.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  aChild,
  codes,
  county,
  kindergarten,
  MOON,
  NOW,
  openService,
  service,
  STAR,
  SUN,
} from './support.ts';

eachDatabase('Moving a child from one holder to another', (databases) => {
  let open: Awaited<ReturnType<typeof openService>>;
  let id: string;
  let n = 0;
  const register = async (code: string, changes = {}) => {
    const items = [aChild(changes)];
    return (await open.children.registerChildren(kindergarten(code), `r-${n++}`, null, items)).results[0]!;
  };
  const one = (from: string | null, to: string, on = '2026-09-01'): Move => ({
    childId: id, fromInstitutionCode: from, toInstitutionCode: to, on,
  }); // prettier-ignore
  const move = (moves: readonly Move[], key = `m-${n++}`) => open.children.moveHolders(service, key, moves);
  const sees = async ({ area }: Viewer) => [
    (await open.children.childrenById(area, [id])).length,
    (await open.children.childIds({ area, institution: null }, 10, null)).length,
    await open.children.countChildren({ area, institution: null }),
  ];
  const named = async ({ area }: Viewer) =>
    (await open.children.guardiansWithin(area, [id])).map(({ name }) => name);
  const holders = async () =>
    (await open.children.holdersByChild([id])).map(({ institutionCode }) => institutionCode);

  beforeEach(async () => {
    open = await openService(await databases.fresh('moves'));
    id = (await register(SUN)).childId!;
  });
  afterEach(() => open.store.close());

  it('lets the new one see the child and reach the parents, and the old one no longer', async () => {
    expect(await move([one(SUN, STAR)])).toEqual({ userErrors: [] });
    expect(await Promise.all([SUN, STAR].map((code) => sees(kindergarten(code))))).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(await Promise.all(['330105', '440305'].map((code) => sees(county(code))))).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(await named(kindergarten(STAR))).toEqual(['某大满']);
    expect(await named(kindergarten(SUN))).toEqual([]);
    expect(await holders()).toEqual([STAR]);
  });

  it('keeps the ended hold with its day', async () => {
    await move([one(SUN, STAR, '2026-08-31')]);
    const all = await open.children.holdsByChild([id]);
    expect(
      all.map(({ institutionCode, heldSince, movedOn, untilOn }) => [institutionCode, heldSince, movedOn, untilOn]), // prettier-ignore
    ).toEqual([
      [SUN, NOW, null, '2026-08-31'],
      [STAR, NOW, '2026-08-31', null],
    ]);
  });

  it('changes nothing when it is repeated, under the same key or another', async () => {
    const before = await move([one(SUN, STAR)], 'same');
    const [child] = await open.children.childrenWhole([id]);
    expect(await move([one(SUN, STAR)], 'same')).toEqual(before);
    expect(await move([one(SUN, STAR)])).toEqual(before);
    expect(await open.children.childrenWhole([id])).toEqual([child]);
    expect(await named(kindergarten(STAR))).toEqual(['某大满']);
  });

  it('lets what each has named itself stand, also when the child comes back', async () => {
    const guardians = [{ relation: 'FATHER', name: '某大雪', phone: null }];
    await register(MOON, { guardians });
    await move([one(SUN, MOON)]);
    expect(await named(kindergarten(MOON))).toEqual(['某大雪']);
    await move([one(MOON, SUN, '2026-09-02')]);
    expect(await named(kindergarten(SUN))).toEqual(['某大满']);
    expect(await holders()).toEqual([SUN]);
  });

  it('may be followed by registering again with the one that was left', async () => {
    await move([one(SUN, STAR)]);
    const guardians = [{ relation: 'FATHER', name: '某大雪', phone: null }];
    const again = await register(SUN, { guardians });
    expect([again.childId, again.created, again.userErrors]).toEqual([id, false, []]);
    expect(await holders()).toEqual([SUN, STAR]);
    expect(await named(kindergarten(SUN))).toEqual(['某大雪']);
  });

  it('takes all moves or none', async () => {
    const answer = await move([one(SUN, MOON), { ...one(SUN, STAR), childId: newId() }]);
    expect(answer.userErrors.map(({ code, field }) => [code, field])).toEqual([
      ['CHILD_UNKNOWN', ['moves', '1', 'childId']],
    ]);
    expect(await holders()).toEqual([SUN]);
    expect(codes((await move(Array.from({ length: 201 }, () => one(SUN, MOON)))).userErrors)).toEqual([
      'TOO_MANY_ITEMS',
    ]);
    expect(codes((await move([one(SUN, '1199999999')])).userErrors)).toEqual(['INSTITUTION_UNKNOWN']);
  });

  it('is made once when it is asked for many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => move([one(SUN, STAR)])));
    expect(answers).toEqual(Array.from({ length: 4 }, () => ({ userErrors: [] })));
    expect(await holders()).toEqual([STAR]);
    expect((await open.children.childrenWhole([id]))[0]!.version).toBe(2);
  });

  it('moves 200 children in few statements', async () => {
    const items = Array.from({ length: 200 }, (_, i) => aChild({}, i + 10));
    const { results } = await open.children.registerChildren(kindergarten(SUN), 'many', null, items);
    const moves = results.map(({ childId }) => ({ ...one(SUN, MOON), childId: childId! }));
    const before = open.store.stats.statements;
    expect((await move(moves)).userErrors).toEqual([]);
    expect(open.store.stats.statements - before).toBeLessThanOrEqual(44);
    expect(await open.children.countChildren({ area: kindergarten(MOON).area, institution: null })).toBe(200);
  });
});
