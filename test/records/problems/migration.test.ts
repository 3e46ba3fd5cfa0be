import { expect, it } from 'vitest';
import { columnKit } from '../../../kernel/store/kit.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { raw } from '../../../kernel/store/sql.ts';
import { dialectOf, mysql, SnakeCase, sqlite, type StoreLocation } from '../../../kernel/store/sources.ts';
import { problemCases } from '../../../subgraphs/records/store/migrations/11-problem-cases.ts';
import { openRecordStore } from '../../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../../support/databases.ts';

/** A runner of the very connection migrations run on. */
async function migrating(location: StoreLocation) {
  const dialect = await dialectOf(location.url);
  const shared = { entities: [], migrations: [], namingStrategy: new SnakeCase(), logging: false as const };
  const { writer } = dialect === 'sqlite' ? sqlite(location, shared) : mysql(dialect, location, shared);
  await writer.initialize();
  const body = new (problemCases(columnKit(dialect, location.keys)))();
  const runner = writer.createQueryRunner();
  return {
    runner,
    up: () => body.up(runner),
    down: () => body.down(runner),
    async close() {
      await runner.release();
      await writer.destroy();
    },
  };
}

eachDatabase('The migration that brings problem cases', (databases) => {
  it('goes back and forth, and loses no number', async () => {
    const location = await databases.fresh('problems');
    const store = await openRecordStore(location);
    const number = {
      ...{ number: 'L190101202210160001', digest: '07'.repeat(16), claim: 0, recordId: newId(), seq: 1 },
      ...{ issuedOn: '2026-11-23', endedOn: null, endReason: null },
    };
    await store.transaction((tx) => tx.insert(store.tables.recordNumber, [number]));
    const before = await store.reader.rows(store.tables.recordNumber, raw(''));
    await store.close();

    const migration = await migrating(location);
    await migration.down();
    expect(await migration.runner.hasTable('problem_case')).toBe(false);
    const table = (await migration.runner.getTable('record_number'))!;
    expect(table.columns.map(({ name }) => name)).not.toContain('claim');
    expect(table.primaryColumns.map(({ name }) => name)).toEqual(['digest']);
    expect(await migration.runner.query('SELECT COUNT(*) AS n FROM record_number')).toEqual([{ n: expect.anything() as unknown }]);
    await migration.up();
    // Half of it may stand already where a first attempt broke off.
    await migration.up();
    await migration.close();

    const again = await openRecordStore(location);
    expect(await again.drift()).toEqual([]);
    expect(await again.reader.rows(again.tables.recordNumber, raw(''))).toEqual(before);
    await again.close();
  });
}); // prettier-ignore
