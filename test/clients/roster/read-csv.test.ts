import { describe, expect, test } from 'vitest';
import { csvText } from '../../../kernel/rules/csv.ts';
import { readCsv } from '../../../clients/cli/roster/read-csv.ts';
import { readRoster } from '../../../clients/cli/roster/read.ts';
import { bytesFile, checkFile, csvFile, goodRow, HEADERS, places, residentId, textsOf } from './support.ts';

/**
 * 姓名,性别,出生日期,证件类型,证件号码,班级,入园日期 and one row, in GB18030 (Node decodes it but cannot write it).
 * The name holds a character that only GB18030's four-byte part has.
 */
const GB18030 =
  '0NXD+yzQ1LHwLLP2yfrI1cbaLNakvP7A4NDNLNakvP66xcLrLLDgvLYsyOvUsMjVxtoNCsq+wP2BOe45LMWuLDIwMjItMDktMDEsvtPD8cntt93WpCwxOTAxMDEyMDIyMDkwMTAwMjEs0KHSu7DgLDIwMjUtMDktMDENCg==';

const TEXT = csvText([HEADERS, textsOf(goodRow(2))]);

describe('a roster in CSV', () => {
  test('is read from UTF-8 with a byte order mark', async () => {
    expect(TEXT.charCodeAt(0)).toBe(0xfeff);
    const roster = await readRoster(await bytesFile(TEXT));
    expect(roster).toMatchObject({ format: 'CSV', headerRow: 1, readable: true, faults: [] });
    expect(roster.rows).toHaveLength(1);
    expect(roster.rows[0]).toMatchObject({ row: 2, cells: { sex: '女', documentNumber: residentId(2) } });
  });

  test('is read from UTF-8 without a mark', async () => {
    const { faults, candidates } = await checkFile(await bytesFile(TEXT.slice(1)));
    expect(faults).toEqual([]);
    expect(candidates.map(({ row }) => row)).toEqual([2]);
  });

  test('is read from GB18030, with characters beyond GBK', async () => {
    const { faults, candidates } = await checkFile(await bytesFile(Buffer.from(GB18030, 'base64')));
    expect(faults).toEqual([]);
    expect(candidates[0]?.child.name).toBe('示例㐀');
  });

  test('is read from UTF-16 with tabs, as a spreadsheet saves "Unicode text"', async () => {
    const text = `\uFEFF${TEXT.slice(1).replaceAll(',', '\t')}`;
    const { faults, candidates } = await checkFile(await bytesFile(Buffer.from(text, 'utf16le')));
    expect(faults).toEqual([]);
    expect(candidates).toHaveLength(1);
  });

  test('keeps the row numbers a spreadsheet shows, over quoted line breaks and empty lines', async () => {
    const rows = [goodRow(2, { remark: '一\n二' }), goodRow(3)].map(textsOf);
    const text = csvText([HEADERS, rows[0] ?? [], [], rows[1] ?? []]) + '\r\n\r\n';
    const { faults, candidates } = await checkFile(await bytesFile(text));
    expect(places(faults)).toEqual([[3, null, 'ROW_EMPTY']]);
    expect(candidates.map(({ row }) => row)).toEqual([2, 4]);
  });

  test('takes quoted commas and doubled quotes as part of a cell', async () => {
    const roster = await readRoster(await csvFile([goodRow(2, { remark: '甲,"乙"' })]));
    expect(roster.rows[0]?.cells.remark).toBe('甲,"乙"');
  });

  test('is refused whole where a quote has no partner, at the row it stands in', async () => {
    const line = textsOf(goodRow(2)).join(',');
    const roster = await readRoster(await bytesFile(`${HEADERS.join(',')}\n${line}\n"${line}\n`));
    expect(places(roster.faults)).toEqual([[3, null, 'QUOTE_UNPAIRED']]);
    expect(roster.readable).toBe(false);
  });

  test('has a fault where an unquoted comma moves the cells of a row', async () => {
    const line = textsOf(goodRow(2, { remark: '甲' })).join(',');
    const { faults } = await checkFile(await bytesFile(`${HEADERS.join(',')}\n${line},乙\n`));
    expect(places(faults)).toEqual([[2, null, 'ROW_TOO_WIDE']]);
  });

  const HEADER = `${HEADERS.join(',')}\n`;
  test.each([
    ['a row of too many commas', `${HEADER}${','.repeat(300)}`, [2, null, 'ROW_TOO_WIDE']],
    ['a header of too many commas', ','.repeat(300), [1, null, 'ROW_TOO_WIDE']],
    ['a cell of too many characters', `${HEADER}${'甲'.repeat(40_000)}`, [2, null, 'ROW_TOO_LONG']],
    ['a quote that swallows too much', `${HEADER}"${'甲,\n'.repeat(40_000)}`, [2, null, 'ROW_TOO_LONG']],
    ['too many rows', `${HEADER}${'甲\n'.repeat(50_001)}`, [null, null, 'FILE_TOO_MANY_ROWS']],
    ['too many empty lines', `${HEADER}${'\n'.repeat(50_001)}`, [null, null, 'FILE_TOO_MANY_ROWS']],
  ])('is refused whole for %s', async (_, text, place) => {
    const roster = await readRoster(await bytesFile(text));
    expect(places(roster.faults)).toEqual([place]);
    expect([roster.readable, roster.rows]).toEqual([false, []]);
  });

  test('may have 50 000 rows and quoted cells of many commas', async () => {
    const rows = await readRoster(await bytesFile(`${HEADER}${'甲\n'.repeat(50_000)}`));
    expect([rows.faults, rows.rows.length]).toEqual([[], 50_000]);
    const remark = ','.repeat(300);
    const roster = await readRoster(await csvFile([goodRow(2, { remark })]));
    expect(roster.rows[0]?.cells.remark).toBe(remark);
  });

  test.each([
    ['commas', ','],
    ['line breaks', '\n'],
    ['carriage returns between commas', ',\r'],
    ['quotes', '""'],
    ['letters', 'x'],
  ])('is not read on beyond a limit: %s are not looked at once they are too many', (_, piece) => {
    const read = (count: number) => {
      const bytes = Buffer.from(HEADER + piece.repeat(count) + '\n"unpaired');
      const found = readCsv(bytes);
      return Array.isArray(found) ? found : null;
    };
    // What stands behind the limit changes nothing: neither its length nor the quote at its end.
    expect(read(120_000)).toHaveLength(1);
    expect(read(240_000)).toEqual(read(120_000));
  });

  test('is not read to the end of a row that might fill the memory', () => {
    // The quote without a partner stands in the same row, far behind the limit.
    const found = readCsv(Buffer.from(`${HEADER}${','.repeat(2_100_000)}"unpaired`));
    expect(Array.isArray(found) && places(found)).toEqual([[2, null, 'ROW_TOO_WIDE']]);
  });

  test('is not guessed from bytes that are no text', async () => {
    const roster = await readRoster(
      await bytesFile(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0])),
    );
    expect(places(roster.faults)).toEqual([[null, null, 'FILE_NOT_READABLE']]);
  });
});
