import { afterAll, beforeAll, expect, it } from 'vitest';
import { NATION } from '../../../kernel/rules/viewer.ts';
import { sql } from '../../../kernel/store/sql.ts';
import { loadCalendarYear } from '../../../subgraphs/records/service/load-calendar.ts';
import { eachDatabase } from '../../support/databases.ts';
import { noticeOf2027 } from '../../support/notice.ts';
import { county, kindergarten } from '../town/town.ts';
import { ministry, province, suspicions, type Suspicions } from './support.ts';

eachDatabase('A problem case nobody deals with', (databases) => {
  let here: Suspicions;
  beforeAll(async () => {
    here = await suspicions(databases, 12);
  });
  afterAll(() => here.close());

  it('climbs from the kindergarten to the ministry, stays there, and is charged to each in turn', async () => {
    const { town, until, stepsOf, caseOf, on } = here;
    const [first, , , , direct] = town.gardens;
    const [one, another] = [await here.enrolled(first!), await here.enrolled(direct!)];
    const [climbing, directly] = [await here.report(one), await here.report(another)];
    expect(await caseOf(climbing)).toMatchObject({ dueOn: '2026-12-07', task: 'ANSWER', holderLevel: 'INSTITUTION' });
    await until('2026-12-07');
    expect((await caseOf(climbing)).task).toBe('ANSWER');
    for (const day of ['2026-12-08', '2026-12-23', '2027-01-08', '2027-01-25', '2027-02-20', '2027-04-20'])
      await until(day);
    expect(await stepsOf(climbing)).toEqual([
      `ANSWER INSTITUTION ${first!.code} CLIMBED`,
      'DECIDE COUNTY 190101 CLIMBED',
      'DECIDE CITY 190100 CLIMBED',
      'DECIDE PROVINCE 190000 CLIMBED',
      'DECIDE NATION 000000',
    ]);
    // A county right under its province has no city above it.
    expect(await stepsOf(directly)).toEqual([
      `ANSWER INSTITUTION ${direct!.code} CLIMBED`,
      'DECIDE COUNTY 191901 CLIMBED',
      'DECIDE PROVINCE 191000 CLIMBED',
      'DECIDE NATION 000000',
    ]);
    const charged = await on.delays({ area: NATION, since: '2026-09-01', overdue: false }, 100, null);
    const late = charged.filter(({ pastDue }) => pastDue > 0).map(({ holderLevel, holderCode }) => `${holderLevel} ${holderCode}`);
    expect(late).toEqual(expect.arrayContaining([`INSTITUTION ${first!.code}`, 'COUNTY 190101', 'CITY 190100', 'PROVINCE 190000']));
    expect(await here.rule(ministry, climbing, 'NO_FAULT')).toEqual([]);
  }, 60_000); // prettier-ignore

  it('goes to the lowest authority over both records, when the kindergarten is silent and when it answers', async () => {
    const { town, until, caseOf } = here;
    const [first, second, third, fourth, , sixth] = town.gardens;
    const of = await here.enrolled(first!);
    const beside = [];
    for (const garden of [sixth!, second!, third!, fourth!]) beside.push(await here.enrolled(garden));
    const cases = [];
    for (const other of beside) cases.push(await here.report(of, other));
    expect(await here.answer(kindergarten(first!), cases[0]!)).toEqual([]);
    await until('2027-06-01');
    const levels = await Promise.all(cases.map(async (id) => (await caseOf(id)).holderLevel));
    expect(levels).toEqual(['COUNTY', 'CITY', 'PROVINCE', 'NATION'].map((level, i) => (i === 0 ? 'CITY' : level)));
    expect((await here.stepsOf(cases[0]!)).slice(0, 2)).toEqual([
      `ANSWER INSTITUTION ${first!.code} ANSWERED`,
      'DECIDE COUNTY 190101 CLIMBED',
    ]);
  }, 60_000); // prettier-ignore
});

eachDatabase('A calendar notice', (databases) => {
  it('re-dates open problem cases, writes down each, and leaves those that are resolved', async () => {
    const here = await suspicions(databases, 4);
    const { town, on, store, caseOf } = here;
    const [garden] = town.gardens;
    await here.until('2026-12-21');
    const ids = [];
    for (let i = 0; i < 2; i++) ids.push(await here.report(await here.enrolled(garden!)));
    const [open, resolved] = ids;
    await here.answer(kindergarten(garden!), resolved!);
    expect(await here.rule(county(garden!, 'other'), resolved!, 'NO_FAULT')).toEqual([]);
    const before = [await caseOf(open!), await caseOf(resolved!)];
    expect(before.map(({ dueOn, dueProvisional }) => [dueOn, dueProvisional])).toEqual([
      ['2027-01-05', true],
      ['2027-01-05', true],
    ]);
    await loadCalendarYear({ store, now: here.now }, noticeOf2027);
    expect(await caseOf(open!)).toEqual({
      ...before[0],
      dueOn: '2027-01-04',
      dueProvisional: false,
      version: 2,
    });
    expect(await caseOf(resolved!)).toEqual(before[1]);
    const logged = await store.reader.rows(store.tables.deadlineChange, sql`ORDER BY old_due_on`);
    expect(logged.map((one) => [one.applicationId, one.oldDueOn, one.newDueOn])).toEqual([
      [open, '2027-01-05', '2027-01-04'],
    ]);
    // Its step is dated anew as well, so that nobody is charged for days it did not have.
    const [step] = await on.stepsByApplication([open!]);
    expect(step!.dueOn).toBe('2027-01-04');
    await here.close();
  }, 60_000);
});

eachDatabase('What a ruling orders', (databases) => {
  let here: Suspicions;
  beforeAll(async () => {
    here = await suspicions(databases, 12);
  });
  afterAll(() => here.close());

  const ordered = async (parity: 'G' | 'L', ruling: 'CORRECT' | 'CANCEL') => {
    const [garden] = here.town.gardens;
    let recordId = await here.enrolled(garden!);
    if ((await here.on.recordsById([recordId]))[0]!.number![0] !== parity) recordId = await here.enrolled(garden!);
    const id = await here.report(recordId);
    await here.answer(kindergarten(garden!), id, ruling === 'CORRECT' ? 'CORRECTION' : 'WITHDRAWAL');
    expect(await here.rule(county(garden!), id, ruling)).toEqual([]);
    return { recordId, id, garden: garden! };
  }; // prettier-ignore
  const cancel = async (viewer: ReturnType<typeof kindergarten>, recordId: string) => {
    const item = { recordId, reason: 'RULED', on: '2026-11-23', evidence: [] } as const;
    const { results } = await here.on.requestCancellation(viewer, crypto.randomUUID(), item);
    return results[0]!;
  };

  it('keeps the case open until the correction has been asked for, decided and carried out', async () => {
    const { recordId, id, garden } = await ordered('L', 'CORRECT');
    expect(await here.caseOf(id)).toMatchObject({
      ...{ state: 'OPEN', task: 'COMPLETE', holderLevel: 'INSTITUTION', ruling: 'CORRECT' },
      // Twenty working days.
      dueOn: '2026-12-21',
      decidedBy: county(garden).account,
    });
    const [record] = await here.on.recordsById([recordId]);
    const { sex } = here.town.children.find(({ id: child }) => child === record!.childId)!;
    const changes = { name: null, bornOn: null, documentKind: null, documentNumber: null } as const;
    const { results } = await here.on.requestCorrection(kindergarten(garden), crypto.randomUUID(), {
      recordId,
      changes: { ...changes, sex: sex === 'MALE' ? 'FEMALE' : 'MALE' },
      evidence: [
        { kind: 'GUARDIAN_APPLICATION', reference: 'T-1', digest: 'ab'.repeat(32) },
        { kind: 'HOUSEHOLD_REGISTER', reference: 'T-2', digest: 'ab'.repeat(32) },
      ],
    });
    const { applicationId } = results[0]!;
    expect((await here.caseOf(id)).state).toBe('OPEN');
    await here.on.approveApplications(county(garden), crypto.randomUUID(), [{ applicationId: applicationId! }]);
    expect(await here.caseOf(id)).toMatchObject({ state: 'RESOLVED', task: null, ruling: 'CORRECT' });
    expect((await here.stepsOf(id)).at(-1)).toBe(`COMPLETE INSTITUTION ${garden.code} CARRIED_OUT`);
  }); // prettier-ignore

  it('is the ground of a cancellation, and of none where nothing was ordered or it was done', async () => {
    const { recordId, id, garden } = await ordered('L', 'CANCEL');
    const other = await here.enrolled(garden);
    expect(here.codes(await cancel(kindergarten(garden), other))).toContain('PROBLEM_NOT_ORDERED');
    const asked = await cancel(kindergarten(garden), recordId);
    expect(here.codes(asked)).toEqual([]);
    const acts = [{ applicationId: asked.applicationId! }];
    const { results } = await here.on.approveApplications(
      county(garden, 'second'),
      crypto.randomUUID(),
      acts,
    );
    expect(here.codes(results[0]!)).toEqual([]);
    expect((await here.on.recordsById([recordId]))[0]!.status).toBe('CANCELLED');
    expect((await here.caseOf(id)).state).toBe('RESOLVED');
  });

  it('is the province’s to ask and the ministry’s to decide where it ends a G number', async () => {
    const { recordId, id, garden } = await ordered('G', 'CANCEL');
    expect(await here.caseOf(id)).toMatchObject({ task: 'COMPLETE', holderLevel: 'PROVINCE' });
    expect(here.codes(await cancel(kindergarten(garden), recordId))).toEqual(['G_NUMBER_BY_PROVINCE']);
    const asked = await cancel(province(garden.provinceCode), recordId);
    expect(here.codes(asked)).toEqual([]);
    const acts = [{ applicationId: asked.applicationId! }];
    const { results } = await here.on.approveApplications(ministry, crypto.randomUUID(), acts);
    expect(here.codes(results[0]!)).toEqual([]);
    expect((await here.caseOf(id)).state).toBe('RESOLVED');
  });

  it('is ruled on again when its days pass, and done even then', async () => {
    const { recordId, id, garden } = await ordered('L', 'CANCEL');
    await here.until('2026-12-22');
    expect(await here.caseOf(id)).toMatchObject({ task: 'DECIDE', holderLevel: 'COUNTY', ruling: 'CANCEL' });
    expect((await here.stepsOf(id)).at(-2)).toBe(`COMPLETE INSTITUTION ${garden.code} CLIMBED`);
    const asked = await cancel(kindergarten(garden), recordId);
    await here.on.approveApplications(county(garden, 'second'), crypto.randomUUID(), [
      { applicationId: asked.applicationId! },
    ]);
    expect(await here.caseOf(id)).toMatchObject({ state: 'RESOLVED', task: null });
  });
});
