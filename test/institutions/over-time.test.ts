import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { openStore } from '../../kernel/store/open.ts';
import { newId, toBytes } from '../../kernel/store/ids.ts';
import { raw, sql } from '../../kernel/store/sql.ts';
import type { Reorganisation } from '../../subgraphs/institutions/rules/reorganising.ts';
import { create } from '../../subgraphs/institutions/store/migrations/1-create.ts';
import { definition, openInstitutionStore } from '../../subgraphs/institutions/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, county, newInstitution, openSmall, otherCounty } from './support.ts';

type Opened = Awaited<ReturnType<typeof openSmall>>;
const city: Viewer = { account: 'city-1', role: 'CITY', area: { level: 'CITY', code: '330100' } };
const ministry: Viewer = {
  account: 'ministry-1',
  role: 'MINISTRY',
  area: { level: 'NATION', code: '000000' },
};
const now = () => new Date('2026-11-23T02:00:00Z');
const [A, B, C] = ['1133990001', '1133990002', '1133990003'] as const;
let calls = 0;
const key = () => `key-${++calls}`;
const wish = (institutionCode: string, on = '2026-11-20') => ({ institutionCode, on, reason: null });

eachDatabase('An institution over time', (databases) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openSmall(await databases.fresh('over-time'), now);
    await opened.service.openInstitutions(
      county,
      key(),
      [A, B].map((code) => newInstitution(code)),
    );
    await opened.service.openInstitutions(otherCounty, key(), [newInstitution(C, '330106')]);
  });
  afterAll(() => opened.store.close());

  const find = async (code: string) => (await opened.service.institutionsByCode([code]))[0]!;
  const history = async (code: string) =>
    (await opened.service.versionsByInstitution([(await find(code)).id])).map(
      ({ seq, fromOn, name, status, regionCode, act }) =>
        [seq, fromOn, name, status, regionCode, act].join(' '),
    );
  const outbox = async (code: string) =>
    (await opened.store.reader.rows(opened.store.tables.institutionChange, sql`ORDER BY institution_id, seq`))
      .filter(({ institutionCode }) => institutionCode === code)
      .map(({ seq, kind, fromOn, seat }) =>
        [seq, kind, fromOn, seat.institutionCode, seat.countyCode, seat.seq].join(' '),
      );
  const classes = (institutionCode: string, names: readonly string[]) =>
    opened.service.openClasses(
      county,
      key(),
      names.map((name) => ({ institutionCode, name, level: 'SMALL', schoolYear: 2026 })),
    );

  it('is renamed under its code, and what it was called before is kept', async () => {
    const same = key();
    const renaming = { ...wish(A, '2026-11-01'), name: ' 实验幼儿园 ', reason: ' 更名批复 ' };
    const first = await opened.service.renameInstitution(county, same, renaming);
    expect(codes(first.results[0]!.userErrors)).toEqual([]);
    expect(await opened.service.renameInstitution(county, same, renaming)).toEqual(first);
    expect(await history(A)).toEqual([
      '1 2020-09-01 示例幼儿园1 OPEN 330110 OPEN',
      '2 2026-11-01 实验幼儿园 OPEN 330110 RENAME',
    ]);
    const then = await opened.service.institutionOn(await find(A), '2026-10-31');
    expect([then!.name, (await find(A)).name, (await find(A)).version]).toEqual([
      '示例幼儿园1',
      '实验幼儿园',
      2,
    ]);
    expect(await outbox(A)).toEqual(['2 RENAMED 2026-11-01 1133990001 330110 2']);
    const again = await opened.service.renameInstitution(county, key(), renaming);
    expect(codes(again.results[0]!.userErrors)).toEqual(['NAME_UNCHANGED']);
  });

  it('moves by the act of an authority over both counties, and by no other', async () => {
    const moving = { ...wish(C, '2026-11-02'), region: '330110' };
    const refused = await opened.service.moveInstitution(otherCounty, key(), moving);
    expect(codes(refused.results[0]!.userErrors)).toEqual(['OUTSIDE_YOUR_AREA']);
    const unchanged = await opened.service.moveInstitution(city, key(), { ...moving, region: '330106' });
    expect(codes(unchanged.results[0]!.userErrors)).toEqual(['REGION_UNCHANGED']);
    const done = await opened.service.moveInstitution(city, key(), moving);
    expect(codes(done.results[0]!.userErrors)).toEqual([]);
    expect(await find(C)).toMatchObject({
      regionCode: '330110',
      countyCode: '330110',
      cityCode: '330100',
      version: 2,
    });
    expect(await outbox(C)).toEqual(['2 MOVED 2026-11-02 1133990003 330110 2']);
  });

  it('begins to close once, opens no more classes, and goes back when that is cancelled', async () => {
    const begun = await Promise.all(
      [1, 2].map(() => opened.service.beginClosing(county, key(), wish(B, '2026-11-03'))),
    );
    expect(begun.map(({ results }) => codes(results[0]!.userErrors)).sort()).toEqual([
      [],
      ['INSTITUTION_ACT_NOT_OPEN'],
    ]);
    const opening = await classes(B, ['小一班']);
    expect(codes(opening.results[0]!.userErrors)).toEqual(['INSTITUTION_NOT_LAWFUL']);
    await opened.service.cancelClosing(county, key(), wish(B, '2026-11-04'));
    expect((await find(B)).status).toBe('OPEN');
    expect((await history(B)).map((line) => line.split(' ').at(-1))).toEqual([
      'OPEN',
      'BEGIN_CLOSING',
      'CANCEL_CLOSING',
    ]);
  });

  it('goes into another one with its classes; its code is void and never given again', async () => {
    await classes(A, ['小一班', '中一班']);
    await classes(B, ['小一班', '大一班']);
    const taken = await opened.service.classesByInstitution([(await find(B)).id]);
    const done = await opened.service.mergeInstitutions(county, key(), {
      ...{ institutionCodes: [A, B, C], into: A, on: '2026-11-05', reason: null },
    });
    expect(codes(done.results[0]!.userErrors)).toEqual([]);
    const target = await find(A);
    expect([await find(B), await find(C)]).toMatchObject(
      Array(2).fill({ status: 'CLOSED', closedOn: '2026-11-05', successorId: target.id }),
    );
    const now = await opened.service.classesByInstitution([target.id]);
    expect(now.map(({ name }) => name).sort()).toEqual(['中一班', '大一班', '小一班', `小一班（${B}）`]);
    expect(taken.every(({ id }) => now.some((one) => one.id === id))).toBe(true);
    expect((await outbox(B)).at(-1)).toBe(`4 MERGED 2026-11-05 ${A} 330110 3`);
    expect((await history(A)).at(-1)).toBe('3 2026-11-05 实验幼儿园 OPEN 330110 TAKE_IN');
    const reopening = await opened.service.openInstitutions(county, key(), [newInstitution(B)]);
    expect(codes(reopening.results[0]!.userErrors)).toEqual(['INSTITUTION_CODE_TAKEN']);
    const twice = await opened.service.mergeInstitutions(county, key(), {
      ...{ institutionCodes: [B], into: A, on: '2026-11-06', reason: null },
    });
    expect(codes(twice.results[0]!.userErrors)).toEqual(['INSTITUTION_ACT_NOT_OPEN']);
  });

  it('takes no class with it into nowhere when one is opened while it merges', async () => {
    const [into, ...going] = ['1133990010', '1133990011', '1133990012', '1133990013'];
    await opened.service.openInstitutions(
      county,
      key(),
      [into, ...going].map((code) => newInstitution(code)),
    );
    const merger = { institutionCodes: going, into: into, on: '2026-11-05', reason: null };
    const [merged, ...classed] = await Promise.all([
      opened.service.mergeInstitutions(county, key(), merger),
      ...going.map((code) => classes(code, ['小一班'])),
    ]);
    expect(codes(merged.results[0]!.userErrors)).toEqual([]);
    const made = classed.filter(({ results }) => results[0]!.userErrors.length === 0).length;
    expect(await opened.service.classesByInstitution([(await find(into)).id])).toHaveLength(made);
  });
});

eachDatabase('A reorganisation of regions', (databases) => {
  const merger: Reorganisation = {
    on: '2026-11-10', reason: '国函', placed: [], institutions: [],
    founded: [{ code: '330112', name: '新区', level: 'COUNTY', parent: '330100' }],
    abolished: ['330106', '330110'].map((code) => ({ code, successors: ['330112'], institutionsTo: '330112' })),
  }; // prettier-ignore
  const region = async ({ service }: Opened, code: string) => (await service.regionsByCode([code]))[0];

  it('moves the institutions, is kept across a restart, and is done once', async () => {
    const location = await databases.fresh('regions');
    const opened = await openSmall(location, now);
    await opened.service.openInstitutions(county, key(), [
      newInstitution(A),
      newInstitution(B, '330110', '2026-11-15'),
    ]);
    const same = key();
    const first = await opened.service.reorganiseRegions(ministry, same, merger);
    expect(first.results).toEqual([{ codes: ['330106', '330110', '330112'], moved: 2, userErrors: [] }]);
    expect(await opened.service.reorganiseRegions(ministry, same, merger)).toEqual(first);
    const again = await opened.service.reorganiseRegions(ministry, key(), merger);
    expect(codes(again.results[0]!.userErrors)).toEqual([
      'REGION_CODE_TAKEN',
      'REGION_NOT_STANDING',
      'REGION_NOT_STANDING',
    ]);
    await opened.store.close();

    const reopened = await openSmall(location, now);
    expect(await region(reopened, '330110')).toMatchObject({ validTo: '2026-11-10', successors: ['330112'] });
    expect(await region(reopened, '330112')).toMatchObject({
      validFrom: '2026-11-10',
      hasCountyAuthority: true,
    });
    expect((await reopened.service.predecessors(['330112'])).map(({ before }) => before.code)).toEqual([
      '330106',
      '330110',
    ]);
    const institutions = await reopened.service.institutionsByCode([A, B]);
    expect(institutions.map(({ regionCode, countyCode }) => [regionCode, countyCode])).toEqual(
      Array(2).fill(['330112', '330112']),
    );
    const histories = await reopened.service.versionsByInstitution(institutions.map(({ id }) => id));
    // What opened after that day moves on the day it opened.
    expect(
      histories
        .filter(({ act }) => act === 'REGIONS')
        .map(({ fromOn }) => fromOn)
        .sort(),
    ).toEqual(['2026-11-10', '2026-11-15']);
    await reopened.store.close();
  });

  it('leaves nobody behind who opens an institution in the old county meanwhile', async () => {
    const opened = await openSmall(await databases.fresh('regions'), now);
    const newcomers = ['1133990021', '1133990022', '1133990023', '1133990024'];
    const [done, ...openings] = await Promise.all([
      opened.service.reorganiseRegions(ministry, key(), merger),
      ...newcomers.map((code) => opened.service.openInstitutions(county, key(), [newInstitution(code)])),
    ]);
    expect(codes(done.results[0]!.userErrors)).toEqual([]);
    const made = openings.filter(({ results }) => results[0]!.userErrors.length === 0).length;
    const there = await opened.service.institutionsByCode(newcomers);
    expect(there.map(({ regionCode }) => regionCode)).toEqual(Array(made).fill('330112'));
    await opened.store.close();
  });
});

eachDatabase('Institutions that were there before histories were kept', (databases) => {
  it('have one entry each, from the day they opened', async () => {
    const location = await databases.fresh('before-versions');
    const old = await openStore({ ...definition, migrations: (kit) => [create(kit)] }, location);
    const id = newId();
    await old.transaction((tx) =>
      tx.execute(
        sql`INSERT INTO institution (id, code, name, kind, founder, inclusive, urban_rural_class, status, region_code, province_code, city_code, county_code, opened_on, version)
            VALUES (${toBytes(id)}, ${A}, ${'甲'}, ${'KINDERGARTEN'}, ${'PRIVATE'}, 0, ${'111'}, ${'OPEN'}, ${'330110'}, ${'330000'}, ${'330100'}, ${'330110'}, ${'2020-09-01'}, 1)`,
      ),
    );
    await old.close();
    const store = await openInstitutionStore(location);
    expect(await store.drift()).toEqual([]);
    expect(await store.reader.rows(store.tables.institutionVersion, raw(''))).toEqual([
      {
        institutionId: id, seq: 1, fromOn: '2020-09-01', code: A, name: '甲', status: 'OPEN', regionCode: '330110',
        provinceCode: '330000', cityCode: '330100', countyCode: '330110', successorId: null, act: 'OPEN', account: '',
        at: new Date('2020-09-01T00:00:00Z'), reason: null,
      },
    ]); // prettier-ignore
    await store.close();
  });
});
