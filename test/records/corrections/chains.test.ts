import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '../../../kernel/store/ids.ts';
import { eachDatabase } from '../../support/databases.ts';
import { county, inventedId, ministry, openBoth, PROOF, province, resident, type Both } from './support.ts';

/** What may befall one of the children. Few IDs for many children, so that they are often somebody else's. */
const step = fc.record({
  child: fc.nat(1),
  act: fc.constantFrom('prove', 'unprove', 'rename', 'moveBirthday', 'convert', 'delete'),
  id: fc.nat(2),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Of so many lives; a year of lives would meet one another's birth dates. */
const MOST_ROUNDS = 3;

/** Two children of one birth date were given one number, and of both it was deleted. */
const BOTH_DELETED: Step[] = [
  { child: 1, act: 'prove', id: 2 },
  { child: 1, act: 'moveBirthday', id: 0 },
  { child: 0, act: 'prove', id: 2 },
  { child: 0, act: 'prove', id: 2 },
  { child: 1, act: 'delete', id: 0 },
  { child: 0, act: 'moveBirthday', id: 0 },
  { child: 0, act: 'prove', id: 0 },
  { child: 0, act: 'delete', id: 0 },
  { child: 0, act: 'prove', id: 1 },
  { child: 0, act: 'prove', id: 0 },
];

eachDatabase('Whatever corrections, conversions and deletions do', (databases) => {
  const runs = { embedded: 100, MariaDB: 8 }[databases.kind];
  const words = ['ID_PROVEN', 'FORMAL_WITHOUT_ID', 'DELETED', 'NUMBER_TAKEN', 'NUMBER_NOT_REISSUED'];

  it(`each number leads to its record for ever but a deleted one, one is current, in ${runs} random lives`, async () => {
    const both = await openBoth(databases);
    const happened = new Map<string, number>();
    let serial = 0;
    const lives = fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
      const names = [0, 1].map(() => nameOf(serial++));
      const days = daysOf(serial / 2);
      const [day] = days;
      const children = await Promise.all(
        names.map((name) => both.register({ name, sex: 'MALE', bornOn: day, id: null })),
      );
      const recordIds: string[] = [];
      for (const childId of children) recordIds.push(await both.enrol(childId));
      const ever = new Set<string>();
      for (const one of steps) {
        const outcome = await take(both, one, { recordId: recordIds[one.child]!, days });
        for (const word of outcome) happened.set(word, (happened.get(word) ?? 0) + 1);
        await agree(both, recordIds, ever);
      }
    });
    // Lives in which no number ever changed, or was ever somebody else's, would prove nothing; a hundred may all be such.
    const rare = () => words.filter((word) => (happened.get(word) ?? 0) < 3);
    const enough = () => databases.kind !== 'embedded' || rare().length === 0;
    let rounds = 0;
    do await fc.assert(lives, { numRuns: runs, examples: [[BOTH_DELETED]] });
    while (!enough() && ++rounds < MOST_ROUNDS);
    expect(enough() ? [] : rare()).toEqual([]);
    await both.close();
  }, 240_000);
});

const NAMES = '甲乙丙丁戊己庚辛壬癸';
const nameOf = (n: number) => [...String(10_000 + n)].map((digit) => NAMES[Number(digit)]).join('');
/** The birth date, and the one it is corrected to: every life has its own, so that no two lives meet. */
const daysOf = (life: number) =>
  [2020, 2021].map((year) => new Date(Date.UTC(year, 8, 1 + life)).toISOString().slice(0, 10)) as [
    string,
    string,
  ];

/** Does the step, and answers what became of the number or why nothing did. */
async function take(
  both: Both,
  { act, id }: Step,
  { recordId, days: [day, otherDay] }: { recordId: string; days: [string, string] },
) {
  const { bornOn } = await both.recordOf(recordId);
  const number = inventedId(bornOn, id * 2 + 1);
  const before = (await both.records.numbersByRecord([recordId])).length;
  const refusals = await (async () => {
    switch (act) {
      case 'prove':
        return correct(both, recordId, resident(number));
      case 'unprove':
        return correct(both, recordId, { documentKind: 'NONE' });
      case 'rename':
        return correct(both, recordId, { name: nameOf(id) });
      case 'moveBirthday':
        return correct(both, recordId, { documentKind: 'NONE', bornOn: bornOn === day ? otherDay : day });
      case 'convert':
        return (await both.records.convertNumber(county, newId(), { recordId })).results[0]!.userErrors;
      case 'delete':
        return del(both, recordId);
    }
  })();
  const chain = await both.records.numbersByRecord([recordId]);
  const changed = chain.length > before ? [chain.at(-2)!.endReason!] : [];
  return [...changed, ...refusals.map(({ code }) => code)];
}

async function correct(both: Both, recordId: string, changes: Parameters<Both['request']>[1]) {
  const { applicationId, userErrors } = await both.request(recordId, changes);
  if (!applicationId) return userErrors;
  await both.approve(applicationId);
  return (await both.records.applicationsById([applicationId]))[0]!.warnings;
}

async function del(both: Both, recordId: string) {
  const item = { recordId, reason: '重号', evidence: PROOF };
  const { applicationId, userErrors } = (await both.records.requestNumberDeletion(province, newId(), item))
    .results[0]!;
  if (applicationId) await both.approve(applicationId, ministry);
  return userErrors;
}

/** `ever`: every number seen so far. */
async function agree({ records }: Both, recordIds: readonly string[], ever: Set<string>) {
  const numbers = await records.numbersByRecord(recordIds);
  const byId = new Map((await records.recordsById(recordIds)).map((one) => [one.id, one]));
  for (const record of byId.values()) {
    const chain = numbers.filter(({ recordId }) => recordId === record.id);
    expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, i) => i + 1));
    expect(chain.filter(({ endedOn }) => endedOn === null)).toEqual([chain.at(-1)]);
    expect(record.number).toBe(chain.at(-1)!.number);
  }
  for (const { number } of numbers) ever.add(number);
  // None has been lost, and one goes to another record only where it was deleted, since it was never that child's.
  expect(new Set(numbers.map(({ number }) => number))).toEqual(ever);
  const claimsOf = (number: string) =>
    numbers.filter((one) => one.number === number).sort((a, b) => b.claim - a.claim);
  for (const number of ever) {
    const claims = claimsOf(number);
    expect(new Set(claims.map(({ claim }) => claim)).size).toBe(claims.length);
    expect(claims.slice(1).every(({ endReason }) => endReason === 'DELETED')).toBe(true);
  }
  const asked = numbers.map(({ number, recordId }) => ({ number, bornOn: byId.get(recordId)!.bornOn }));
  const found = await records.lookUpNumbers(asked);
  // A deleted number was not this child's: it leads on only until the child has a formal one of its own, then to whoever claimed it before.
  const leadsTo = ({ number, bornOn }: (typeof asked)[0]) =>
    claimsOf(number)
      .filter((one) => byId.get(one.recordId)!.bornOn === bornOn)
      .map(({ recordId, endReason }) => ({ endReason, present: byId.get(recordId)!.number! }))
      .find(({ endReason, present }) => endReason !== 'DELETED' || !present.startsWith('G'))?.present;
  expect(found.map((one) => one?.currentNumber)).toEqual(asked.map(leadsTo));
}
