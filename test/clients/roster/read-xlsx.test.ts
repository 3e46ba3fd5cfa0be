import { strToU8, unzipSync, zipSync } from 'fflate';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readRoster } from '../../../clients/cli/roster/read.ts';
import { SheetScanner } from '../../../clients/cli/roster/xlsx-scan.ts';
import { bytesFile, checkFile, goodRow, HEADERS, inTempDir, places, xlsxFile } from './support.ts';

describe('a roster in XLSX', () => {
  test('is read with real dates and no fault', async () => {
    const path = await xlsxFile([goodRow(2), goodRow(3)]);
    const roster = await readRoster(path);
    expect(roster).toMatchObject({ format: 'XLSX', headerRow: 1, readable: true, faults: [] });
    const { candidates, faults } = await checkFile(path);
    expect(faults).toEqual([]);
    expect(candidates.map(({ row, enteredOn }) => [row, enteredOn])).toEqual([
      [2, '2025-09-01'],
      [3, '2025-09-01'],
    ]);
  });

  test('may have a merged title and an empty row above its header', async () => {
    const path = await xlsxFile([goodRow(2)], [[{ value: '2025 年秋季花名册', columnSpan: 5 }], []]);
    const { candidates, faults } = await checkFile(path);
    expect(faults).toEqual([]);
    expect(candidates.map(({ row }) => row)).toEqual([4]);
  });

  test('has a merged cell in every row the merge covers', async () => {
    const path = await xlsxFile([
      goodRow(2, { className: { value: '小一班', rowSpan: 3 } }),
      goodRow(3, { className: null }),
      goodRow(4, { className: null }),
      goodRow(5),
    ]);
    const { candidates, faults } = await checkFile(path);
    expect(places(faults)).toEqual([
      [2, '班级', 'MERGED_CELL'],
      [3, '班级', 'MERGED_CELL'],
      [4, '班级', 'MERGED_CELL'],
    ]);
    expect(faults[0]?.message).toBe('不允许合并单元格（J2:J4）。');
    expect(candidates.map(({ row }) => row)).toEqual([5]);
  });

  test('has a formula at its cell, and only there', async () => {
    const path = await xlsxFile([
      goodRow(2),
      goodRow(3, { enteredOn: { type: 'Formula', value: 'TODAY()' } }),
    ]);
    const { candidates, faults } = await checkFile(path);
    expect(places(faults)).toEqual([[3, '入园日期', 'FORMULA']]);
    expect(candidates.map(({ row }) => row)).toEqual([2]);
  });

  test('has a formula also where its result was never saved', async () => {
    const path = await xlsxFile([goodRow(2), goodRow(3, { name: { type: 'Formula', value: 'A2' } })]);
    const parts = unzipSync(await readFile(path));
    const sheet = new TextDecoder().decode(parts['xl/worksheets/sheet1.xml']);
    const typed = sheet.replace(/<c r="A3"/, '<c r="A3" t="str"');
    expect(typed).not.toBe(sheet);
    await writeFile(path, zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(typed) }));
    const { candidates, faults } = await checkFile(path);
    expect(places(faults)).toEqual([[3, '姓名', 'FORMULA']]);
    expect(candidates.map(({ row }) => row)).toEqual([2]);
  });

  test('keeps its row numbers over an empty row, and ignores empty rows at the end', async () => {
    const { candidates, faults } = await checkFile(await xlsxFile([goodRow(2), {}, goodRow(3), {}, {}]));
    expect(places(faults)).toEqual([[3, null, 'ROW_EMPTY']]);
    expect(faults[0]?.severity).toBe('WARNING');
    expect(candidates.map(({ row }) => row)).toEqual([2, 4]);
  });

  test('may leave rows and cells out of its XML', async () => {
    const path = await xlsxFile([goodRow(2), {}, goodRow(3)]);
    const parts = unzipSync(await readFile(path));
    const sheet = new TextDecoder().decode(parts['xl/worksheets/sheet1.xml']).replace('<row r="3"/>', '');
    await writeFile(path, zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet) }));
    const { candidates, faults } = await checkFile(path);
    expect(places(faults)).toEqual([[3, null, 'ROW_EMPTY']]);
    expect(candidates.map(({ row }) => row)).toEqual([2, 4]);
  });

  test('of 40 MB is refused before a byte of it is read', async () => {
    const path = await bytesFile('', 'roster.xlsx');
    await truncate(path, 40 * 1024 * 1024);
    const roster = await readRoster(path);
    expect(places(roster.faults)).toEqual([[null, null, 'FILE_TOO_LARGE']]);
    expect(roster.faults[0]?.message).toBe('文件不得超过 20 MB，实际 40 MB。');
    expect(roster.readable).toBe(false);
  });

  test('that unpacks to more than 200 MB is refused by its directory', async () => {
    const path = await xlsxFile([goodRow(2)]);
    const parts = unzipSync(await readFile(path));
    await writeFile(
      path,
      zipSync({ ...parts, 'xl/media/big.xml': new Uint8Array(201 * 1024 * 1024) }, { level: 1 }),
    );
    const roster = await readRoster(path);
    expect(roster.faults.map(({ code, messageEn }) => [code, messageEn])).toEqual([
      ['FILE_TOO_LARGE', 'A file of at most 200 MB was expected, 202 MB came.'],
    ]);
  });

  test('that lies about its size in the directory is refused while it unpacks', async () => {
    const path = await xlsxFile([goodRow(2)]);
    const parts = unzipSync(await readFile(path));
    const size = 201 * 1024 * 1024;
    const zip = Buffer.from(zipSync({ ...parts, 'xl/media/big.xml': new Uint8Array(size) }, { level: 1 }));
    const claimed = Buffer.alloc(4);
    claimed.writeUInt32LE(size);
    for (let at = zip.indexOf(claimed); at >= 0; at = zip.indexOf(claimed, at + 1)) zip.writeUInt32LE(9, at);
    await writeFile(path, zip);
    const roster = await readRoster(path);
    expect(roster.faults.map(({ code }) => code)).toEqual(['FILE_TOO_LARGE']);
  });

  test('with more than 50,000 rows is refused by its count', async () => {
    const path = await xlsxFile([goodRow(2)]);
    const parts = unzipSync(await readFile(path));
    const sheet = new TextDecoder().decode(parts['xl/worksheets/sheet1.xml']);
    const far = sheet.replace('</sheetData>', '<row r="60001"><c r="A60001"><v>1</v></c></row></sheetData>');
    await writeFile(path, zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(far) }));
    const roster = await readRoster(path);
    expect(roster.faults.map(({ code, messageEn }) => [code, messageEn])).toEqual([
      ['FILE_TOO_MANY_ROWS', 'At most 50000 rows are allowed, 60000 came.'],
    ]);
  });

  test('that is a zip of something else cannot be read', async () => {
    const roster = await readRoster(await bytesFile(zipSync({ 'a.txt': strToU8('a') }), 'roster.xlsx'));
    expect(places(roster.faults)).toEqual([[null, null, 'FILE_NOT_READABLE']]);
  });

  test('that is cut in the middle cannot be read', async () => {
    const whole = await readFile(await xlsxFile([goodRow(2)]));
    const roster = await readRoster(await bytesFile(whole.subarray(0, 700), 'roster.xlsx'));
    expect(places(roster.faults)).toEqual([[null, null, 'FILE_NOT_READABLE']]);
  });

  test('has its missing, repeated and unknown columns named', async () => {
    const header = HEADERS.map((text) => ({ 班级: '姓名', 备注: '身高' })[text] ?? text);
    const roster = await readRoster(await xlsxFile([goodRow(2)], [], header));
    expect(places(roster.faults)).toEqual([
      [1, '班级', 'COLUMN_MISSING'],
      [1, '姓名', 'COLUMN_TWICE'],
      [1, '身高', 'COLUMN_UNKNOWN'],
    ]);
    expect(roster.faults.map(({ severity }) => severity)).toEqual(['ERROR', 'ERROR', 'WARNING']);
    expect(roster.readable).toBe(false);
  });

  test('may use other words, stars and remarks in its header', async () => {
    const words: Record<string, string> = {
      姓名: '＊幼儿姓名',
      证件号码: '身份证件号（18位）',
      国籍或地区: '国籍/地区',
    };
    const header = HEADERS.map((text) => words[text] ?? text);
    const { candidates, faults } = await checkFile(await xlsxFile([goodRow(2)], [], header));
    expect(faults).toEqual([]);
    expect(candidates).toHaveLength(1);
  });

  test('that does not exist throws, so that the command can say which file', async () => {
    await expect(readRoster(await inTempDir('none.xlsx'))).rejects.toThrow('ENOENT');
  });
});

test('the scan finds tags cut anywhere', () => {
  const xml = '<row r="2"><c r="B2"><f>1</f><v>1</v></c></row><mergeCell ref="A2:A9"/>';
  for (let cut = 1; cut < xml.length; cut++) {
    const scanner = new SheetScanner();
    scanner.push(xml.slice(0, cut));
    scanner.push(xml.slice(cut));
    expect(scanner.result).toEqual({
      merges: ['A2:A9'],
      formulas: [{ row: 2, column: 2 }],
      lastFilledRow: 2,
    });
  }
});
