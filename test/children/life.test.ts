import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '../../kernel/store/ids.ts';
import { raw } from '../../kernel/store/sql.ts';
import type { KeyFacts } from '../../subgraphs/children/model.ts';
import { keyFactsOf } from '../../subgraphs/children/rules/correcting.ts';
import { eachDatabase } from '../support/databases.ts';
import { aChild, kindergarten, MOON, openService, service, STAR, SUN } from './support.ts';

const CHILDREN = 3;
const PASSPORTS = ['E1111111', 'E2222222', 'E3333333', 'E4444444'];
const child = fc.nat(CHILDREN - 1);
const garden = fc.constantFrom(SUN, MOON, STAR);

/** Few children, names, papers and kindergartens, so that acts meet; every third act is asked for twice. */
const act = fc.oneof(
  fc.record({
    kind: fc.constant('correct' as const),
    child,
    name: fc.option(fc.constantFrom('某甲', '某乙')),
    number: fc.option(fc.constantFrom(...PASSPORTS, null as string | null), { nil: undefined }),
    again: fc.nat(2),
  }),
  fc.record({ kind: fc.constant('move' as const), child, to: garden, again: fc.nat(2) }),
  fc.record({ kind: fc.constant('update' as const), child, ethnicity: fc.constantFrom('01', '02', '03') }),
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** What must come out, said without any database. */
interface Life {
  facts: KeyFacts;
  readonly before: KeyFacts[];
  holder: string;
  ethnicity: string;
  changes: number;
}

function correct(lives: Life[], { child, name, number }: Extract<Act, { kind: 'correct' }>): void {
  const life = lives[child]!;
  const after: KeyFacts = { ...life.facts, ...(name === null ? {} : { name }) };
  const document =
    number === undefined
      ? {}
      : ({ documentKind: number === null ? 'NONE' : 'PASSPORT', documentNumber: number } as const);
  Object.assign(after, document);
  const is = (other: KeyFacts) => JSON.stringify(identity(other)) === JSON.stringify(identity(after));
  if (lives.some((other) => other !== life && is(other.facts))) return;
  if (JSON.stringify(after) === JSON.stringify(life.facts)) return;
  life.before.push(life.facts);
  life.facts = after;
}

/** Without a document a child is known by itself and the guardian, who is the same for all of them here. */
const identity = ({ name, documentKind, documentNumber }: KeyFacts) =>
  documentKind === 'NONE' ? [documentKind, name] : [documentKind, documentNumber];

eachDatabase('The lives of some children', (databases) => {
  it('replay from their versions to what is stored, one child a document at every moment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 15 }), async (acts) => {
        const { store, children } = await openService(await databases.fresh('children-life'));
        const items = PASSPORTS.slice(0, CHILDREN).map((documentNumber, i) =>
          aChild({ name: `某${'子丑寅'[i]!}`, documentKind: 'PASSPORT', documentNumber }),
        );
        const { results } = await children.registerChildren(kindergarten(SUN), 'r', null, items);
        const ids = results.map(({ childId }) => childId!);
        const lives = items.map(({ name, sex, bornOn, documentKind, documentNumber }): Life => ({
          facts: { name, sex, bornOn, documentKind, documentNumber },
          before: [], holder: SUN, ethnicity: '01', changes: 0,
        })); // prettier-ignore

        const perform = async (one: Act, i: number) => {
          const childId = ids[one.child]!;
          const life = lives[one.child]!;
          if (one.kind === 'update') {
            const change = {
              nationality: null,
              householdRegion: null,
              guardians: null,
              ethnicity: one.ethnicity,
            };
            const key = { name: null, sex: null, bornOn: null, documentKind: null, documentNumber: null };
            await children.updateChild(kindergarten(life.holder), `u-${i}`, childId, { ...change, ...key });
            if (life.ethnicity !== one.ethnicity) life.changes++;
            life.ethnicity = one.ethnicity;
            return;
          }
          const order = one.kind === 'correct' ? orderOf(one, childId) : null;
          const moves = one.kind === 'move' && one.to !== life.holder
            ? [{ childId, fromInstitutionCode: life.holder, toInstitutionCode: one.to, on: '2026-09-01' }]
            : []; // prettier-ignore
          for (const key of ['a', 'a', 'b'].slice(0, one.again + 1)) {
            if (order) await children.correctChild(service, `${i}-${key}`, order);
            else await children.moveHolders(service, `${i}-${key}`, moves);
          }
          if (one.kind === 'correct') return correct(lives, one);
          if (moves.length > 0) {
            const [hold] = await children.holdsOf(one.to, [childId]);
            life.ethnicity = hold!.ethnicity!;
            life.holder = one.to;
          }
        };
        for (const [i, one] of acts.entries()) {
          await perform(one, i);
          const documents = await store.reader.select<{ n: unknown; distinct_n: unknown }>(
            raw('SELECT COUNT(*) AS n, COUNT(DISTINCT digest) AS distinct_n FROM identity_document'),
          );
          expect([Number(documents[0]!.n), Number(documents[0]!.distinct_n)]).toEqual([CHILDREN, CHILDREN]);
        }
        for (const [i, id] of ids.entries()) {
          const life = lives[i]!;
          const [[stored], [document]] = await Promise.all([
            children.childrenWhole([id]),
            children.documentsByChild([id]),
          ]);
          const versions = await children.versionsOf(id);
          const replayed = versions.map(({ name, sex, bornOn, documentKind, documentNumber }) => ({
            name, sex, bornOn, documentKind, documentNumber,
          })); // prettier-ignore
          expect([...replayed, keyFactsOf(stored!, document!)]).toEqual([...life.before, life.facts]);
          const holders = await children.holdersByChild([id]);
          expect(holders.map(({ institutionCode, ethnicity }) => [institutionCode, ethnicity])).toEqual([
            [life.holder, life.ethnicity],
          ]);
          expect(await children.changesByChild(service.area, [id])).toHaveLength(life.changes);
          if (life.facts.documentNumber !== null) {
            expect(await children.childIdByDocument(service, 'PASSPORT', life.facts.documentNumber)).toBe(id);
          }
        }
        await store.close();
      }),
      { numRuns: databases.kind === 'embedded' ? 60 : 12 },
    );
  });
});

function orderOf({ name, number }: Extract<Act, { kind: 'correct' }>, childId: string) {
  const document =
    number === undefined
      ? { documentKind: null, documentNumber: null }
      : ({ documentKind: number === null ? 'NONE' : 'PASSPORT', documentNumber: number } as const);
  return {
    correction: { childId, name, sex: null, bornOn: null, ...document },
    applicationId: newId(),
    decidedBy: 'county-330105-1',
    institutionCode: SUN,
  };
}
