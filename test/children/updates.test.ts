import { afterEach, beforeEach, expect, it } from 'vitest';
import { raw } from '../../kernel/store/sql.ts';
import type { NewChild } from '../../subgraphs/children/rules/new-child.ts';
import type { DetailChange } from '../../subgraphs/children/rules/changing.ts';
import { eachDatabase } from '../support/databases.ts';
import { aChild, codes, kindergarten, MOON, NOW, openService, service, STAR, SUN } from './support.ts';

const nothing: DetailChange = {
  nationality: null, ethnicity: null, householdRegion: null, guardians: null,
  name: null, sex: null, bornOn: null, documentKind: null, documentNumber: null,
}; // prettier-ignore
const mother = { relation: 'MOTHER', name: '某大满', phone: '13800008000' } as const;
const father = { relation: 'FATHER', name: '某大雪', phone: null } as const;
const WITHOUT = { documentKind: 'NONE', documentNumber: null } as const;

eachDatabase('A kindergarten that states something anew', (databases) => {
  let open: Awaited<ReturnType<typeof openService>>;
  let id: string;
  let n = 0;
  const register = async (code: string, changes: Partial<NewChild> = {}, number = 1) => {
    const items = [aChild(changes, number)];
    return (await open.children.registerChildren(kindergarten(code), `r-${n++}`, null, items)).results[0]!;
  };
  const update = (changes: Partial<DetailChange>, code = SUN, key = `u-${n++}`, childId = id) =>
    open.children.updateChild(kindergarten(code), key, childId, { ...nothing, ...changes });
  const changes = () => open.children.changesByChild(service.area, [id]);
  const statedBy = async (code: string) => {
    const [hold] = await open.children.holdsOf(code, [id]);
    const guardians = await open.children.guardiansNamedBy(code, [id]);
    return [hold!.nationality, hold!.ethnicity, hold!.householdRegion, guardians.map(({ name }) => name)];
  };

  beforeEach(async () => {
    open = await openService(await databases.fresh('updates'));
    id = (await register(SUN)).childId!;
  });
  afterEach(() => open.store.close());

  it('changes its own statement and keeps what it said before', async () => {
    expect(await update({ nationality: 'KAZ', ethnicity: '17', guardians: [father, mother] })).toEqual({
      childId: id,
      warnings: [],
      userErrors: [],
    });
    expect(await statedBy(SUN)).toEqual(['KAZ', '17', '330105', ['某大雪', '某大满']]);
    expect(await changes()).toEqual([
      {
        id: expect.any(String) as string,
        childId: id,
        institutionCode: SUN,
        provinceCode: '330000',
        cityCode: '330100',
        countyCode: '330105',
        account: `kindergarten-${SUN}`,
        at: NOW,
        changed: ['NATIONALITY', 'ETHNICITY', 'GUARDIANS'],
        nationality: 'CHN',
        ethnicity: '01',
        householdRegion: '330105',
        guardians: [mother],
      },
    ]);
  });

  it('does it once under the same key, and not at all where nothing changes', async () => {
    const first = await update({ ethnicity: '02' }, SUN, 'same');
    await update({ ethnicity: '03' });
    expect(await update({ ethnicity: '02' }, SUN, 'same')).toEqual(first);
    expect((await update({ ethnicity: '03' })).userErrors).toEqual([]);
    expect(await statedBy(SUN)).toEqual(['CHN', '03', '330105', ['某大满']]);
    expect((await changes()).map(({ ethnicity }) => ethnicity)).toEqual(['01', '02']);
  });

  it('leaves what others have stated', async () => {
    await register(MOON, { ethnicity: '02', guardians: [father] });
    await update({ ethnicity: '03', guardians: [] }, MOON);
    expect(await statedBy(SUN)).toEqual(['CHN', '01', '330105', ['某大满']]);
    expect(await statedBy(MOON)).toEqual(['CHN', '03', '330105', []]);
  });

  it('is refused for a child it does not hold, or holds no longer, all alike', async () => {
    const refused = async (...args: Parameters<typeof update>) =>
      (await update(...args)).userErrors.map(({ code, field }) => [code, field]);
    const unknown = [['CHILD_UNKNOWN', ['childId']]];
    expect(await refused({ ethnicity: '02' }, MOON)).toEqual(unknown);
    expect(await refused({ ethnicity: '02' }, SUN, 'no such', 'no-such-id')).toEqual(unknown);
    const moves = [{ childId: id, fromInstitutionCode: SUN, toInstitutionCode: STAR, on: '2026-09-01' }];
    await open.children.moveHolders(service, 'move', moves);
    expect(await refused({ ethnicity: '02' })).toEqual(unknown);
    expect(await statedBy(STAR)).toEqual(['CHN', '01', '330105', ['某大满']]);
    expect((await update({ ethnicity: '02' }, STAR)).userErrors).toEqual([]);
  });

  it('warns of a household region that is abolished or unknown', async () => {
    expect(codes((await update({ householdRegion: '330103' })).warnings)).toEqual(['HOUSEHOLD_REGION_ABOLISHED']); // prettier-ignore
    expect(codes((await update({ householdRegion: '999999' })).warnings)).toEqual(['HOUSEHOLD_REGION_UNKNOWN']); // prettier-ignore
  });

  it('lets a child without a document be found by its first guardian as named now', async () => {
    id = (await register(SUN, WITHOUT)).childId!;
    await update({ guardians: [father, mother] });
    expect(await register(SUN, { ...WITHOUT, guardians: [father] })).toMatchObject({
      childId: id,
      created: false,
    });
    expect(await register(SUN, { ...WITHOUT, guardians: [mother] })).toMatchObject({ created: true });
    expect(codes((await update({ guardians: [mother] })).userErrors)).toEqual([
      'DOCUMENT_BELONGS_TO_ANOTHER',
    ]);
  });

  it('keeps what it had named when it registers the child again after it was left', async () => {
    const moves = [{ childId: id, fromInstitutionCode: SUN, toInstitutionCode: STAR, on: '2026-09-01' }];
    await open.children.moveHolders(service, 'move', moves);
    await register(SUN, { ethnicity: '02', guardians: [father] });
    expect(await statedBy(SUN)).toEqual(['CHN', '02', '330105', ['某大雪']]);
    expect((await changes()).map(({ changed, guardians }) => [changed, guardians])).toEqual([
      [['ETHNICITY', 'GUARDIANS'], [mother]],
    ]);
  });

  it('loses nothing when it says two things at once', async () => {
    await Promise.all([update({ ethnicity: '02' }), update({ nationality: 'KAZ' }), update({ guardians: [father] })]); // prettier-ignore
    expect(await statedBy(SUN)).toEqual(['KAZ', '02', '330105', ['某大雪']]);
    expect(await changes()).toHaveLength(3);
  });

  it('leaves nothing readable of what it said before', async () => {
    await update({ guardians: [father] });
    const rows = await open.store.reader.select(raw('SELECT * FROM child_change'));
    const text = JSON.stringify(rows.map((row) => Object.values(row).map(readable)));
    for (const secret of ['某大满', '13800008000', '某大雪']) expect(text.includes(secret)).toBe(false);
  });
});

const readable = (value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
