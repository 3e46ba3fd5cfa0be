import { copyFileSync } from 'node:fs';
import { EntitySchema } from 'typeorm';
import { expect, it } from 'vitest';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { newId, toBytes } from '../../../kernel/store/ids.ts';
import { creation } from '../../../kernel/store/migration.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { openStore } from '../../../kernel/store/open.ts';
import { operationColumns, perform } from '../../../kernel/store/operation.ts';
import { raw, sql } from '../../../kernel/store/sql.ts';
import { eachSuite } from '../../support/databases.ts';

interface Stay {
  id: string;
  childId: string;
  name: string;
  fromOn: string;
  untilOn: string | null;
  at: Date;
  good: boolean;
  notes: unknown;
  secret: string;
  version: number;
}

const columns = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  childId: kit.id(),
  name: kit.text(40),
  fromOn: kit.date(),
  untilOn: kit.date({ nullable: true }),
  at: kit.instant(),
  good: kit.flag(),
  notes: kit.json(),
  secret: kit.sealed('stay.secret'),
  version: kit.int(),
  openKey: kit.oneOpen('child_id', 'until_on IS NULL'),
});
const indices = [{ name: 'stay_open', columns: ['openKey'], unique: true }];
const checks = { stay_order: 'until_on IS NULL OR until_on >= from_on' };

const definition = {
  name: 'stays',
  tables: (kit: Kit) => ({
    stay: new EntitySchema<Stay>({
      name: 'stay',
      columns: columns(kit),
      indices: indices,
      checks: Object.entries(checks).map(([name, expression]) => ({ name, expression })),
    }),
  }),
  migrations: (kit: Kit) => [
    creation('CreateStays1764000000000', kit, [
      { name: 'stay', columns: columns(kit), indices, checks },
      { name: 'operation', columns: operationColumns(kit) },
    ]),
  ],
};

const CLERK = { account: 'a', role: 'COUNTY', area: { level: 'COUNTY', code: '190102' } } as const;
const DONE = { action: 'test', authority: '190102', subjectType: 'STAY', subjectId: '1' };

const stay = (changes: Partial<Stay> = {}): Stay => ({
  id: newId(),
  childId: newId(),
  name: '𬎆·𠮷',
  fromOn: '2026-09-01',
  untilOn: null,
  at: new Date('2026-09-01T08:30:00.123Z'),
  good: true,
  notes: [{ code: 'X' }],
  secret: '保密',
  version: 1,
  ...changes,
});

eachSuite('The store', (databases) => {
  const openFresh = async () => openStore(definition, await databases.fresh('store'));

  it('gives back exactly what was put in, whatever the column kind', async () => {
    const store = await openFresh();
    const row = stay();
    await store.transaction((tx) => tx.insert(store.tables.stay, [row]));
    expect(await store.reader.rows(store.tables.stay, sql`WHERE id = ${toBytes(row.id)}`)).toEqual([row]);
    await store.close();
  });

  it('needs no further change after migrating', async () => {
    const store = await openFresh();
    expect(await store.drift()).toEqual([]);
    await store.close();
  });

  it('keeps at most one open row, by the database itself', async () => {
    const store = await openFresh();
    const first = stay();
    const again = stay({ childId: first.childId });
    await store.transaction((tx) => tx.insert(store.tables.stay, [first]));
    await expect(store.transaction((tx) => tx.insert(store.tables.stay, [again]))).rejects.toThrow(Conflict);
    await store.transaction(async (tx) => {
      await tx.update(store.tables.stay, [{ before: first, after: { ...first, untilOn: '2026-10-01' } }]);
      await tx.insert(store.tables.stay, [again]);
    });
    const open = await store.reader.rows(store.tables.stay, sql`WHERE open_key IS NOT NULL`);
    expect(open.map(({ id }) => id)).toEqual([again.id]);
    await store.close();
  });

  it('refuses a row that breaks a check, and leaves nothing of its transaction', async () => {
    const store = await openFresh();
    const backwards = stay({ untilOn: '2026-08-01' });
    await expect(
      store.transaction((tx) => tx.insert(store.tables.stay, [stay(), backwards])),
    ).rejects.toThrow(/The database refused/);
    expect(await store.reader.rows(store.tables.stay, raw(''))).toEqual([]);
    await store.close();
  });

  it('never shows a value in what it throws', async () => {
    const store = await openFresh();
    const row = stay({ name: 'x'.repeat(5), untilOn: '2026-08-01', secret: '绝密' });
    const error = await store
      .transaction((tx) => tx.insert(store.tables.stay, [row]))
      .catch((e: unknown) => e);
    const { name, message } = error as Error;
    expect(JSON.stringify({ ...(error as object), name, message })).toMatch(
      /^\{"name":"StoreFault","code":"\w+","message":"The database refused \(\w+\)."\}$/,
    );
    await store.close();
  });

  it('tells the second of two who change the same version', async () => {
    const store = await openFresh();
    const row = stay();
    await store.transaction((tx) => tx.insert(store.tables.stay, [row]));
    const change = (name: string) =>
      store.transaction((tx) => tx.update(store.tables.stay, [{ before: row, after: { ...row, name } }]));
    const outcomes = await Promise.allSettled([change('a'), change('b')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await store.close();
  });

  it('changes many rows in few statements, each to its own new state, or none of them', async () => {
    const store = await openFresh();
    const rows = Array.from({ length: 100 }, () => stay());
    await store.transaction((tx) => tx.insert(store.tables.stay, rows));
    const closed = rows.map((before, i) => ({
      before,
      after: {
        ...before,
        untilOn: '2026-10-01',
        name: `n${i}`,
        secret: i % 2 === 0 ? `s${i}` : before.secret,
      },
    }));
    const before = store.stats.statements;
    await store.transaction((tx) => tx.update(store.tables.stay, closed));
    expect(store.stats.statements - before).toBeLessThanOrEqual(8);
    const found = await store.reader.rows(store.tables.stay, raw(''));
    const byId = new Map(found.map((row) => [row.id, row]));
    for (const { after } of closed) expect(byId.get(after.id)).toEqual({ ...after, version: 2 });
    const stale = { before: rows[99]!, after: { ...rows[99]!, name: 'late' } };
    const fresh = { before: byId.get(rows[0]!.id)!, after: { ...byId.get(rows[0]!.id)!, name: 'lost' } };
    await expect(store.transaction((tx) => tx.update(store.tables.stay, [fresh, stale]))).rejects.toThrow(
      Conflict,
    );
    const after = await store.reader.rows(store.tables.stay, raw(''));
    expect(after.filter(({ name }) => name === 'late' || name === 'lost')).toEqual([]);
    await store.close();
  });

  it('does not mix two transactions that run at the same time', async () => {
    const store = await openFresh();
    const failing = store.transaction(async (tx) => {
      await tx.insert(store.tables.stay, [stay()]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('changed my mind');
    });
    const kept = stay();
    const succeeding = store.transaction((tx) => tx.insert(store.tables.stay, [kept]));
    await expect(failing).rejects.toThrow('changed my mind');
    await succeeding;
    expect((await store.reader.rows(store.tables.stay, raw(''))).map(({ id }) => id)).toEqual([kept.id]);
    await store.close();
  });

  it('performs an act once per key, also when twenty ask at the same time', async () => {
    const store = await openFresh();
    const act = () =>
      perform(store, {
        viewer: CLERK,
        idempotencyKey: 'k',
        input: { n: 1 },
        gather: () => Promise.resolve(null),
        async write(tx) {
          const row = stay();
          await tx.insert(store.tables.stay, [row]);
          await appendAudit(store, tx, [DONE]);
          return { id: row.id };
        },
        refuse: (errors) => ({ id: errors[0]!.code }),
      });
    const answers = await Promise.all(Array.from({ length: 20 }, act));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await store.reader.rows(store.tables.stay, raw(''))).length).toBe(1);
    await store.close();
  });

  it('refuses another request under a key that is taken', async () => {
    const store = await openFresh();
    const act = (input: object) =>
      perform(store, {
        viewer: CLERK,
        idempotencyKey: 'k',
        input,
        gather: () => Promise.resolve(null),
        write: () => Promise.resolve('done'),
        refuse: ([error]) => error!.code as string,
      });
    expect([await act({ n: 1 }), await act({ n: 2 }), await act({ n: 1 })]).toEqual([
      'done',
      'IDEMPOTENCY_KEY_REUSED',
      'done',
    ]);
    await store.close();
  });

  const onFile = databases.kind === 'embedded' ? it : () => undefined;
  onFile('leaves everything in the file itself when it is closed', async () => {
    const location = await databases.fresh('store');
    const store = await openStore(definition, location);
    await store.transaction((tx) => tx.insert(store.tables.stay, [stay(), stay()]));
    await store.reader.rows(store.tables.stay, raw(''));
    await store.close();
    const copy = `${location.url}-copy`;
    copyFileSync(location.url.slice('sqlite:'.length), copy.slice('sqlite:'.length));
    const restored = await openStore(definition, { ...location, url: copy });
    expect((await restored.reader.rows(restored.tables.stay, raw(''))).length).toBe(2);
    await restored.close();
  });

  // Deadlocks and lost connections are faults of a server; a file has neither.
  if (databases.kind === 'embedded') return;

  it('repeats a transaction that lost a deadlock, and counts it', async () => {
    const store = await openFresh();
    const [a, b] = [stay({ name: 'a' }), stay({ name: 'b' })];
    await store.transaction((tx) => tx.insert(store.tables.stay, [a, b]));
    const crossing = (first: Stay, second: Stay) =>
      store.transaction(async (tx) => {
        const touch = (id: string) =>
          tx.execute(sql`UPDATE stay SET name = ${'x'} WHERE id = ${toBytes(id)}`);
        await touch(first.id);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await touch(second.id);
      });
    await Promise.all([crossing(a, b), crossing(b, a)]);
    expect(store.stats.retries).toBeGreaterThanOrEqual(1);
    await store.close();
  });

  it('finishes an act once whose connection was cut', async () => {
    const store = await openFresh();
    let attempts = 0;
    const answer = await perform(store, {
      viewer: CLERK,
      idempotencyKey: 'cut',
      input: {},
      gather: () => Promise.resolve(null),
      async write(tx) {
        attempts++;
        await tx.insert(store.tables.stay, [stay()]);
        // The server ends this very connection, as a restart or a network fault would.
        if (attempts === 1) await tx.select(sql`KILL CONNECTION_ID()`).catch(() => undefined);
        await tx.insert(store.tables.stay, [stay()]);
        await appendAudit(store, tx, [DONE]);
        return 'done';
      },
      refuse: () => 'refused',
    });
    expect([answer, attempts, (await store.reader.rows(store.tables.stay, raw(''))).length]).toEqual([
      'done',
      2,
      2,
    ]);
    await store.close();
  });
});
