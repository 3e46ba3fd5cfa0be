import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeXlsx, { type Cell } from 'write-excel-file/node';
import { afterEach } from 'vitest';
import { checkRoster, type CheckContext, type CheckedRoster } from '../../../clients/cli/roster/check.ts';
import { COLUMN_KEYS, columnOf, type ColumnKey } from '../../../clients/cli/roster/columns.ts';
import { csvText } from '../../../kernel/rules/csv.ts';
import type { Fault } from '../../../clients/cli/roster/faults.ts';
import { readRoster } from '../../../clients/cli/roster/read.ts';
import { mod11Check } from '../../../kernel/rules/identity-document.ts';

export const TODAY = '2026-11-23';
export const INSTITUTION = '1119000001';

export type RowCells = Partial<Record<ColumnKey, Cell>>;

/** Province 19 was never given out, so these numbers belong to nobody. An even serial is a girl's. */
export function residentId(serial: number, bornOn = '2022-09-01'): string {
  const body = `190101${bornOn.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return body + mod11Check(body);
}

/** A faultless row; each serial is another child. */
export function goodRow(serial = 2, more: RowCells = {}): RowCells {
  return {
    name: `示例${'甲乙丙丁戊己庚辛壬癸'[serial % 10]}`,
    sex: serial % 2 === 0 ? '女' : '男',
    bornOn: '2022-09-01',
    documentKind: '居民身份证',
    documentNumber: residentId(serial),
    ethnicity: '汉族',
    className: '小一班',
    enteredOn: '2025-09-01',
    guardianName: '示例监护人',
    guardianRelation: '母亲',
    ...more,
  };
}

export const HEADERS = COLUMN_KEYS.map((key) => columnOf(key).header);

export function cellsOf(row: RowCells): Cell[] {
  return COLUMN_KEYS.map((key) => row[key] ?? null);
}

/** The same row as CSV holds it. */
export function textsOf(row: RowCells): string[] {
  return COLUMN_KEYS.map((key) => (row[key] ?? '') as string);
}

const made: string[] = [];

afterEach(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true });
});

export async function inTempDir(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'xueji-roster-'));
  made.push(dir);
  return join(dir, name);
}

export async function bytesFile(bytes: Uint8Array | string, name = 'roster.csv'): Promise<string> {
  const path = await inTempDir(name);
  await writeFile(path, bytes);
  return path;
}

/** A sheet whose header stands in row 1, with dates as real dates so that only intended faults arise. */
export async function xlsxFile(
  rows: RowCells[],
  above: Cell[][] = [],
  header: Cell[] = HEADERS,
): Promise<string> {
  const path = await inTempDir('roster.xlsx');
  await writeXlsx([...above, header, ...rows.map((row) => cellsOf(withRealDates(row)))]).toFile(path);
  return path;
}

export function csvFile(rows: RowCells[]): Promise<string> {
  return bytesFile(csvText([HEADERS, ...rows.map(textsOf)]));
}

function withRealDates(row: RowCells): RowCells {
  const real = (cell: Cell): Cell => {
    return typeof cell === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell)
      ? { value: new Date(cell), type: Date, format: 'yyyy-mm-dd' }
      : cell;
  };
  return { ...row, bornOn: real(row.bornOn ?? null), enteredOn: real(row.enteredOn ?? null) };
}

export async function checkFile(path: string, context: Partial<CheckContext> = {}): Promise<CheckedRoster> {
  return checkRoster(await readRoster(path), { today: TODAY, ...context });
}

/** Row, column and code: what a clerk needs to find the place. */
export function places(faults: readonly Fault[]): [number | null, string | null, string][] {
  return faults.map(({ row, column, code }) => [row, column, code]);
}
