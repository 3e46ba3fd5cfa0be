import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../kernel/rules/plain-date.ts';
import type { Area } from '../../kernel/rules/viewer.ts';
import { NATION } from '../../kernel/rules/viewer.ts';
import type { RecordOn } from '../../subgraphs/records/model.ts';
import { countsAsInKindergarten } from '../../subgraphs/records/rules/lifecycle.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { lived, turns, type Lives } from './model/past.ts';
import { replayed, stayOn } from './model/replay.ts';
import type { Corner } from './model/system.ts';

const RUNS = { embedded: 120, MariaDB: 20 };

/** Every page of a past day's list, two at a time. */
async function listed({ service }: Corner, area: Area, on: string): Promise<RecordOn[]> {
  const all: RecordOn[] = [];
  for (;;) {
    const wanted = { area, own: area, status: null, classId: null, on };
    const page = await service.recordsOn(wanted, 2, all.at(-1)?.id ?? null);
    all.push(...page);
    if (page.length < 2) return all;
  }
}

/** On every day something began to hold, and the days around it. */
async function agreeOnEveryDay({ here, day: present, counties }: Lives): Promise<void> {
  const { service, gardens, childIds } = here;
  const records = await service.recordsByChild(childIds);
  const ids = records.map(({ id }) => id);
  const [events, stays] = [await service.eventsByRecord(ids), await service.placementsByRecord(ids)];
  const around = events.flatMap(({ effectiveOn }) => [-1, 0, 1].map((days) => addDays(effectiveOn, days)));
  const days = [...new Set([...around, present])].filter((day) => day <= present);
  for (const day of days) {
    const then = await service.recordsOnById(ids, NATION, day);
    const byId = new Map(then.map((one) => [one.id, one]));
    for (const { id } of records) {
      const told = replayed(events.filter(({ recordId }) => recordId === id), day); // prettier-ignore
      const one = byId.get(id) ?? null;
      expect(one && said(one)).toEqual(told);
      const stay = stayOn(stays.filter(({ recordId }) => recordId === id), day); // prettier-ignore
      const isIn = one !== null && countsAsInKindergarten(one.status);
      expect([day, isIn ? [one.institutionCode, one.classId, one.countyCode] : null]).toEqual([
        day,
        stay ? [stay.institutionCode, stay.classId, stay.countyCode] : null,
      ]);
    }
    for (const countyCode of counties) {
      const county: Area = { level: 'COUNTY', code: countyCode };
      const list = await listed(here, county, day);
      expect(list.map(({ id }) => id)).toEqual(
        then.filter((one) => one.countyCode === countyCode).map(({ id }) => id),
      );
      const inKindergarten = list.filter(({ status }) => countsAsInKindergarten(status)).length;
      const [count] = await service.recount({ by: [], area: county, where: {} }, day);
      expect([day, inKindergarten]).toEqual([day, count!.count]);
    }
    // A kindergarten has of those only what is its own now.
    for (const { code } of gardens) {
      const own: Area = { level: 'INSTITUTION', code };
      const now = new Set(
        records.filter(({ institutionCode }) => institutionCode === code).map(({ id }) => id),
      );
      expect((await listed(here, own, day)).map(({ id }) => id)).toEqual(
        then.filter((one) => one.institutionCode === code && now.has(one.id)).map(({ id }) => id),
      );
    }
  }
  const today = await service.recordsOnById(ids, NATION, present);
  const shown = ({
    id,
    status,
    institutionCode,
    classId,
    countyCode,
    enteredOn,
    deferredUntil,
    events,
  }: Shown) => [id, status, institutionCode, classId, countyCode, enteredOn, deferredUntil, events].join(' ');
  expect(today.map(shown).sort()).toEqual(records.map(shown).sort());
}
type Shown = Omit<RecordOn, 'asOf'>;

const said = ({ status, institutionCode, countyCode, classId, events }: RecordOn) => ({
  ...{ status, institutionCode, countyCode, classId, events },
});

eachDatabase('A past day', (databases) => {
  it(
    `is told alike by the history, the placements and the counts, in ${RUNS[databases.kind]} lives`,
    { timeout: 240_000 },
    async () => {
      const store = await openRecordStore(await databases.fresh('past'));
      const done = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(turns, async (all) => {
          const lives = await lived(store, all);
          for (const [act, n] of lives.done) done.set(act, (done.get(act) ?? 0) + n);
          await agreeOnEveryDay(lives);
        }),
        { numRuns: RUNS[databases.kind] },
      );
      const every = [
        'submit',
        'approve',
        'return',
        'resubmit',
        'refuse',
        'withdraw',
        'move',
        'leave',
        'transfer',
        'agree',
        'defer',
        'MOVED',
        'MERGED',
      ];
      // Lives that never moved on would prove nothing; few runs may have none.
      const rare = every.filter((act) => (done.get(act) ?? 0) < 5);
      expect(databases.kind === 'embedded' ? rare : []).toEqual([]);
      await store.close();
    },
  );
});
