import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NATION, type Area } from '../../kernel/rules/viewer.ts';
import { newId } from '../../kernel/store/ids.ts';
import { raw, sql } from '../../kernel/store/sql.ts';
import type { Application } from '../../subgraphs/records/model.ts';
import { sees } from '../../subgraphs/records/rules/sees.ts';
import {
  queueCount,
  queuePage,
  queueQueries,
  type ApplicationFilter,
  type QueueOrder,
} from '../../subgraphs/records/store/queue.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { application, put } from './support.ts';

/** Two counties of one city, a province-run county, and a city that is its own county; two kindergartens each. */
const PLACES = [
  { provinceCode: '190000', cityCode: '190100', countyCode: '190101' },
  { provinceCode: '190000', cityCode: '190100', countyCode: '190102' },
  { provinceCode: '190000', cityCode: null, countyCode: '199001' },
  { provinceCode: '180000', cityCode: '181900', countyCode: '181900' },
].flatMap((place, i) => [0, 1].map((n) => ({ ...place, institutionCode: `119901000${2 * i + n}` })));
const AREAS: readonly Area[] = [
  NATION,
  ...(['180000', '190000'] as const).map((code): Area => ({ level: 'PROVINCE', code })),
  ...(['190100', '181900'] as const).map((code): Area => ({ level: 'CITY', code })),
  ...(['190101', '199001', '181900'] as const).map((code): Area => ({ level: 'COUNTY', code })),
  ...PLACES.slice(0, 3).map(({ institutionCode: code }): Area => ({ level: 'INSTITUTION', code })),
];
const TODAY = '2026-11-23';
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);

const anyApplication = fc
  .record({
    to: fc.constantFrom(...PLACES),
    from: fc.constantFrom(...PLACES, null, null),
    state: fc.constantFrom(
      'SUBMITTED',
      'SUBMITTED',
      'SUBMITTED',
      'RETURNED',
      'APPROVED',
      'REFUSED',
      'WITHDRAWN',
    ),
    kind: fc.constantFrom('ENROLMENT', 'DEFERRAL'),
    holder: fc.constantFrom(...AREAS),
    dueOn: day,
    submittedBy: fc.constantFrom('a', 'b'),
  })
  .map(({ to, from, state, kind, holder, ...rest }): Application => {
    const open = state === 'SUBMITTED' || state === 'RETURNED';
    return {
      ...application('ENROLMENT', '2026-09-01'),
      ...{ id: newId(), ...rest, ...to, state: state },
      kind: from ? 'TRANSFER' : kind,
      ...{ task: null, holderLevel: null, holderCode: null },
      ...(open ? { task: 'DECIDE', holderLevel: holder.level, holderCode: holder.code } : {}),
      ...(from && {
        ...{ fromProvinceCode: from.provinceCode, fromCityCode: from.cityCode },
        ...{ fromCountyCode: from.countyCode, fromInstitutionCode: from.institutionCode },
      }),
    };
  });

const anyFilter: fc.Arbitrary<ApplicationFilter> = fc
  .record({
    area: fc.constantFrom(...AREAS),
    state: fc.constantFrom(null, null, 'SUBMITTED', 'RETURNED', 'APPROVED'),
    kind: fc.constantFrom(null, null, 'TRANSFER', 'ENROLMENT'),
    task: fc.constantFrom(null, null, 'DECIDE', 'ANSWER'),
    dueBefore: fc.oneof(fc.constant(null), day),
    mine: fc.constantFrom(null, 'own', 'other'),
    notSubmittedBy: fc.constantFrom(null, 'a'),
  })
  .map(({ mine, ...rest }) => {
    const heldBy = mine === null ? null : mine === 'own' ? rest.area : AREAS[5]!;
    return { ...rest, heldBy };
  });

/** What the filter means, said once more without an index in mind. */
const wanted = (one: Application, filter: ApplicationFilter, order: QueueOrder): boolean => {
  const { area, state, kind, task, dueBefore, heldBy, notSubmittedBy } = filter;
  const holds = (who: Area) => one.holderLevel === who.level && one.holderCode === who.code;
  const inArea = sees(area, { ...one, holderLevel: null, holderCode: null });
  return (
    (heldBy ? holds(heldBy) && (inArea || holds(area)) : inArea) &&
    (state == null || one.state === state) &&
    (kind == null || one.kind === kind) &&
    (task == null || one.task === task) &&
    (dueBefore == null || (one.task !== null && one.dueOn < dueBefore)) &&
    (order === 'ID' || one.task !== null) &&
    (notSubmittedBy == null || one.submittedBy !== notSubmittedBy)
  );
};

const keyOf = (order: QueueOrder) => (one: Application) =>
  order === 'ID' ? one.id : `${one.dueOn} ${one.id}`;

async function listed(store: RecordStore, filter: ApplicationFilter, order: QueueOrder, size: number) {
  const { applications } = queueQueries(store);
  const all: string[] = [];
  for (let after: Application | null = null; ;) {
    const page: Application[] = await applications(filter, order, size, after);
    all.push(...page.map(keyOf(order)));
    if (page.length < size) return all;
    after = page.at(-1)!;
  }
}

async function filled(store: RecordStore, many: number): Promise<Application[]> {
  const rows = fc.sample(anyApplication, { numRuns: many, seed: 42 });
  await put(store, rows);
  return rows;
}

eachDatabase('A work queue', (databases) => {
  it(
    'pages through exactly what its filter says, in either order, and counts it',
    { timeout: 120_000 },
    async () => {
      const store = await openRecordStore(await databases.fresh('queue'));
      const rows = await filled(store, 150);
      await fc.assert(
        fc.asyncProperty(
          anyFilter,
          fc.constantFrom<QueueOrder>('ID', 'DUE'),
          fc.nat(12),
          async (one, order, size) => {
            const filter = { ...one, undecided: order === 'DUE' };
            const expected = rows.filter((row) => wanted(row, filter, order)).map(keyOf(order));
            expect(await listed(store, filter, order, size + 1)).toEqual(expected.sort());
            expect(await queueQueries(store).countApplications(filter)).toBe(expected.length);
          },
        ),
        { numRuns: databases.kind === 'embedded' ? 300 : 60 },
      );
      await store.close();
    },
  );

  it('is counted for its holder by kind and task, with what is overdue', async () => {
    const store = await openRecordStore(await databases.fresh('queue'));
    const rows = await filled(store, 150);
    for (const holder of AREAS) {
      const own = rows.filter((row) => row.holderLevel === holder.level && row.holderCode === holder.code);
      const kinds = [...new Set(own.map(({ kind }) => kind))].sort();
      expect(await queueQueries(store).queueOf(holder, TODAY)).toEqual(
        kinds.map((kind) => {
          const days = own
            .filter((row) => row.kind === kind)
            .map(({ dueOn }) => dueOn)
            .sort();
          const overdue = days.filter((dueOn) => dueOn < TODAY).length;
          return { kind, task: 'DECIDE', waiting: days.length, overdue, nextDueOn: days[0] };
        }),
      );
    }
    await store.close();
  });

  /** The indices by which a statement reads the applications; `null` where it reads them all. */
  async function indicesOf(
    store: RecordStore,
    statement: ReturnType<typeof sql>,
  ): Promise<(string | null)[]> {
    if (databases.kind === 'embedded') {
      const plan = await store.reader.select<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${statement}`);
      return plan
        .map(({ detail }) => detail)
        .filter((detail) => /\bapplication\b/.test(detail))
        .map((detail) => /^SEARCH .*INDEX (\w+)/.exec(detail)?.[1] ?? null);
    }
    const plan = await store.reader.select<{ table: string; type: string; key: string | null }>(
      sql`EXPLAIN ${statement}`,
    );
    return plan
      .filter(({ table }) => table === 'application')
      .map(({ type, key }) => (['ALL', 'index'].includes(type) ? null : key));
  }

  it('never reads all applications, neither for a page nor for a total', { timeout: 60_000 }, async () => {
    const store = await openRecordStore(await databases.fresh('queue'));
    for (let i = 0; i < 5; i++) await put(store, fc.sample(anyApplication, { numRuns: 600, seed: i }));
    await store.transaction((tx) =>
      tx.execute(raw(databases.kind === 'embedded' ? 'ANALYZE' : 'ANALYZE TABLE application')),
    );
    const county: Area = { level: 'COUNTY', code: '199001' };
    const garden: Area = { level: 'INSTITUTION', code: PLACES[0]!.institutionCode };
    const after = { id: newId(), dueOn: '2026-11-10' };
    const cases: [ApplicationFilter, QueueOrder][] = [
      [{ area: county, heldBy: county }, 'ID'],
      [{ area: county, heldBy: county, undecided: true }, 'DUE'],
      [{ area: county, heldBy: county, kind: 'ENROLMENT', dueBefore: TODAY }, 'DUE'],
      [{ area: county, state: 'SUBMITTED' }, 'ID'],
      [{ area: county, state: 'SUBMITTED', undecided: true }, 'DUE'],
      [{ area: county }, 'ID'],
      [{ area: garden }, 'ID'],
      [{ area: garden, state: 'RETURNED' }, 'ID'],
    ];
    const found = new Set<string | null>();
    for (const [filter, order] of cases)
      for (const from of [null, after]) {
        const page = sql`SELECT application.id FROM application ${queuePage(filter, order, 21, from)}`;
        for (const statement of [page, queueCount(filter)])
          for (const index of await indicesOf(store, statement)) {
            expect([filter, order, index]).not.toEqual([filter, order, null]);
            found.add(index);
          }
      }
    expect([...found].sort()).toEqual(
      expect.arrayContaining(['application_county', 'application_from_county', 'application_holder_due']),
    );
    await store.close();
  });
});
