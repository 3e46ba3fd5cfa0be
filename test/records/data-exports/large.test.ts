import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadFieldKeys } from '../../../kernel/store/seal.ts';
import type { StoreLocation } from '../../../kernel/store/open.ts';
import { NATION } from '../../../kernel/rules/viewer.ts';
import { raw } from '../../../kernel/store/sql.ts';
import { openChildStore } from '../../../subgraphs/children/store/store.ts';
import { traceIn } from '../../../subgraphs/records/service/data-exports/trace.ts';
import { dataExportQueries } from '../../../subgraphs/records/store/data-exports.ts';
import { openRecordStore, type RecordStore } from '../../../subgraphs/records/store/store.ts';
import { eachDatabase, type Databases } from '../../support/databases.ts';
import { deciding, opening } from '../../support/story.ts';
import { startWorld, type World } from '../../support/world.ts';
import { fill, person } from './many.ts';
import { exporting, sheetOf } from './support.ts';

/** `npm run test:long` makes it 10,000. */
const ROWS = Number(process.env['EXPORT_ROWS'] ?? 1_200);
const PARTS = Math.floor(ROWS / 500) + 1;
/** Statements for a page; on SQLite, where none is a round trip, many rows are inserted by several. */
const PER_PAGE = { embedded: 23, MariaDB: 11 };
const LAW = { profile: 'IDENTIFIED', ground: 'LAW', groundReference: '示例法第八条' };
const BY_NAME = ['CHILD_NAME', 'DOCUMENT', 'BIRTH_DATE', 'GUARDIAN_PHONE'];
const suite = process.env['CRYPTO_SUITE'] === 'gm' ? 'gm' : 'aes';

/** Databases whose keys lie in a file this test knows, and whose places it remembers. */
function known(databases: Databases, dir: string) {
  const places = new Map<string, StoreLocation>();
  const keysFile = join(dir, 'field-keys.json');
  const keys = loadFieldKeys(keysFile, { create: true, suite });
  const fresh = async (name: string) => {
    const place = places.get(name) ?? { ...(await databases.fresh(name)), keys };
    places.set(name, place);
    return place;
  };
  return { databases: { ...databases, fresh }, keysFile };
}

eachDatabase(`An export of ${ROWS} children`, (given) => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-exports-'));
  const { databases, keysFile } = known(given, dir);
  let clock = '2026-11-23T02:00:00.000Z';
  let world: World;
  let exports: ReturnType<typeof exporting>;
  let records: StoreLocation;
  let store: RecordStore;

  beforeAll(async () => {
    // Nothing is made but when a test says so.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    records = await databases.fresh('records');
    await fill(records, await databases.fresh('children'), ROWS);
    world = await startWorld({ databases, wiring: 'in one process', now: () => new Date(clock) });
    exports = exporting(world);
    store = await openRecordStore(records, { migrate: false });
  }, 120_000);
  afterAll(async () => {
    vi.useRealTimers();
    await store.close();
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** As an operator traces it. */
  const traced = (text: string) => {
    const file = join(dir, 'found.csv');
    writeFileSync(file, text);
    const env = { ...process.env, DATABASE_URL_RECORDS: records.url, DATA_DIR: dir, CRYPTO_SUITE: suite };
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', './test/support/typescript.js', 'embedded/exports.ts', 'trace', file],
      { env, encoding: 'utf8' },
    );
    return { status, ...(status === 0 ? (JSON.parse(stdout) as object) : {}) };
  };
  const statements = () => world.subgraphs.reduce((sum, { stats }) => sum + stats.statements, 0);
  const approved = async (changes: object) => {
    const { dataExport } = await exports.request(opening, changes);
    await exports.act(deciding, 'approveDataExport', { exportId: dataExport!.id });
    return dataExport!.id;
  };
  const shown = async (id: string) =>
    (
      await world.data<{ dataExport: { state: string; parts: number; lineCount: number } }>(
        opening,
        'query($id: ID!) { dataExport(id: $id) { state parts lineCount } }',
        { id },
      )
    ).dataExport;

  it('costs per page of 500 one question to each side and one transaction, and keeps no more than pages', async () => {
    const id = await approved({ ...LAW, fields: BY_NAME });
    await exports.made();
    const idle = statements();
    await exports.made();
    const perTick = statements() - idle;
    const second = await approved({ ...LAW, fields: BY_NAME });
    const before = statements();
    const heap = process.memoryUsage().heapUsed;
    await exports.made();
    // Records; child, seals, documents, guardians of children; and begin, export, part, log, commit.
    expect(statements() - before - perTick).toBeLessThanOrEqual(PARTS * PER_PAGE[databases.kind] + 4);
    expect((process.memoryUsage().heapUsed - heap) / 1e6).toBeLessThan(100);
    for (const one of [id, second])
      expect(await shown(one)).toEqual({ state: 'READY', parts: PARTS, lineCount: ROWS });
    const { lines } = sheetOf(await exports.file(opening, second));
    const everybody = Array.from({ length: ROWS }, (_, n) => {
      const { name, number, bornOn } = person(n);
      // A phone that begins like a formula is text in the sheet.
      return [name, `RESIDENT_ID ${number}`, bornOn, n === 0 ? "'+86 199" : '19900000000'].join('|');
    });
    expect(lines).toEqual(everybody.sort());
  }, 120_000);

  it('goes on where it was when its process was killed, with nobody missing and nobody twice', async () => {
    const id = await approved({ fields: ['RECORD_NUMBER', 'SEX', 'COUNTY'] });
    const program = [
      ...['--import', './test/support/typescript.js', 'test/records/data-exports/maker.program.ts'],
      ...[records.url, keysFile],
    ];
    const run = (killedAt: string) =>
      spawnSync(process.execPath, [...program, clock, killedAt], { encoding: 'utf8' });
    // It is killed when it has written a part, and is about to write the second.
    expect(run('4').signal).toBe('SIGKILL');
    const left = await shown(id);
    expect(left).toEqual({ state: 'APPROVED', parts: 1, lineCount: 500 });
    // The minute it had taken it for is not over yet: others leave it alone.
    await exports.made();
    expect(await shown(id)).toEqual(left);
    clock = '2026-11-23T02:01:01.000Z';
    await exports.made();
    expect(await shown(id)).toEqual({ state: 'READY', parts: PARTS, lineCount: ROWS });
    const { lines } = sheetOf(await exports.file(opening, id));
    expect(new Set(lines).size).toBe(ROWS);
  }, 120_000);

  it('has no sealed child in it, also while only one of the two sides knows', async () => {
    const [first, second] = await store.reader.rows(store.tables.record, raw('ORDER BY id LIMIT 2'));
    const children = await openChildStore(await databases.fresh('children'), { migrate: false });
    const seal = (childId: string) => [{ childId, sealed: true, seq: 1 }];
    await store.transaction((tx) => tx.insert(store.tables.sealedChild, seal(first!.childId)));
    await children.transaction((tx) => tx.insert(children.tables.sealedChild, seal(second!.childId)));
    const id = await exports.ready(opening, deciding, { ...LAW, fields: ['CHILD_NAME', 'RECORD_NUMBER'] });
    const { lines } = sheetOf(await exports.file(opening, id));
    expect(lines).toHaveLength(ROWS - 2);
    for (const { number } of [first!, second!]) expect(lines.join()).not.toContain(number!);
    await store.transaction((tx) => tx.execute(raw('DELETE FROM sealed_child')));
    await children.transaction((tx) => tx.execute(raw('DELETE FROM sealed_child')));
    await children.close();
  }, 120_000);

  it('is traced to whom it was given from twenty lines with columns removed', async () => {
    const changes = { ...LAW, fields: BY_NAME };
    const [first, second] = [
      await exports.ready(opening, deciding, { ...changes, recipient: '示例研究院' }),
      await exports.ready(opening, deciding, { ...changes, recipient: '示例统计局' }),
    ];
    const pseudonymous = await exports.ready(opening, deciding, { fields: ['RECORD_NUMBER', 'SEX'] });
    const excerpt = async (id: string) => (await exports.file(opening, id)).split('\r\n').slice(600, 620);
    const columns = (lines: string[], ...kept: number[]) =>
      lines.map((line) => kept.map((n) => line.split(',')[n]).join(',')).join('\n');
    const plain = (text: string) => text.replaceAll('"', '');
    const all = await dataExportQueries(store).dataExports({ area: NATION, state: null }, 100, null);
    const trace = (text: string) =>
      traceIn(text, all).map(({ dataExport: { id, recipient }, by }) => ({ id, by, recipient }));
    const of = (id: string, by: string, recipient: string) => [{ id, by, recipient }];
    const lines = await excerpt(second);
    // Only the tags; only names and numbers, in the quotes they stand in; a pseudonym somebody copied out.
    expect(trace(plain(columns(lines, 0)))).toEqual(of(second, 'TAG', '示例统计局'));
    expect(trace(columns(lines, 1, 2))).toEqual(of(second, 'QUOTES', '示例统计局'));
    expect(trace(columns(await excerpt(first), 1, 3))).toEqual(of(first, 'QUOTES', '示例研究院'));
    expect(trace(plain(columns(await excerpt(pseudonymous), 1)))).toEqual(
      of(pseudonymous, 'PSEUDONYM', '示例大学教育学院'),
    );
    // Names alone that somebody has typed out say nothing, and nobody is accused.
    expect(trace(plain(columns(lines, 1)))).toEqual([]);
    // By the command, which reads the same wherever the rows lie.
    if (databases.kind === 'embedded')
      expect(traced(columns(lines, 1, 2))).toMatchObject({ status: 0, export: second, by: 'QUOTES' });
  }, 120_000);
});
