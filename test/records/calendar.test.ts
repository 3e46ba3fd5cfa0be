import { expect, it } from 'vitest';
import { namedDays } from '../../kernel/rules/calendar-year.ts';
import { sql } from '../../kernel/store/sql.ts';
import { loadCalendarYear, seedCalendar } from '../../subgraphs/records/service/load-calendar.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { noticeOf2027 } from '../support/notice.ts';
import { application, now, put, read, years } from './support.ts';

const changes = (store: RecordStore) =>
  store.reader.rows(store.tables.deadlineChange, sql`ORDER BY old_due_on`);
eachDatabase('The calendar of the records', (databases) => {
  const opened = async () => {
    const store = await openRecordStore(await databases.fresh('calendar'));
    const loaded = await seedCalendar({ store, now }, years);
    return { store, loaded };
  };

  it('is seeded once with every day that is named', async () => {
    const { store, loaded } = await opened();
    expect(loaded.map(({ year, days }) => [year, days])).toEqual([
      [2025, 33],
      [2026, 39],
      [2027, 13],
    ]);
    expect(await store.reader.rows(store.tables.calendarDay, sql`ORDER BY year, day`)).toEqual(
      years.flatMap(namedDays).sort((a, b) => (a.day < b.day ? -1 : 1)),
    );
    expect(await seedCalendar({ store, now }, years)).toEqual([]);
    await store.close();
  });

  it('takes the notice a new release brings, and never gives it back for a file without one', async () => {
    const { store } = await opened();
    const withNotice = [...years.slice(0, 2), noticeOf2027];
    expect((await seedCalendar({ store, now }, withNotice)).map(({ year }) => year)).toEqual([2027]);
    expect(await seedCalendar({ store, now }, years)).toEqual([]);
    await store.close();
  });

  it('moves open steps when the notice comes, writes down each, and does nothing the second time', async () => {
    const { store } = await opened();
    const moved = [application('TRANSFER', '2026-12-18'), application('TRANSFER', '2026-12-21', 'RETURNED')];
    const confirmed = application('TRANSFER_DECISION', '2027-03-01');
    const untouched = [
      application('TRANSFER', '2026-12-18', 'APPROVED'),
      application('ENROLMENT', '2026-12-18'),
      application('TRANSFER', '2026-11-02'),
    ];
    await put(store, [...moved, confirmed, ...untouched]);

    const loaded = await loadCalendarYear({ store, now }, noticeOf2027);
    expect(loaded).toEqual({ year: 2027, days: 34, moved: 2, confirmed: 1 });
    for (const [i, dueOn] of ['2027-01-03', '2027-01-04'].entries()) {
      expect(await read(store, moved[i]!.id)).toEqual({
        ...moved[i],
        dueOn,
        dueProvisional: false,
        version: 2,
      });
    }
    expect(await read(store, confirmed.id)).toEqual({ ...confirmed, dueProvisional: false, version: 2 });
    for (const one of untouched) expect(await read(store, one.id)).toEqual(one);
    const written = await changes(store);
    expect(written.map(({ id: _, ...change }) => change)).toEqual([
      { applicationId: moved[0]!.id, oldDueOn: '2027-01-04', newDueOn: '2027-01-03', reason: noticeOf2027.notice!.number, at: now() },
      { applicationId: moved[1]!.id, oldDueOn: '2027-01-05', newDueOn: '2027-01-04', reason: noticeOf2027.notice!.number, at: now() },
    ]); // prettier-ignore

    expect(await loadCalendarYear({ store, now }, noticeOf2027)).toEqual({
      ...loaded,
      moved: 0,
      confirmed: 0,
    });
    expect(await changes(store)).toEqual(written);
    await store.close();
  });

  it('reaches every open step, however many there are', async () => {
    const { store } = await opened();
    await put(store, Array.from({ length: 1203 }, () => application('TRANSFER', '2026-12-18'))); // prettier-ignore
    expect((await loadCalendarYear({ store, now }, noticeOf2027)).moved).toBe(1203);
    expect(await changes(store)).toHaveLength(1203);
    await store.close();
  });

  it('loads nothing at all when a step cannot be dated', async () => {
    const { store } = await opened();
    const [good, bad] = [application('TRANSFER', '2026-12-18'), { ...application('TRANSFER', '2026-12-18'), dueVersion: 9 }]; // prettier-ignore
    await put(store, [good, bad]);
    await expect(loadCalendarYear({ store, now }, noticeOf2027)).rejects.toThrow('has no version 9');
    expect(await read(store, good.id)).toEqual(good);
    expect(await changes(store)).toEqual([]);
    const stored = await store.reader.rows(store.tables.calendarDay, sql`WHERE year = ${2027}`);
    expect(stored.every(({ provisional }) => provisional)).toBe(true);
    await store.close();
  });
});
