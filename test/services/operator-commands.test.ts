/** What operators and auditors type, as the processes they start: over databases that lie there, and killed in the middle. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit, systemActor } from '../../kernel/store/audit/append.ts';
import { AuditSealer } from '../../kernel/store/audit/sealer.ts';
import { sealedBy } from '../../kernel/store/reseal.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { raw, sql } from '../../kernel/store/sql.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { fill } from '../records/data-exports/many.ts';

const RECORDS = 4_000;
const suite = process.env['CRYPTO_SUITE'] === 'gm' ? 'gm' : 'aes';
const TYPESCRIPT = ['--import', './test/support/typescript.js'];

describe('The commands', () => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-commands-'));
  const keysFile = join(dir, 'field-keys.json');
  const place = (name: string) => ({
    url: `sqlite:${join(dir, `${name}.sqlite`)}`,
    keys: loadFieldKeys(keysFile, { create: true, suite }),
  });
  const env = { ...process.env, DATA_DIR: dir };
  const run = (program: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, program, ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, lines: (stdout + stderr).trim().split('\n') };
  };
  const audit = (...args: string[]) => run('clients/cli/main.ts', 'audit', ...args, 'records');
  const keys = (...args: string[]) => run('embedded/keys.ts', ...args, 'records');
  let store: RecordStore;

  beforeAll(async () => {
    await fill(place('records'), place('children'), RECORDS);
    store = await openRecordStore(place('records'), { migrate: false });
    for (const authority of ['330110', '330106', '330110'])
      await store.transaction((tx) =>
        appendAudit(
          store,
          tx,
          [{ action: 'approveApplication', authority, subjectType: 'RECORD', subjectId: 'r-1' }],
          systemActor('county-clerk'),
        ),
      );
    await new AuditSealer(store).seal();
  });
  afterAll(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('audit verify finds every chain whole, roots say where they stand, export prints what was done', async () => {
    const roots = audit('roots');
    expect(roots.status).toBe(0);
    expect(roots.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { subgraph: 'records', authority: '330106', seq: 1 },
      { subgraph: 'records', authority: '330110', seq: 2 },
    ]);
    writeFileSync(join(dir, 'roots.jsonl'), roots.lines.join('\n'));
    expect(
      audit('export', '--authority', '330106').lines.map((line) => JSON.parse(line) as object),
    ).toMatchObject([
      { subgraph: 'records', action: 'approveApplication', account: 'county-clerk', authority: '330106' },
    ]);
    expect(audit('verify', '--roots', join(dir, 'roots.jsonl'))).toEqual({
      status: 0,
      lines: ['records: 2 chains, 3 entries, 0 faults (2 roots)'],
    });
    // Somebody with the file takes the last entry of a chain away, and its link: only the roots kept elsewhere know.
    const [last] = await store.reader.rows(
      store.tables.auditLink,
      sql`WHERE authority = ${'330110'} ORDER BY seq DESC LIMIT 1`,
    );
    await store.transaction(async (tx) => {
      await tx.execute(sql`DELETE FROM audit_link WHERE authority = ${'330110'} AND seq = ${last!.seq}`);
      await tx.execute(
        raw(`DELETE FROM audit_entry WHERE hex(id) = '${last!.entryId.replaceAll('-', '').toUpperCase()}'`),
      );
    });
    const verified = audit('verify', '--roots', join(dir, 'roots.jsonl'));
    expect(verified.status).toBe(1);
    expect(verified.lines.at(-1)).toBe('records: 2 chains, 2 entries, 1 faults (2 roots)');
    expect(verified.lines[0]).toMatch(/^records 330110 #2: /);
  }, 240_000);

  it('keys rotate goes on after a kill, and keys retire refuses while one value is left', async () => {
    const sealed = async () => Object.fromEntries(await sealedBy(store));
    const before = Object.values(await sealed()).reduce((sum, n) => sum + n, 0);
    const rotating = spawn(process.execPath, [...TYPESCRIPT, 'embedded/keys.ts', 'rotate', 'records'], {
      env,
    });
    const ended = new Promise((resolve) => rotating.once('exit', (_, signal) => resolve(signal)));
    for (let some = 0; some === 0; some = (await sealed())[2] ?? 0) await wait(5);
    rotating.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const left = await sealed();
    expect([left[1]! > 0, left[2]! > 0, left[1]! + left[2]!]).toEqual([true, true, before]);
    // Both keys are in the file, and every value can be read by one of them.
    const stored = JSON.parse(readFileSync(keysFile, 'utf8')) as { current: number; keys: object };
    expect([stored.current, Object.keys(stored.keys)]).toEqual([2, ['1', '2']]);
    expect(
      new Set((await store.reader.rows(store.tables.record, raw(''))).map(({ number }) => number)).size,
    ).toBe(RECORDS);
    const refused = keys('retire', '1');
    expect([refused.status, refused.lines[0]]).toEqual([
      2,
      `records 尚有 ${left[1]} 项用密钥 1 加密。${left[1]} values in records are sealed with key 1; reseal first.`,
    ]);
    expect(keys('reseal')).toEqual({
      status: 0,
      lines: [`records: 重新加密 ${left[1]} 项。${left[1]} values sealed anew.`],
    });
    expect(await sealed()).toEqual({ 2: before });
    expect(keys('retire', '1')).toEqual({ status: 0, lines: ['密钥 1 已移除。Key 1 is removed.'] });
    expect(Object.keys((JSON.parse(readFileSync(keysFile, 'utf8')) as { keys: object }).keys)).toEqual(['2']);
  }, 240_000);

  it('are refused the Chinese suite where OpenSSL lacks its algorithms, before anything is touched', () => {
    const preload = `import crypto from 'node:crypto'; import { syncBuiltinESMExports } from 'node:module';
      crypto.getCiphers = () => ['aes-256-gcm']; syncBuiltinESMExports();`;
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        ...TYPESCRIPT,
        '--import',
        `data:text/javascript,${encodeURIComponent(preload)}`,
        'embedded/keys.ts',
        'reseal',
      ],
      { env: { ...env, CRYPTO_SUITE: 'gm' }, encoding: 'utf8' },
    );
    expect([status, stderr.includes('CRYPTO_SUITE: this OpenSSL has no SM4-CTR or no SM3')]).toEqual([
      2,
      true,
    ]);
  }, 120_000);
});
