import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordService, type RecordService } from '../../subgraphs/records/service.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { acts, climb, MOVING_ON, type Life } from './town/life.ts';
import { afterRecordsAreRead, inThisOrder } from './town/orders.ts';
import { GUARDIANS_APPLICATION, kindergarten, town } from './town/town.ts';

const NOW = new Date('2026-11-23T04:00:00Z');
/** Long after every step that began on that day was due. */
const LATER = new Date('2027-03-01T04:00:00Z');
const ROUNDS = { embedded: 2, MariaDB: 6 };

const here = town(800);
const [home, other, third] = here.gardens as [Garden, Garden, Garden];
type Garden = (typeof here.gardens)[number];
const act = acts(here);

/** What a child goes through before the two act. */
const STARTS = {
  unknown: [],
  submitted: [(on, life) => act.submit(on, life)],
  returned: ['submitted', (on, life) => act.return(on, life, home)],
  enrolled: ['submitted', (on, life) => act.approve(on, life, home)],
  left: ['enrolled', (on, life) => act.leave(on, life)],
  'asked for': ['enrolled', (on, life) => act.request(on, life, other)],
  'let go': ['asked for', (on, life) => act.agree(on, life)],
  'let go and returned': ['let go', (on, life) => act.return(on, life, other)],
  'not completed in time': ['let go and returned', (_, life, later) => climb(later!, life)],
} satisfies { readonly [name: string]: readonly (string | Step)[] };
type Step = (on: RecordService, life: Life, later?: RecordService) => Promise<string[]>;
type Start = keyof typeof STARTS;

async function lead(on: RecordService, later: RecordService, life: Life, start: Start): Promise<void> {
  for (const step of STARTS[start] as readonly (Start | Step)[]) {
    if (typeof step === 'string') await lead(on, later, life, step);
    else expect(await step(on, life, later)).toEqual([]);
  }
}

interface Pair {
  readonly start: Start;
  readonly one: readonly [name: string, act: Step];
  readonly two: readonly [name: string, act: Step];
  /** What the second is told when the first was faster, and the first when the second was; none: it goes through too. */
  readonly told: readonly [two: readonly string[], one: readonly string[]];
  readonly at?: Date;
}

const approve: Pair['one'] = ['the county approves', (on, life) => act.approve(on, life, home)];
const approveThere: Pair['one'] = ['the county approves', (on, life) => act.approve(on, life, other)];
const withdrawThere: Pair['two'] = [
  'the kindergarten withdraws',
  (on, life) => act.withdraw(on, life, other),
];
const agree: Pair['one'] = ['the sender agrees', (on, life) => act.agree(on, life)];
const askThere: Pair['one'] = ['a kindergarten asks', (on, life) => act.request(on, { ...life }, other)];
const leave: Pair['two'] = ['the child leaves', (on, life) => act.leave(on, life)];
const death: Pair['two'] = ['a death is reported', (on, life) => act.reportDeath(on, life)];
const clock: Pair['two'] = ['the day passes', climb];
const DECIDED = ['ALREADY_DECIDED'];
const CLOSED = ['ACTION_NOT_OPEN'];
const UNDECIDED = ['APPLICATION_UNDECIDED'];

const PAIRS: readonly Pair[] = [
  { start: 'unknown', told: [['ALREADY_ENROLLED'], ['ALREADY_ENROLLED']],
    one: ['a kindergarten submits', (on, life) => act.submit(on, { ...life })],
    two: ['another submits', (on, life) => act.submit(on, { ...life }, other)] },
  { start: 'left', told: [['ALREADY_ENROLLED'], ['ALREADY_ENROLLED']],
    one: ['the kindergarten submits again', (on, life) => act.submit(on, { ...life }, home, '2026-11-23')],
    two: ['another submits', (on, life) => act.submit(on, { ...life }, other, '2026-11-23')] },
  { start: 'submitted', told: [DECIDED, DECIDED], one: approve,
    two: ['the kindergarten withdraws', (on, life) => act.withdraw(on, life, home)] },
  { start: 'submitted', told: [DECIDED, DECIDED], one: approve,
    two: ['another clerk approves', (on, life) => act.approve(on, life, home, 'second-clerk')] },
  { start: 'submitted', told: [DECIDED, CLOSED], one: approve,
    two: ['another clerk returns', (on, life) => act.return(on, life, home)] },
  { start: 'submitted', told: [DECIDED, DECIDED], one: approve,
    two: ['another clerk refuses', (on, life) => act.refuse(on, life, home)] },
  { start: 'submitted', told: [['nothing climbed'], ['NOT_WITH_YOU']], one: approve, two: clock, at: LATER },
  { start: 'returned', told: [[], DECIDED],
    one: ['the kindergarten submits again', (on, life) => act.resubmit(on, life, home)],
    two: ['a colleague withdraws', (on, life) => act.withdraw(on, life, home)] },
  { start: 'returned', told: [['nothing climbed'], []], at: LATER, two: clock,
    one: ['the kindergarten withdraws', (on, life) => act.withdraw(on, life, home)] },
  { start: 'enrolled', told: [CLOSED, CLOSED], one: askThere,
    two: ['another kindergarten asks', (on, life) => act.request(on, { ...life }, third)] },
  { start: 'enrolled', told: [CLOSED, CLOSED], one: askThere, two: leave },
  { start: 'enrolled', told: [CLOSED, []], one: askThere,
    two: ['the child moves to another class', (on, life) => act.moveClass(on, life)] },
  { start: 'enrolled', told: [[], CLOSED], two: leave,
    one: ['the child moves to another class', (on, life) => act.moveClass(on, life)] },
  { start: 'asked for', told: [CLOSED, CLOSED], one: agree,
    two: ['a colleague objects', (on, life) => act.object(on, life)] },
  { start: 'asked for', told: [[], DECIDED], one: agree, two: withdrawThere },
  { start: 'asked for', told: [['nothing climbed'], CLOSED], one: agree, two: clock, at: LATER },
  { start: 'let go', told: [DECIDED, DECIDED], one: approveThere, two: withdrawThere },
  { start: 'let go', told: [DECIDED, CLOSED], one: approveThere,
    two: ['another clerk returns', (on, life) => act.return(on, life, other)] },
  { start: 'let go', told: [['nothing climbed'], ['NOT_WITH_YOU']], one: approveThere, two: clock, at: LATER },
  { start: 'let go and returned', told: [DECIDED, DECIDED], two: withdrawThere,
    one: ['a colleague withdraws', (on, life) => act.withdraw(on, life, other)] },
  { start: 'not completed in time', told: [DECIDED, DECIDED], two: withdrawThere, at: LATER,
    one: ['the county refuses', (on, life) => act.refuse(on, life, other)] },
  { start: 'enrolled', told: [CLOSED, UNDECIDED], one: askThere, two: death },
  { start: 'enrolled', told: [[], UNDECIDED], one: leave, two: death },
  { start: 'left', told: [[], CLOSED],
    one: ['the kindergarten asks for its reinstatement', (on, life) => act.reinstate(on, life)],
    two: ['another submits', (on, life) => act.submit(on, { ...life }, other, '2026-11-23')] },
]; // prettier-ignore

const titled = PAIRS.map((pair) => [`${pair.one[0]} and ${pair.two[0]}, while ${pair.start}`, pair] as const);

eachDatabase('Two who act at once', (databases) => {
  let store: RecordStore;
  const on = (its: RecordStore, at = NOW) => recordService(its, here.peers, () => at);
  let child = databases.kind === 'embedded' ? 0 : 300;
  const begin = async (start: Start, at = NOW): Promise<Life> => {
    const life = { child: child++, home, recordId: '', applicationId: '' };
    const later = on(store, LATER);
    // Of what is overdue by then, only this child's application is to be left.
    if (at > NOW) await later.keepTime();
    await lead(on(store), later, life, start);
    return life;
  };
  beforeAll(async () => {
    store = await openRecordStore(await databases.fresh('at-once'));
  });
  afterAll(() => store.close());

  it.each(titled)('%s: the faster wins, the other is told', async (_, { start, one, two, told, at }) => {
    const a = await begin(start, at);
    const oneFirst = inThisOrder(store);
    expect(
      await Promise.all([one[1](on(oneFirst.first, at), a), two[1](on(oneFirst.second, at), a)]),
    ).toEqual([[], told[0]]);
    const b = await begin(start, at);
    const twoFirst = inThisOrder(store);
    expect(
      await Promise.all([two[1](on(twoFirst.first, at), b), one[1](on(twoFirst.second, at), b)]),
    ).toEqual([[], told[1]]);
  });
  it.each(titled)('%s: nobody is lost between them', async (_, { start, one, two, told, at }) => {
    for (let round = 0; round < ROUNDS[databases.kind]; round++) {
      const life = await begin(start, at);
      const both = await Promise.all([one[1](on(store, at), life), two[1](on(store, at), life)]);
      expect([
        [[], told[0]],
        [told[1], []],
      ]).toContainEqual(both);
    }
  });

  it('are told of one moment, not of facts from before the other act and after it', async () => {
    const life = await begin('enrolled');
    const between = afterRecordsAreRead(store, () => act.request(on(store), life, other));
    expect(await act.leave(on(between), life)).toEqual(['ACTION_NOT_OPEN']);
  });

  it('under one key: both get the one answer, and it happened once', async () => {
    const life = await begin('enrolled');
    const key = 'the-same-key';
    const input = {
      ...{ childId: here.children[life.child]!.id, institutionCode: other.code, classId: other.classIds[0] },
      ...{ enteredOn: MOVING_ON, evidence: [GUARDIANS_APPLICATION] },
    };
    const ask = () => on(store).requestTransfer(kindergarten(other), key, input);
    const [first, second, third] = await Promise.all([ask(), ask(), ask()]);
    expect([first.results[0]!.userErrors, second, third]).toEqual([[], first, first]);
    expect((await on(store).eventsByRecord([life.recordId])).map(({ type }) => type)).toEqual([
      'submitEnrolment',
      'approveApplication',
      'requestTransfer',
    ]);
  });

  it('for the clock: what is overdue climbs once, what is left at a neighbour is done', async () => {
    const life = await begin('asked for', LATER);
    await Promise.all([1, 2, 3].map(() => on(store, LATER).keepTime()));
    const steps = await on(store).stepsByApplication([life.applicationId]);
    expect(steps.map(({ task, holderCode, outcome }) => [task, holderCode, outcome])).toEqual([
      ['ANSWER', home.code, 'CLIMBED'],
      ['DECIDE', other.countyCode, null],
    ]);
    here.asked.before = (what) => {
      if (what === 'moveHolders') throw new Error('children is down');
    };
    await expect(act.approve(on(store, LATER), life, other)).rejects.toThrow('children is down');
    here.asked.before = () => undefined;
    await Promise.all([1, 2, 3].map(() => on(store, LATER).keepTime()));
    expect(await on(store).openFollowUps(10, null)).toEqual([]);
    const { holders } = here.children[life.child]!;
    expect([holders.has(home.code), holders.has(other.code)]).toEqual([false, true]);
  });
});
