import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntitySchema } from 'typeorm';
import { afterAll, expect, it } from 'vitest';
import { addKey, removeKey } from '../../../kernel/store/key-file.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { creation } from '../../../kernel/store/migration.ts';
import { openStore } from '../../../kernel/store/open.ts';
import { reseal, sealedBy } from '../../../kernel/store/reseal.ts';
import { loadFieldKeys } from '../../../kernel/store/seal.ts';
import { raw, sql } from '../../../kernel/store/sql.ts';
import { eachDatabase } from '../../support/databases.ts';

interface Person {
  id: string;
  seq: number;
  name: string;
  phone: string | null;
  history: unknown;
  version: number;
}

const columns = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  seq: kit.int({ primary: true }),
  name: kit.sealed('person.name'),
  phone: kit.sealed('person.phone', { nullable: true }),
  history: kit.sealedJson('person.history'),
  version: kit.int(),
});
const definition = {
  name: 'people',
  tables: (kit: Kit) => ({
    person: new EntitySchema<Person>({ name: 'person', columns: columns(kit) }),
    plain: new EntitySchema<{ id: string }>({ name: 'plain', columns: { id: kit.id({ primary: true }) } }),
  }),
  migrations: (kit: Kit) => [
    creation('CreatePeople1764000000000', kit, [
      { name: 'person', columns: columns(kit) },
      { name: 'plain', columns: { id: kit.id({ primary: true }) } },
    ]),
  ],
};
const PEOPLE = 450;
const LATER = new Date(Date.now() + 60_000);

eachDatabase('Changing the key personal values are sealed with', (databases) => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-reseal-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  let files = 0;

  async function scene() {
    const file = join(dir, `keys-${files++}.json`);
    const { url } = await databases.fresh('reseal');
    const open = (suite: 'aes' | 'gm' = 'aes') =>
      openStore(definition, { url, keys: loadFieldKeys(file, { create: true, suite }) });
    const store = await open();
    const people = Array.from({ length: PEOPLE }, (_, i): Person => ({
      ...{ id: newId(), seq: i % 3, name: `某${i}`, phone: i % 2 ? `1990000${1000 + i}` : null },
      ...{ history: [{ name: `某${i}` }], version: 1 },
    })).sort((a, b) => (a.id < b.id ? -1 : 1));
    await store.transaction((tx) => tx.insert(store.tables.person, people));
    return { file, open, store, people };
  }
  type Store = Awaited<ReturnType<typeof scene>>['store'];
  const all = (store: Store) => store.reader.rows(store.tables.person, raw('ORDER BY id, seq'));

  it('knows where personal values are', async () => {
    const { store } = await scene();
    expect(store.sealedTables()).toEqual([
      {
        name: 'person',
        key: ['id', 'seq'],
        sealed: [
          { column: 'name', boundTo: 'person.name' },
          { column: 'phone', boundTo: 'person.phone' },
          { column: 'history', boundTo: 'person.history' },
        ],
      },
    ]);
    await store.close();
  });

  it('loses no change of those who write meanwhile, and leaves nothing under the key before', async () => {
    const { file, open, store, people } = await scene();
    const rotating = await open();
    const expected = new Map(people.map((one) => [one.id, one]));
    const write = async (turn: number) => {
      const id = people[(turn * 7) % PEOPLE]!.id;
      const [before] = await store.reader.rows(store.tables.person, sql`WHERE id = ${toBytes(id)}`);
      const after = { ...before!, name: `改${turn}`, history: [{ turn }] };
      await store.transaction((tx) => tx.update(store.tables.person, [{ before: before!, after }]));
      expected.set(id, { ...after, version: before!.version + 1 });
    };
    const writing = (async () => {
      for (let turn = 0; turn < 60; turn++) await write(turn);
    })();
    expect(addKey(file)).toBe(2);
    const first = await reseal({ ...rotating, keys: loadFieldKeys(file) });
    await writing;
    expect(first).toBeGreaterThan(0);
    const fresh = { ...rotating, keys: loadFieldKeys(file) };
    while ((await reseal(fresh)) > 0);
    expect([...(await sealedBy(fresh)).keys()]).toEqual([2]);
    removeKey(file, 1, LATER);
    const reopened = await open();
    expect(await all(reopened)).toEqual([...expected.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    for (const one of [reopened, rotating, store]) await one.close();
  });

  it('goes on where it was broken off', async () => {
    const { file, open, store, people } = await scene();
    addKey(file);
    const rotating = await open();
    const broken = reseal(rotating, () => {
      throw new Conflict();
    });
    await expect(broken).rejects.toThrow(Conflict);
    const half = await sealedBy(rotating);
    expect([half.get(1)! > 0, half.get(2)! > 0]).toEqual([true, true]);
    const left = half.get(1)!;
    expect(await reseal(rotating)).toBe(left);
    expect(await reseal(rotating)).toBe(0);
    expect(await all(rotating)).toEqual(people);
    for (const one of [rotating, store]) await one.close();
  });

  it('also takes values from one suite to the other', async () => {
    const { open, store, people } = await scene();
    const gm = await open('gm');
    expect(await reseal(gm)).toBe(PEOPLE * 2 + PEOPLE / 2);
    const [row] = await gm.reader.select<{ name: Buffer }>(sql`SELECT name FROM person LIMIT 1`);
    expect(row!.name[0]).toBe(2);
    expect(await all(store)).toEqual(people);
    for (const one of [gm, store]) await one.close();
  });
});
