import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { initKeys } from '../../embedded/keys/init.ts';
import { appendAudit } from '../../kernel/store/audit/append.ts';
import { AuditSealer } from '../../kernel/store/audit/sealer.ts';
import { verifyAudit } from '../../kernel/store/audit/verify.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { foldCounts } from '../../subgraphs/records/store/fold.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { databaseServer } from './database-server.ts';

const url = inject('databaseUrl');

describe.skipIf(url === null)('The account a subgraph serves with', () => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-grants-'));
  const server = databaseServer(url ?? 'mysql://127.0.0.1/');
  const read = (...path: string[]) => readFileSync(join(dir, ...path), 'utf8');
  let store: RecordStore;
  let serving: Connection;

  beforeAll(async () => {
    initKeys(dir, server.address);
    await server.init(dir);
    const keys = loadFieldKeys(join(dir, 'records', 'field-keys.json'));
    const migrating = await openRecordStore({ url: read('migrate', 'records-database-url'), keys });
    await migrating.close();
    store = await openRecordStore({ url: read('records', 'database-url'), keys }, { migrate: false });
    await store.transaction((tx) =>
      appendAudit(store, tx, [{ action: 'note', authority: '190102', subjectType: 'NOTE', subjectId: '1' }]),
    );
    await new AuditSealer(store).seal();
    await new AuditSealer(store).seal(new Date(Date.now() + 86_400_000));
    serving = await createConnection(read('records', 'database-url'));
  });
  afterAll(async () => {
    await serving.end();
    await store.close();
    await server.drop();
    rmSync(dir, { recursive: true, force: true });
  });

  const refusal = (statement: string) =>
    serving.query(statement).then(
      () => 'done',
      ({ code }: { code: string }) => code,
    );

  it.each([
    `UPDATE audit_entry SET account = 'x'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    'DROP TABLE audit_entry',
    'ALTER TABLE audit_entry DROP COLUMN account',
    'REPLACE INTO audit_entry SELECT * FROM audit_entry',
    `INSERT INTO audit_entry SELECT * FROM audit_entry ON DUPLICATE KEY UPDATE account = 'x'`,
    'UPDATE audit_link SET seq = 9',
    'DELETE FROM audit_link',
    'UPDATE audit_root SET seq = 9',
    'DELETE FROM audit_root',
    `GRANT DELETE ON audit_entry TO CURRENT_USER()`,
  ])('may not %s', async (statement) => {
    expect(await refusal(statement)).toMatch(
      /^ER_(TABLEACCESS|DBACCESS|COLUMNACCESS|ACCESS|SPECIFIC_ACCESS)_?DENIED/,
    );
  });

  it('has written and sealed the log, and everything in it is still there', async () => {
    expect(await verifyAudit(store, [], new Date(Date.now() + 3_600_000))).toEqual({
      chains: 1,
      links: 1,
      faults: [],
    });
  });

  it('changes rows of every other table', async () => {
    const [rows] = await serving.query('SHOW TABLES');
    const tables = (rows as Record<string, string>[]).map((row) => Object.values(row)[0]!);
    const changed = tables.filter((name) => !/^audit_|^migrations$|^typeorm_metadata$/.test(name));
    expect(changed.length).toBeGreaterThan(15);
    for (const table of changed) expect([table, await refusal(`DELETE FROM ${table} WHERE FALSE`)]).toEqual([table, 'done']); // prettier-ignore
    expect(await foldCounts(store)).toBe(0);
  });
});
