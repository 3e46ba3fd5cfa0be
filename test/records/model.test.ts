import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Area } from '../../kernel/rules/viewer.ts';
import { foldCounts } from '../../subgraphs/records/store/fold.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { clerkOf, corner, perform, viewerOf, type Corner } from './model/system.ts';
import { plans, stepOf, TODAY, type Plan, type Step } from './model/steps.ts';

/** What the store holds of the corner's children must be what the model says, and hang together. */
async function agree(here: Corner, numbers: Map<number, string>): Promise<void> {
  const { reference, service, childIds, gardens } = here;
  const records = new Map((await service.recordsByChild(childIds)).map((one) => [one.childId, one]));
  const ids = [...records.values()].map(({ id }) => id);
  const placements = await service.placementsByRecord(ids);
  const events = await service.eventsByRecord(ids);
  for (const [child, life] of reference.lives.entries()) {
    const record = records.get(childIds[child]!);
    expect(record?.status ?? null).toBe(life.status);
    if (!record) continue;
    const of = ({ recordId }: { recordId: string }) => recordId === record.id;
    expect([record.institutionCode, record.enteredOn]).toEqual([gardens[life.garden]!.code, life.enteredOn]);
    expect(record.number !== null).toBe(life.numbered);
    if (record.number !== null && !numbers.has(child)) numbers.set(child, record.number);
    expect(record.number).toBe(numbers.get(child) ?? null);
    const stays = placements.filter(of);
    const open = stays.filter(({ untilOn }) => untilOn === null);
    expect(open.map(({ fromOn, classId }) => [fromOn, here.classIds.indexOf(classId)])).toEqual(
      life.stay?.until === null ? [[life.stay.from, life.stay.class]] : [],
    );
    expectApart(stays);
    expectReplay(events.filter(of), record);
  }
  await expectResolved(here, numbers);
  for (const { i, countyCode } of gardens) {
    const area: Area = { level: 'COUNTY', code: countyCode };
    const query = { by: ['CLASS_LEVEL', 'SEX'] as const, area, where: {} };
    const now = await service.countNow(query);
    expect(now).toEqual(await service.recount(query, TODAY));
    expect(now.reduce((sum, { count }) => sum + count, 0)).toBe(reference.inKindergarten(i));
  }
}

/** A number once issued leads to its record, whatever has happened since. */
async function expectResolved({ service, people }: Corner, numbers: Map<number, string>): Promise<void> {
  if (numbers.size === 0) return;
  const questions = [...numbers].map(([child, number]) => ({ number, bornOn: people[child]!.bornOn }));
  const found = await service.lookUpNumbers(questions);
  expect(found.map((one) => one?.currentNumber)).toEqual([...numbers.values()]);
}

/** No day belongs to two stays, so every past count has each child at most once. */
function expectApart(stays: readonly { fromOn: string; untilOn: string | null }[]): void {
  const lasting = stays.filter(({ fromOn, untilOn }) => untilOn !== fromOn);
  lasting.slice(1).forEach(({ fromOn }, i) => expect(fromOn >= lasting[i]!.untilOn!).toBe(true));
}

/** The history has no gap, each line starts where the one before ended, and the last is the stored status. */
function expectReplay(
  events: readonly { seq: number; statusFrom: string | null; statusTo: string }[],
  record: { status: string; events: number },
): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(events.map(({ statusFrom }) => statusFrom)).toEqual([
    null,
    ...events.slice(0, -1).map(({ statusTo }) => statusTo),
  ]);
  expect([events.at(-1)?.statusTo, events.length]).toEqual([record.status, record.events]);
}

async function live(store: RecordStore, sequence: readonly Plan[], taken: Map<string, number>) {
  const here = corner(store);
  const numbers = new Map<number, string>();
  const done: Step[] = [];
  try {
    for (const plan of sequence) {
      const { status, garden } = here.reference.lives[plan.child]!;
      const step = stepOf(plan, status, garden);
      done.push(step);
      for (const word of await take(step, here)) taken.set(word, (taken.get(word) ?? 0) + 1);
      await agree(here, numbers);
    }
  } catch (error) {
    throw new Error(`${(error as Error).message}\nafter ${JSON.stringify(done)}`, { cause: error });
  }
}

/** One step on both sides; answers what came of it: the refusals, or the act. */
async function take(step: Step, here: Corner): Promise<string[]> {
  if (step.act === 'toggle') return here.reference.toggle(step.garden);
  const clerk = clerkOf(step, here);
  const wasNumbered = here.reference.lives[step.child]!.numbered;
  const expected = here.reference.take(step, clerk);
  const { userErrors } = await perform(step, viewerOf(clerk, here), here);
  expect(userErrors.map(({ code }) => code)).toEqual(expected);
  if (expected.length > 0) return expected;
  return [wasNumbered && step.act in AGAIN ? AGAIN[step.act as keyof typeof AGAIN] : step.act];
}

/** Acts on a child that has been in kindergarten before. */
const AGAIN = {
  submitEnrolment: 'submitted again',
  approveApplication: 'approved again',
  refuseApplication: 'refused again',
  withdrawApplication: 'withdrawn again',
};

const RUNS = { embedded: 2000, MariaDB: 150 };
const EVERY_ACT = [
  'submitEnrolment',
  'approveApplication',
  'returnApplication',
  'resubmitApplication',
  'refuseApplication',
  'withdrawApplication',
  'moveClass',
  'leave',
  ...Object.values(AGAIN),
];

eachDatabase('Whatever clerks try, the service does what the reference model says', (databases) => {
  it(`in ${RUNS[databases.kind]} random lives`, { timeout: 240_000 }, async () => {
    const store = await openRecordStore(await databases.fresh('model'));
    const taken = new Map<string, number>();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(plans(18), async (sequence) => {
        await live(store, sequence, taken);
        if (++runs % 10 === 0) await foldCounts(store);
      }),
      { numRuns: RUNS[databases.kind] },
    );
    // Lives that never left or came back would prove nothing about it; few runs may have none.
    const rare = EVERY_ACT.filter((act) => (taken.get(act) ?? 0) < 5);
    expect(databases.kind === 'embedded' ? rare : []).toEqual([]);
    await store.close();
  });
});
