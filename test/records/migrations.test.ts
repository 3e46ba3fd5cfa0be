import { EntitySchema } from 'typeorm';
import { expect, it } from 'vitest';
import { Conflict } from '../../kernel/store/errors.ts';
import type { Kit } from '../../kernel/store/kit.ts';
import { openStore } from '../../kernel/store/open.ts';
import { raw } from '../../kernel/store/sql.ts';
import type { Application } from '../../subgraphs/records/model.ts';
import * as columns from '../../subgraphs/records/store/columns.ts';
import { INDICES } from '../../subgraphs/records/store/indices.ts';
import { create } from '../../subgraphs/records/store/migrations/1-create.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { application, put, read } from './support.ts';

const before = (kit: Kit) => ({
  application: new EntitySchema<{ id: string }>({
    name: 'application',
    columns: columns.application(kit),
    indices: INDICES.application,
  }),
});

eachDatabase('A database made before there was a calendar', (databases) => {
  const made = async (rows: readonly Application[]) => {
    const location = await databases.fresh('before');
    const migrations = (kit: Kit) => [create(kit)];
    const old = await openStore({ name: 'records', tables: before, migrations }, location);
    await old.transaction((tx) => tx.insert(old.tables.application, rows));
    return { location, old };
  };

  it('keeps its applications, each due as before under the first version', async () => {
    const rows = [application('ENROLMENT', '2026-09-01'), application('ENROLMENT', '2026-09-01', 'REFUSED')];
    const { location, old } = await made(rows);
    await old.close();
    const store = await openRecordStore(location);
    for (const row of rows) expect(await read(store, row.id)).toEqual(row);
    expect(await store.drift()).toEqual([]);
    const second = { ...application('ENROLMENT', '2026-09-01'), recordId: rows[0]!.recordId };
    await expect(put(store, [second])).rejects.toThrow(Conflict);
    await store.close();
  });

  // On the MySQL family every change of a table stands at once, so half a migration may be there already.
  it('is migrated to the end though the first attempt broke off', async () => {
    const row = application('ENROLMENT', '2026-09-01');
    const { location, old } = await made([row]);
    const half = raw('ALTER TABLE application ADD COLUMN due_rule varchar(30) NULL');
    await old.transaction((tx) => tx.execute(half));
    await old.close();

    const store = await openRecordStore(location);
    expect(await read(store, row.id)).toEqual(row);
    expect(await store.drift()).toEqual([]);
    await store.close();
  });
});
