import fc from 'fast-check';
import { expect, it } from 'vitest';
import { raw } from '../../kernel/store/sql.ts';
import type { NewChild } from '../../subgraphs/children/rules/new-child.ts';
import { eachDatabase } from '../support/databases.ts';
import { aChild, inventedId, kindergarten, MOON, openService, STAR, SUN } from './support.ts';

/** Few documents, names and kindergartens, so that entries meet. */
const entry = fc.record({
  n: fc.integer({ min: 0, max: 3 }),
  name: fc.constantFrom('某甲', '某乙'),
  kindergarten: fc.constantFrom(SUN, MOON, STAR),
});
type Entry = typeof entry extends fc.Arbitrary<infer E> ? E : never;

const childOf = ({ n, name }: Entry): NewChild =>
  aChild({ name, documentNumber: inventedId('2022-05-20', 'FEMALE', n) });

/** What must come out, said without any database: the first to bring a document names its child. */
function expected(entries: readonly Entry[]) {
  const owner = new Map<number, string>();
  const holders = new Set<string>();
  const verdicts = entries.map(({ n, name, kindergarten }) => {
    const known = owner.get(n);
    if (known !== undefined && known !== name) return 'another';
    owner.set(n, name);
    holders.add(`${n} ${kindergarten}`);
    return known === undefined ? 'created' : 'known';
  });
  return { verdicts, children: owner.size, holders: holders.size };
}

eachDatabase('Registering by document', (databases) => {
  it('comes to the same children, however the entries are cut into batches and repeated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (entries, size) => {
          const { store, children } = await openService(await databases.fresh('children-property'));
          const count = async (table: string) =>
            Number(
              (await store.reader.select<{ n: unknown }>(raw(`SELECT COUNT(*) AS n FROM ${table}`)))[0]!.n,
            );
          const ids = new Map<number, Set<string>>();
          const verdicts: string[] = [];
          for (const [i, batch] of batches(entries, size).entries()) {
            const viewer = kindergarten(batch[0]!.kindergarten);
            const act = () => children.registerChildren(viewer, `key-${i}`, null, batch.map(childOf));
            const { results } = await act();
            expect(await act()).toEqual({ results, userErrors: [] });
            results.forEach(({ childId, created, userErrors }, j) => {
              verdicts.push(created ? 'created' : userErrors.length > 0 ? 'another' : 'known');
              const { n } = batch[j]!;
              if (childId !== null) ids.set(n, (ids.get(n) ?? new Set()).add(childId));
            });
          }
          const should = expected(entries);
          expect(verdicts).toEqual(should.verdicts);
          expect(await count('child')).toBe(should.children);
          expect(await count('identity_document')).toBe(should.children);
          expect(await count('child_holder')).toBe(should.holders);
          expect([...ids.values()].every((one) => one.size === 1)).toBe(true);
          await store.close();
        },
      ),
      { numRuns: databases.kind === 'embedded' ? 60 : 12 },
    );
  });
});

/** In order, each of one kindergarten and at most `size` long. */
function batches(entries: readonly Entry[], size: number): Entry[][] {
  const all: Entry[][] = [];
  for (const one of entries) {
    const last = all.at(-1);
    if (last && last.length < size && last[0]!.kindergarten === one.kindergarten) last.push(one);
    else all.push([one]);
  }
  return all;
}
