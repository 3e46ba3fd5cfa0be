import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '../../kernel/store/ids.ts';
import { NATION, type Area } from '../../kernel/rules/viewer.ts';
import type { CountDimension, Placement } from '../../subgraphs/records/model.ts';
import { appendDeltas, countQueries } from '../../subgraphs/records/store/counts.ts';
import { foldCounts } from '../../subgraphs/records/store/fold.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';

const PLACES = [
  { provinceCode: '330000', cityCode: '330100', countyCode: '330110' },
  { provinceCode: '330000', cityCode: '330100', countyCode: '330106' },
  // A province-run county, and a city that is its own county authority.
  { provinceCode: '420000', cityCode: null, countyCode: '429004' },
  { provinceCode: '440000', cityCode: '441900', countyCode: '441900' },
];

const anyPlacement = fc
  .record({
    place: fc.constantFrom(...PLACES),
    birthCohort: fc.constantFrom(2021, 2022, 2023),
    sex: fc.constantFrom('MALE', 'FEMALE'),
    classLevel: fc.constantFrom('SMALL', 'LARGE'),
    ownership: fc.constantFrom('PUBLIC', 'OTHER_PRIVATE'),
    urbanRural: fc.constantFrom('URBAN', 'RURAL'),
  })
  .map(
    ({ place, ...dims }): Placement =>
      ({
        ...place, ...dims, id: newId(), recordId: newId(), institutionId: newId(), classId: newId(),
        institutionCode: '1133000001', fromOn: '2026-09-01', untilOn: null, version: 1,
      }), // prettier-ignore
  );

const DIMENSIONS: readonly CountDimension[] = [
  'PROVINCE',
  'CITY',
  'COUNTY',
  'AGE',
  'SEX',
  'CLASS_LEVEL',
  'OWNERSHIP',
  'URBAN_RURAL',
];
const AREAS: readonly Area[] = [
  NATION,
  { level: 'PROVINCE', code: '330000' },
  { level: 'PROVINCE', code: '420000' },
  { level: 'CITY', code: '330100' },
  { level: 'CITY', code: '441900' },
  { level: 'COUNTY', code: '330110' },
  { level: 'COUNTY', code: '429004' },
];

async function place(store: RecordStore, rows: readonly Placement[]): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.insert(store.tables.placement, rows);
    await appendDeltas(
      store,
      tx,
      rows.map((of) => ({ of, delta: 1 })),
    );
  });
}

eachDatabase('Counts', (databases) => {
  it('equal a recount for every split and area, folded, half folded or not', async () => {
    const store = await openRecordStore(await databases.fresh('counts'));
    const { countNow, recount } = countQueries(store);
    const split = fc.subarray([...DIMENSIONS], { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPlacement, { maxLength: 12 }),
        split,
        fc.constantFrom(...AREAS),
        fc.boolean(),
        async (rows, by, area, fold) => {
          await place(store, rows);
          if (fold) await foldCounts(store);
          const query = { by, area, where: {} };
          expect(await countNow(query)).toEqual(await recount(query, '2026-11-23'));
        },
      ),
      { numRuns: 60 },
    );
    await store.close();
  });

  it('are folded once when four fold at the same time', async () => {
    const store = await openRecordStore(await databases.fresh('counts'));
    const rows = fc.sample(anyPlacement, { numRuns: 200, seed: 7 });
    for (let i = 0; i < rows.length; i += 20) await place(store, rows.slice(i, i + 20));
    await Promise.allSettled([1, 2, 3, 4].map(() => foldCounts(store)));
    await foldCounts(store);
    const { countNow } = countQueries(store);
    expect(await countNow({ by: [], area: NATION, where: {} })).toEqual([{ values: [], count: 200 }]);
    expect(
      await store.reader.rows(store.tables.countDelta, (await import('../../kernel/store/sql.ts')).raw('')),
    ).toEqual([]);
    await store.close();
  });

  it('answer a past day from the placements as they stood', async () => {
    const store = await openRecordStore(await databases.fresh('counts'));
    const [first, second] = fc.sample(anyPlacement, { numRuns: 2, seed: 1 });
    await place(store, [
      { ...first!, fromOn: '2026-09-01', untilOn: '2026-10-01' },
      { ...second!, fromOn: '2026-10-01', untilOn: null },
    ]);
    const { recount } = countQueries(store);
    const on = (day: string) => recount({ by: [], area: NATION, where: {} }, day).then(([row]) => row!.count);
    expect([
      await on('2026-08-31'),
      await on('2026-09-01'),
      await on('2026-09-30'),
      await on('2026-10-01'),
    ]).toEqual([0, 1, 1, 1]);
    await store.close();
  });

  it('need no further change of the tables after migrating', async () => {
    const store = await openRecordStore(await databases.fresh('counts'));
    expect(await store.drift()).toEqual([]);
    await store.close();
  });
});
