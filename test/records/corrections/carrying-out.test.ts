import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../kernel/store/ids.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  Broken,
  codes,
  county,
  garden,
  inventedId,
  openBoth,
  resident,
  type Both,
  type Crash,
} from './support.ts';

const BORN = '2022-10-15';
const EARLIER = '2022-03-02';

eachDatabase('A correction the county has approved', (databases) => {
  let both: Both;
  let serial = -1;
  beforeAll(async () => {
    both = await openBoth(databases);
  });
  afterAll(() => both.close());

  /** A boy in kindergarten, with the ID he should have had. */
  const enrolled = async () => {
    const id = inventedId(BORN, (serial += 2));
    const childId = await both.register({ name: '甲乙', sex: 'MALE', bornOn: BORN, id });
    return { id, right: inventedId(EARLIER, serial), childId, recordId: await both.enrol(childId) };
  };
  const boys = () => Promise.all([both.counted(2023, 'MALE'), both.counted(2022, 'MALE')]);

  it('changes the child, then the copies of its record, and the counts with them', async () => {
    const { childId, recordId } = await enrolled();
    const before = await both.recordOf(recordId);
    const [boysBefore, girlsBefore] = [await both.counted(2023, 'MALE'), await both.counted(2022, 'FEMALE')];
    const id = inventedId(EARLIER, 2);
    const application = await both.correct(recordId, { ...resident(id), bornOn: EARLIER, sex: 'FEMALE' });
    expect([application.state, application.details?.changes?.bornOn]).toEqual(['APPROVED', EARLIER]);
    expect(await both.childOf(childId)).toEqual({
      ...{ name: '甲*', bornOn: EARLIER, sex: 'FEMALE', residentIdForNumber: id },
    });
    const record = await both.recordOf(recordId);
    expect(record).toEqual({
      ...before,
      ...{ bornOn: EARLIER, birthCohort: 2022, sex: 'FEMALE', events: 5, version: 5 },
    });
    expect(await both.counted(2023, 'MALE')).toBe(boysBefore - 1);
    expect(await both.counted(2022, 'FEMALE')).toBe(girlsBefore + 1);
    expect(await both.eventsOf(recordId)).toEqual([
      'submitEnrolment',
      'approveApplication',
      'requestCorrection',
      'approveApplication',
      'applyCorrection',
    ]);
  });

  it('reaches stays that have ended, so that a day gone by counts one child once and as what it is', async () => {
    const { recordId } = await enrolled();
    const { results } = await both.records.leave(garden, newId(), {
      ...{ recordId, reason: 'MOVED_AWAY', remark: null, on: '2026-11-20' },
    });
    expect(results[0]!.userErrors).toEqual([]);
    const query = { by: ['AGE', 'SEX'] as const, area: county.area, where: {} };
    const cell = async (on: string, cohort: number, sex: string) =>
      (await both.records.recount(query, on)).find(({ values: [a, s] }) => a === cohort && s === sex)
        ?.count ?? 0;
    const inOctober = async () => [
      await cell('2026-10-20', 2023, 'MALE'),
      await cell('2026-10-20', 2022, 'FEMALE'),
    ];
    const [boysThen, girlsThen] = await inOctober();
    const now = await both.records.countNow(query);
    const changes = { ...resident(inventedId(EARLIER, 902)), bornOn: EARLIER, sex: 'FEMALE' } as const;
    await both.correct(recordId, changes);
    expect(await inOctober()).toEqual([boysThen! - 1, girlsThen! + 1]);
    // The child has left: today's counts stay as they are.
    expect(await both.records.countNow(query)).toEqual(now);
  });

  it('touches no stay where only the name was wrong, and no number', async () => {
    const { id, recordId } = await enrolled();
    const [stay] = await both.records.placementsByRecord([recordId]);
    await both.correct(recordId, { name: '甲丙' });
    expect(await both.records.placementsByRecord([recordId])).toEqual([stay]);
    expect((await both.recordOf(recordId)).number).toBe(`G${id}`);
  });

  it('counts a child that has left nowhere, and corrects its record', async () => {
    const before = await boys();
    const { recordId, right } = await enrolled();
    await both.records.leave(garden, newId(), { recordId, reason: 'MOVED_AWAY', on: '2026-11-02' });
    await both.correct(recordId, { ...resident(right), bornOn: EARLIER });
    expect(await both.recordOf(recordId)).toMatchObject({ status: 'LEFT', birthCohort: 2022 });
    expect(await boys()).toEqual(before);
  });

  const MOMENTS: Readonly<Record<Crash, string>> = {
    CHILDREN_DOWN: 'children is down',
    ANSWER_LOST: 'its answer is lost',
    BEFORE_WRITING: 'records breaks off before it writes',
    WHILE_WRITING: 'records breaks off while it writes',
    AFTER_WRITING: 'records breaks off after it has written',
  };
  it.each(Object.entries(MOMENTS) as [Crash, string][])(
    'when %s (%s) is finished once by the retry, and by the clock without one',
    async (crash) => {
      const [late, early] = await boys();
      for (const finish of ['retry', 'clock']) {
        const { childId, recordId, right } = await enrolled();
        const { applicationId } = await both.request(recordId, { ...resident(right), bornOn: EARLIER });
        const key = newId();
        both.breakAt(crash);
        await expect(both.approve(applicationId!, county, key)).rejects.toThrow(Broken);
        both.breakAt(null);
        if (finish === 'retry')
          expect((await both.approve(applicationId!, county, key)).userErrors).toEqual([]);
        else await both.records.keepTime();
        await both.records.keepTime();
        expect((await both.approve(applicationId!, county, key)).userErrors).toEqual([]);
        expect((await both.childOf(childId)).bornOn).toBe(EARLIER);
        expect(await both.recordOf(recordId)).toMatchObject({
          bornOn: EARLIER,
          birthCohort: 2022,
          events: 5,
        });
        const events = await both.eventsOf(recordId);
        expect(events.filter((type) => type === 'applyCorrection')).toHaveLength(1);
      }
      expect(await boys()).toEqual([late, early + 2]);
    },
  );

  it('is finished once by two processes at once', async () => {
    const { recordId } = await enrolled();
    const { applicationId } = await both.request(recordId, { name: '甲丙', sex: null });
    both.breakAt('CHILDREN_DOWN');
    await expect(both.approve(applicationId!)).rejects.toThrow(Broken);
    both.breakAt(null);
    await Promise.all([both.records.keepTime(), both.records.keepTime()]);
    expect((await both.eventsOf(recordId)).slice(3)).toEqual(['approveApplication', 'applyCorrection']);
  });

  it('lets no other correction begin until it has been carried out', async () => {
    const { recordId } = await enrolled();
    const { applicationId } = await both.request(recordId, { name: '甲丙' });
    both.breakAt('CHILDREN_DOWN');
    await expect(both.approve(applicationId!)).rejects.toThrow(Broken);
    both.breakAt(null);
    expect(codes((await both.request(recordId, { name: '甲丁' })).userErrors)).toEqual([
      'APPLICATION_UNDECIDED',
    ]);
    await both.records.keepTime();
    expect(codes((await both.request(recordId, { name: '甲丁' })).userErrors)).toEqual([]);
  });

  it('ends refused where somebody else has the document by then, and nothing half is left', async () => {
    const { childId, recordId, right: id } = await enrolled();
    const before = await both.recordOf(recordId);
    const { applicationId } = await both.request(recordId, { ...resident(id), bornOn: EARLIER });
    both.breakAt('CHILDREN_DOWN');
    await expect(both.approve(applicationId!)).rejects.toThrow(Broken);
    both.breakAt(null);
    await both.register({ name: '戊己', sex: 'MALE', bornOn: EARLIER, id });
    await both.records.keepTime();
    const [application] = await both.records.applicationsById([applicationId!]);
    expect([application!.state, application!.reason, application!.decidedBy]).toEqual([
      'REFUSED',
      'DOCUMENT_BELONGS_TO_ANOTHER',
      'system:children',
    ]);
    const [last] = (await both.records.eventsByRecord([recordId])).slice(-1);
    expect([last!.type, last!.reason, last!.applicationId]).toEqual([
      'dropCorrection',
      'DOCUMENT_BELONGS_TO_ANOTHER',
      applicationId,
    ]);
    expect(await both.recordOf(recordId)).toEqual({ ...before, events: 5, version: 5 });
    expect((await both.childOf(childId)).bornOn).toBe(BORN);
    expect((await both.request(recordId, { name: '甲丙' })).userErrors).toEqual([]);
  });
});
