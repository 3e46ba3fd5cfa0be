import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CalendarYear } from '../../kernel/rules/calendar-year.ts';
import { seedCalendar } from '../../subgraphs/records/service/load-calendar.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { noticeOf2027 } from '../support/notice.ts';
import { application, now, put, years } from './support.ts';

const dir = mkdtempSync(join(tmpdir(), 'xueji-calendar-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function calendarCommand(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', './test/support/typescript.js', 'embedded/calendar.ts', ...args],
    { env: { ...process.env, DATA_DIR: dir, ...env }, encoding: 'utf8' },
  );
  return { status, told: (stdout + stderr).trim() };
}

function fileOf(name: string, year: CalendarYear | string): string {
  const file = join(dir, name);
  writeFileSync(file, typeof year === 'string' ? year : JSON.stringify(year));
  return file;
}

eachDatabase('npm run calendar', (databases) => {
  it('imports a notice, and again without effect', async () => {
    const location = await databases.fresh('command');
    const store = await openRecordStore(location);
    await seedCalendar({ store, now }, years);
    // Returned for a reason, which is sealed: the command has no keys.
    const returned = { ...application('COMPLETION', '2026-01-05', 'RETURNED'), reason: '缺少材料' };
    await put(store, [application('TRANSFER', '2026-12-18'), returned]);
    const args = ['import', fileOf('2027.json', noticeOf2027)];
    const env = { DATABASE_URL_RECORDS: location.url };
    expect([calendarCommand(args, env), calendarCommand(args, env)]).toEqual([
      { status: 0, told: '2027 年：载入 34 天，改期 1 项，确定 0 项。2027: 34 days loaded, 1 deadlines moved, 0 confirmed.' },
      { status: 0, told: '2027 年：载入 34 天，改期 0 项，确定 0 项。2027: 34 days loaded, 0 deadlines moved, 0 confirmed.' },
    ]); // prettier-ignore
    await store.close();
  });
});

describe('npm run calendar', () => {
  it.each<[string, () => string[], RegExp]>([
    ['without a file', () => ['import'], /Expected import <file\.json>\./],
    ['with a year that has no notice', () => ['import', fileOf('b.json', years[2]!)], /The file has no notice/],
    ['with a wrong day', () => ['import', fileOf('c.json', { ...noticeOf2027, makeUpDays: ['2027-01-05'] })], /a weekend day of 2027: 2027-01-05/],
    ['where no database is', () => ['import', fileOf('d.json', noticeOf2027)], /No database of records is in DATA_DIR/],
  ])('is refused %s, with the reason', (_, args, reason) => {
    const { status, told } = calendarCommand(args(), {});
    expect([status, told]).toEqual([2, expect.stringMatching(reason)]);
  }); // prettier-ignore
});
