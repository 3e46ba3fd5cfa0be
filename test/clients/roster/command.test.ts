import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rosterCommand } from '../../../clients/cli/roster/command.ts';
import { journalPath } from '../../../clients/cli/roster/journal.ts';
import { FakeGraph } from './fake-graph.ts';
import { bytesFile, goodRow, inTempDir, INSTITUTION, xlsxFile } from './support.ts';

const printed: string[] = [];
const complained: string[] = [];

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  printed.length = complained.length = 0;
  process.exitCode = undefined;
});

async function run(...words: string[]): Promise<void> {
  await rosterCommand().parseAsync(words, { from: 'user' });
}

describe('roster check', () => {
  test('prints row, column, severity, code and message of every fault, and ends with 1', async () => {
    await run('check', await xlsxFile([goodRow(2, { sex: '男' }), goodRow(3)]), '--lang', 'zh');
    expect(printed).toEqual([
      '2\t性别\tERROR\tID_SEX_MISMATCH\t证件号码表示的性别与填写的不一致。',
      'rows 2, good 1, faults 1',
    ]);
    expect(process.exitCode).toBe(1);
  });

  test('speaks English when asked to', async () => {
    await run('check', await xlsxFile([goodRow(2, { sex: null })]), '--lang', 'en');
    expect(printed[0]).toBe('2\t性别\tERROR\tREQUIRED\tThis field is required.');
  });

  test('ends with 0 where there is nothing to mend, warnings included', async () => {
    await run('check', await xlsxFile([goodRow(2), {}, goodRow(3, { householdRegion: '190101' })]), '--json');
    const { rows, good, faults } = JSON.parse(printed[0] ?? '') as {
      rows: number;
      good: number;
      faults: { code: string }[];
    };
    expect({ rows, good, codes: faults.map(({ code }) => code) }).toEqual({
      rows: 2,
      good: 2,
      codes: ['ROW_EMPTY', 'HOUSEHOLD_REGION_UNKNOWN'],
    });
    expect(process.exitCode).toBe(0);
  });

  test('ends with 2 where the file cannot be read, or is not there', async () => {
    await run('check', await bytesFile(new Uint8Array([0, 1, 2])), '--lang', 'zh');
    expect(printed[0]).toBe('-\t-\tERROR\tFILE_NOT_READABLE\t文件无法读取：应为 .xlsx 或 .csv。');
    expect(process.exitCode).toBe(2);
    process.exitCode = undefined;
    await run('check', await inTempDir('none.csv'));
    expect(complained[0]).toContain('ENOENT');
    expect(process.exitCode).toBe(2);
  });
});

describe('roster import', () => {
  test('prints the sum of its rows, and ends with 1 where one was refused', async () => {
    const graph = await FakeGraph.start();
    const file = await xlsxFile([goodRow(2), goodRow(3, { sex: '女' })]);
    const result = await inTempDir('result.csv');
    const token = await inTempDir('token');
    await writeFile(token, 'a-token\n');
    await run(
      'import',
      file,
      '--url',
      graph.url,
      '--institution',
      INSTITUTION,
      '--token-file',
      token,
      '--result',
      result,
    );
    expect(printed.at(-1)).toBe(`rows in 2 = accepted 1 + refused 1; resumed 0; ${result}`);
    expect(process.exitCode).toBe(1);
    expect((await readFile(result, 'utf8')).split('\r\n')[2]).toMatch(/^3,拒绝,ID_SEX_MISMATCH,性别,/);
  });

  test('sends nothing without a token', async () => {
    vi.stubEnv('XUEJI_TOKEN', '');
    const file = await xlsxFile([goodRow(2)]);
    await run('import', file, '--institution', INSTITUTION);
    expect(complained).toEqual(['a token was expected in --token-file or XUEJI_TOKEN, none came']);
    expect(process.exitCode).toBe(2);
    await expect(readFile(journalPath(file))).rejects.toThrow('ENOENT');
  });

  test('says why the graph refused it and how to go on', async () => {
    const graph = await FakeGraph.start();
    graph.mishap = () => 'UNAUTHENTICATED';
    vi.stubEnv('XUEJI_TOKEN', 'a-token');
    await run('import', await xlsxFile([goodRow(2)]), '--url', graph.url, '--institution', INSTITUTION);
    expect(complained[0]).toMatch(/^the graph answered UNAUTHENTICATED; nothing decided is lost/);
    expect(process.exitCode).toBe(2);
  });
});

test('roster template writes the file it names', async () => {
  const out = await inTempDir('template.xlsx');
  await run('template', '--out', out);
  expect(printed).toEqual([out]);
  expect((await readFile(out)).subarray(0, 2).toString()).toBe('PK');
});
