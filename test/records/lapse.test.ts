import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/store/ids.ts';
import { sql } from '../../kernel/store/sql.ts';
import type { Application, Record, RecordStatus } from '../../subgraphs/records/model.ts';
import type { Deps } from '../../subgraphs/records/service/deps.ts';
import { lapseDeferrals } from '../../subgraphs/records/service/lapse-deferrals.ts';
import { recordQueries } from '../../subgraphs/records/store/queries.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { application } from './support.ts';

const record = (status: RecordStatus, deferredUntil: string | null): Record => ({
  ...{ id: newId(), childId: newId(), status, number: null, institutionId: newId(), classId: newId() },
  ...{ institutionCode: '1133990001', provinceCode: '330000', cityCode: '330100', countyCode: '330110' },
  ...{ bornOn: '2020-05-10', birthCohort: 2020, sex: 'FEMALE', enteredOn: '2026-09-01' },
  ...{ deferredUntil, mergedInto: null, events: 3, version: 1 },
});

/** Only what the clock's own work asks for. */
const depsOf = (store: RecordStore, day: string) =>
  ({ store, queries: recordQueries(store), now: () => new Date(`${day}T02:00:00Z`) }) as unknown as Deps;

const put = (store: RecordStore, records: readonly Record[], applications: readonly Application[] = []) =>
  store.transaction(async (tx) => {
    await tx.insert(store.tables.record, records);
    await tx.insert(store.tables.application, applications);
  });
const statuses = async (store: RecordStore) => {
  const rows = await store.reader.rows(store.tables.record, sql`ORDER BY id`);
  return rows.map(({ status, deferredUntil, version }) => [status, deferredUntil, version].join(' ')).sort();
};
const events = (store: RecordStore) =>
  store.reader.rows(store.tables.recordEvent, sql`ORDER BY record_id, seq`);

eachDatabase('Deferrals whose last day has passed', (databases) => {
  const open = async () => openRecordStore(await databases.fresh('lapse'));

  it('end, and no others, and each once however often it is looked', async () => {
    const store = await open();
    await put(store, [
      record('DEFERRED', '2026-11-22'),
      record('DEFERRED', '2026-11-23'),
      record('ENROLLED', null),
      record('LEFT', '2020-01-01'),
    ]);
    const deps = depsOf(store, '2026-11-23');
    expect([await lapseDeferrals(deps), await lapseDeferrals(deps)]).toEqual([1, 0]);
    expect(await statuses(store)).toEqual([
      'DEFERRED 2026-11-23 1',
      'ENROLLED  1',
      'ENROLLED  2',
      'LEFT 2020-01-01 1',
    ]);
    expect(await events(store)).toMatchObject([
      { type: 'lapseDeferral', seq: 4, account: 'system:clock', effectiveOn: '2026-11-23', reason: null },
    ]);
    await store.close();
  });

  it('end once when two processes look at the same time, page after page', async () => {
    const location = await databases.fresh('lapse-twice');
    const [one, two] = [await openRecordStore(location), await openRecordStore(location, { migrate: false })];
    await put(
      one,
      Array.from({ length: 230 }, () => record('DEFERRED', '2026-11-22')),
    );
    const done = await Promise.all([one, two].map((store) => lapseDeferrals(depsOf(store, '2026-11-23'))));
    // Whoever was overtaken on a page leaves the rest of it to the next tick.
    const left = await lapseDeferrals(depsOf(one, '2026-11-23'));
    expect(done[0]! + done[1]! + left).toBe(230);
    expect(new Set(await statuses(one))).toEqual(new Set(['ENROLLED  2']));
    expect(await events(one)).toHaveLength(230);
    await Promise.all([one.close(), two.close()]);
  });

  describe('during a transfer', () => {
    it.each(['SUBMITTED', 'RETURNED'] as const)(
      'that is %s leave the record where it is, and it will end as enrolled',
      async (state) => {
        const store = await open();
        const moving = record('TRANSFERRING', '2026-11-22');
        const transfer = {
          ...application('TRANSFER', '2026-11-20', state),
          ...{ recordId: moving.id, kind: 'TRANSFER', statusBefore: 'DEFERRED' },
        } as Application;
        await put(store, [moving], [transfer]);
        expect(await lapseDeferrals(depsOf(store, '2026-11-23'))).toBe(1);
        expect(await statuses(store)).toEqual(['TRANSFERRING  2']);
        const [after] = await store.reader.rows(store.tables.application, sql`ORDER BY id`);
        expect(after).toEqual({ ...transfer, statusBefore: 'ENROLLED', version: 2 });
        await store.close();
      },
    );
  });
});
