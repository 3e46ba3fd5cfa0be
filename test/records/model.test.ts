import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Area } from '../../kernel/rules/viewer.ts';
import { foldCounts } from '../../subgraphs/records/store/fold.ts';
import { loadCalendarYear } from '../../subgraphs/records/service/load-calendar.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { areaOf, clerkOf, viewerOf } from './model/clerks.ts';
import { corner, perform, type Corner } from './model/system.ts';
import { CALENDAR } from './model/days.ts';
import { SETTINGS } from './model/provinces.ts';
import { plans, type Plan } from './model/plans.ts';
import { stepOf, type Step } from './model/steps.ts';

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
  await expectTurns(here);
  // Nobody else is in the city of the two counties.
  const area: Area = { level: 'CITY', code: gardens[0]!.cityCode };
  const query = { by: ['COUNTY', 'CLASS_LEVEL', 'SEX'] as const, area, where: {} };
  const now = await service.countNow(query);
  expect(now).toEqual(await service.recount(query, reference.day));
  for (const { i, countyCode } of gardens) {
    const own = now.filter(({ values }) => values[0] === countyCode);
    expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(reference.inKindergarten(i));
  }
}

/** A number once issued leads to its record, whatever has happened since. */
async function expectResolved({ service, people }: Corner, numbers: Map<number, string>): Promise<void> {
  if (numbers.size === 0) return;
  const questions = [...numbers].map(([child, number]) => ({ number, bornOn: people[child]!.bornOn }));
  const found = await service.lookUpNumbers(questions);
  expect(found.map((one) => one?.currentNumber)).toEqual([...numbers.values()]);
}

/** An undecided application has one open step, of the holder whose turn it is, due on the day; a decided one has none. */
async function expectTurns(here: Corner): Promise<void> {
  const { service, reference, applicationIds } = here;
  const open = (await service.stepsByApplication(applicationIds.flat())).filter(
    (one) => one.endedAt === null,
  );
  for (const [child, { applications }] of reference.lives.entries()) {
    const found = applicationIds[child]!.map((id) =>
      open.filter(({ applicationId }) => applicationId === id),
    );
    const held = found.map((steps) =>
      steps.map(({ task, holderLevel, holderCode, dueOn }) => [task, holderLevel, holderCode, dueOn]),
    );
    expect(held).toEqual(
      applications.map(({ turn }) => {
        if (turn === null) return [];
        const { level, code } = areaOf(turn, here);
        return [[turn.task, level, code, turn.due]];
      }),
    );
  }
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
      const step = stepOf(plan, here.reference);
      done.push(step);
      const { words, effect } = await take(step, here);
      for (const word of words) taken.set(word, (taken.get(word) ?? 0) + 1);
      // What a refusal may have changed after all the next look would see, and there is a last one.
      if (effect) await agree(here, numbers);
    }
    await agree(here, numbers);
  } catch (error) {
    throw new Error(`${(error as Error).message}\nafter ${JSON.stringify(done)}`, { cause: error });
  }
}

/** What came of a step, the refusals or the act, and whether it may have changed anything. */
interface Taken {
  readonly words: readonly string[];
  readonly effect: boolean;
}

/** One step on both sides. */
async function take(step: Step, here: Corner): Promise<Taken> {
  const { reference, service } = here;
  if (step.act === 'toggle') return { words: reference.toggle(step.garden), effect: false };
  if (step.act === 'pass') {
    const handedOn = reference.pass(step.days);
    await service.keepTime();
    return { words: handedOn, effect: handedOn.length > 1 };
  }
  const clerk = clerkOf(step, here);
  const { numbered, applications } = reference.lives[step.child]!;
  const application = 'back' in step ? applications.at(-1 - step.back) : undefined;
  const releases = application?.turn?.task === 'RELEASE' ? ['RELEASE'] : [];
  const over = application?.objected ? ' over an objection' : '';
  const expected = reference.take(step, clerk);
  const { userErrors } = await perform(step, viewerOf(clerk, here), here);
  expect(userErrors.map(({ code }) => code)).toEqual(expected);
  if (expected.length > 0) return { words: expected, effect: false };
  if (!(step.act in AGAIN)) return { words: [step.act], effect: true };
  const act = step.act as keyof typeof AGAIN;
  const by = [`${act} by ${clerk.role}`, ...releases.map((task) => `${act} of a ${task}`)];
  const what = application?.kind === 'TRANSFER' ? `${act} of a transfer${over}` : numbered ? AGAIN[act] : act;
  return { words: [what, ...by], effect: true };
}

/** Acts on a child that has been in kindergarten before. */
const AGAIN = {
  submitEnrolment: 'submitted again',
  approveApplication: 'approved again',
  refuseApplication: 'refused again',
  withdrawApplication: 'withdrawn again',
  returnApplication: 'returned again',
  resubmitApplication: 'resubmitted again',
};

const RUNS = { embedded: Number(process.env['MODEL_LIVES'] ?? 2000), MariaDB: 150 };
const PARTS = Array.from({ length: 10 }, (_, i) => i + 1);
/** Seen in every run, but not often. */
const SELDOM = [
  ...['returnApplication of a RELEASE', 'refuseApplication of a RELEASE'],
  ...['NOT_THE_APPLICANT', 'refuseApplication by PROVINCE', 'returnApplication by CITY', 'resubmitted again'],
  ...['resubmitApplication of a transfer', 'returnApplication of a transfer over an objection'],
  ...[
    'refuseApplication of a transfer over an objection',
    'withdrawApplication of a transfer over an objection',
  ],
];
const DECISIONS = ['approve', 'return', 'resubmit', 'refuse', 'withdraw'].map((act) => `${act}Application`);
const EVERY_ACT = [
  ...['submitEnrolment', 'requestTransfer', 'agreeToTransfer', 'objectToTransfer', 'moveClass', 'leave'],
  ...Object.values(AGAIN),
  ...DECISIONS.flatMap((act) => [act, `${act} of a transfer`]),
  'approveApplication of a transfer over an objection',
  ...['approveApplication of a RELEASE', 'TRANSFER_WINDOW_CLOSED'],
  ...['COUNTY', 'CITY', 'PROVINCE'].flatMap((role) => [`handed to ${role}`, `approveApplication by ${role}`]),
  ...[
    'refuseApplication by CITY',
    'NOT_WITH_YOU',
    'SAME_ACCOUNT',
    'TRANSFER_BEFORE_STAY',
    'EVIDENCE_MISSING',
  ],
].filter((act) => !SELDOM.includes(act));

eachDatabase(
  'Whatever clerks try, the service does what the reference model says',
  (databases) => {
    const lives = RUNS[databases.kind];
    const taken = new Map<string, number>();

    const opened = async () => {
      const location = await databases.fresh('model');
      const store = await openRecordStore(location);
      await loadCalendarYear({ store, now: () => new Date() }, CALENDAR);
      await store.transaction((tx) => tx.insert(store.tables.setting, SETTINGS));
      return store;
    };

    // A store for each part: reading costs more the fuller it is.
    it.each(PARTS)(`in ${lives} random lives, part %i of ${PARTS.length}`, { timeout: 240_000 }, async () => {
      const store = await opened();
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(plans(18), async (sequence) => {
          await live(store, sequence, taken);
          if (++runs % 10 === 0) await foldCounts(store);
        }),
        { numRuns: Math.ceil(lives / PARTS.length) },
      );
      await store.close();
    });

    // Lives that never left or came back would prove nothing about it; few runs may have none.
    if (databases.kind === 'embedded' && lives >= 2000)
      it('and every act was among them', () => {
        const rare = [
          ...EVERY_ACT.filter((act) => (taken.get(act) ?? 0) < 5),
          ...SELDOM.filter((act) => !taken.has(act)),
        ];
        expect(rare).toEqual([]);
      });
  },
  { inMemory: true },
);
