/** How much an account may take in a day, whatever the packing: each child and each guess is one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import type { Purpose } from '../../kernel/rules/purposes.ts';
import type { StoreLocation } from '../../kernel/store/open.ts';
import { sql } from '../../kernel/store/sql.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { spend, type BudgetDay } from '../../kernel/store/budget.ts';
import { openChildren } from '../../subgraphs/children/main.ts';
import { openChildStore } from '../../subgraphs/children/store/store.ts';
import { aChild, institutions, inventedId, kindergarten, SUN } from '../children/support.ts';
import { eachDatabase, embedded } from '../support/databases.ts';

const CHILDREN = 100;
const REGISTER = `mutation($input: RegisterChildrenInput!) { registerChildren(input: $input) { results { child { id } userErrors { code } } } }`;
const LIST = '{ children(first: 100) { nodes { id name } } }';
const TWICE =
  '{ a: children(first: 100) { nodes { name } } b: children(first: 100) { nodes { again: name name guardians { name } } } }';

eachDatabase('A daily budget', (databases) => {
  const day: BudgetDay = { account: 'a', day: '2026-11-28', kind: 'UNMASKED' };

  it('is taken whole or not at all, exact to the last one, by account, day and kind', async () => {
    const store = await openChildStore(await databases.fresh('budget'));
    const take = (amount: number, of: Partial<BudgetDay> = {}) => spend(store, { ...day, ...of }, amount, 10);
    expect([await take(4), await take(7), await take(6), await take(1)]).toEqual([true, false, true, false]);
    expect([
      await take(10, { account: 'b' }),
      await take(10, { day: '2026-11-29' }),
      await take(10, { kind: 'LOOKED_UP' }),
    ]).toEqual([true, true, true]);
    await store.close();
  });

  it('holds against thirty who ask at once', async () => {
    const store = await openChildStore(await databases.fresh('budget-at-once'));
    const taken = await Promise.all(Array.from({ length: 30 }, () => spend(store, day, 1, 10)));
    expect(taken.filter((was) => was)).toHaveLength(10);
    await store.close();
  });
});

describe('An account that looks at children', () => {
  let subgraph: Subgraph;
  let location: StoreLocation;
  let now = new Date('2026-09-01T02:00:00.000Z');
  const clerk = (account: string): Viewer => ({ ...kindergarten(SUN), account });
  const ask = (viewer: Viewer, query: string, purpose?: Purpose, variables: Record<string, unknown> = {}) =>
    executeSubgraph(subgraph, { query, variables }, { viewer, requestId: 'r', purpose });
  const codes = (answer: Awaited<ReturnType<typeof ask>>) => [
    ...new Set(answer.errors?.map(({ extensions }) => extensions?.['code'])),
  ];

  beforeAll(async () => {
    location = await embedded().fresh('budget-graph');
    subgraph = await openChildren({ location, peers: institutions, now: () => now });
    const items = Array.from({ length: CHILDREN }, (_, i) => aChild({}, i + 1));
    const input = { idempotencyKey: 'register', items };
    expect((await ask(clerk('entry'), REGISTER, undefined, { input })).errors).toBeUndefined();
  });
  afterAll(() => subgraph.close());

  it('pays for each child once in a request, and is refused rather than shown a mask when nothing is left', async () => {
    for (let i = 0; i < 19; i++)
      expect((await ask(clerk('reader'), LIST, 'VERIFICATION')).errors).toBeUndefined();
    expect((await ask(clerk('reader'), TWICE, 'ENROLMENT')).errors).toBeUndefined();
    const over = await ask(clerk('reader'), '{ children(first: 1) { nodes { name } } }', 'VERIFICATION');
    expect([codes(over), over.data?.['children']]).toEqual([['RATE_LIMITED'], null]);
    expect(over.errors?.[0]?.message).toContain('at most 2000 a day');
    // What is masked costs nothing, and another account and another day have budgets of their own.
    expect((await ask(clerk('reader'), LIST)).errors).toBeUndefined();
    expect((await ask(clerk('other'), LIST, 'VERIFICATION')).errors).toBeUndefined();
    now = new Date('2026-09-01T16:00:00.000Z');
    expect((await ask(clerk('reader'), LIST, 'VERIFICATION')).errors).toBeUndefined();
  });

  it('leaves one entry in the log for each child, with the fields that were opened and what for', async () => {
    const query =
      '{ children(first: 3) { nodes { id again: name name sex documents { number } guardians { phone } } } }';
    const answer = await ask(clerk('logged'), query, 'GUARDIAN_SERVICE');
    const ids = (answer.data as { children: { nodes: { id: string }[] } }).children.nodes.map(({ id }) => id);
    await ask(clerk('logged'), query);
    const store = await openChildStore(location, { migrate: false });
    const rows = await store.reader.rows(
      store.tables.auditEntry,
      sql`WHERE account = ${'logged'} ORDER BY id`,
    );
    await store.close();
    const fields = (of: string) =>
      rows.filter(({ childId }) => childId === of).flatMap((row) => row.fields ?? []);
    for (const id of ids)
      expect(fields(id).sort()).toEqual(['CHILD_NAME', 'DOCUMENT_NUMBER', 'GUARDIAN_PHONE']);
    expect(new Set(rows.map(({ childId }) => childId))).toEqual(new Set(ids));
    for (const row of rows)
      expect(row).toMatchObject({
        ...{ action: 'READ', subjectType: 'Child', purpose: 'GUARDIAN_SERVICE', authority: '330105' },
        ...{ role: 'KINDERGARTEN', areaCode: SUN, requestId: 'r' },
      });
  });

  it("learns no more by trying to register under numbers that are somebody else's", async () => {
    const register = (n: number, entries: number) => {
      const items = Array.from({ length: entries }, (_, i) => aChild({ name: '某他' }, (i % CHILDREN) + 1));
      return ask(clerk('trier'), REGISTER, undefined, { input: { idempotencyKey: `try-${n}`, items } });
    };
    for (let n = 0; n < 5; n++) expect((await register(n, 100)).errors).toBeUndefined();
    const over = await register(5, 1);
    expect([codes(over), over.data?.['registerChildren']]).toEqual([['RATE_LIMITED'], null]);
    // One that is nobody's is registered as ever.
    const input = { idempotencyKey: 'new', items: [aChild({}, 150)] };
    expect((await ask(clerk('trier'), REGISTER, undefined, { input })).errors).toBeUndefined();
  });

  it.each([1, 40, 125])('guesses five hundred numbers a day, %d to a request', async (packed) => {
    const viewer = clerk(`guesser-${packed}`);
    const guess = (n: number) => {
      const number = inventedId('2021-01-01', 'MALE', n);
      return `g${n}: childByDocument(kind: RESIDENT_ID, number: "${number}") { id }`;
    };
    let answered = 0;
    for (let n = 0; n < 520; n += packed) {
      const some = Array.from({ length: packed }, (_, i) => guess((n + i) % 400));
      const document = `{ ${[...new Set(some)].join(' ')} }`;
      const answer = await ask(viewer, document);
      if (answer.errors) {
        expect(codes(answer)).toEqual(['RATE_LIMITED']);
        expect(Object.values(answer.data ?? {}).every((one) => one === null)).toBe(true);
      } else answered += packed;
    }
    expect(answered).toBe(Math.floor(500 / packed) * packed);
  });
});
