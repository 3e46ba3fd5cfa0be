import { describe, expect, test } from 'vitest';
import {
  checkFile,
  csvFile,
  goodRow,
  INSTITUTION,
  places,
  residentId,
  xlsxFile,
  type RowCells,
} from './support.ts';

/** One bad cell in row 3, between two good rows. */
async function faultsOf(more: RowCells) {
  const { candidates, faults } = await checkFile(await xlsxFile([goodRow(2), goodRow(4, more), goodRow(6)]));
  return { faults: places(faults), good: candidates.map(({ row }) => row) };
}

const REFUSED: [string, RowCells, [number, string, string][]][] = [
  ['an empty name', { name: null }, [[3, '姓名', 'REQUIRED']]],
  ['digits in a name', { name: '示例2' }, [[3, '姓名', 'NAME_CHARACTERS']]],
  ['a sex not in the list', { sex: '不详' }, [[3, '性别', 'VALUE_NOT_IN_LIST']]],
  ['a wrong check digit', { documentNumber: '190101202209010040' }, [[3, '证件号码', 'ID_CHECKSUM_WRONG']]],
  [
    'a birth date that cannot be, inside the number',
    { documentNumber: residentId(4, '2022-02-30') },
    [[3, '证件号码', 'ID_DATE_IMPOSSIBLE']],
  ],
  [
    'another birth date than the number’s',
    { bornOn: '2022-08-01' },
    [[3, '出生日期', 'ID_BIRTH_DATE_MISMATCH']],
  ],
  ['another sex than the number’s', { sex: '男' }, [[3, '性别', 'ID_SEX_MISMATCH']]],
  ['a date that cannot be', { bornOn: '2022/2/30' }, [[3, '出生日期', 'DATE_IMPOSSIBLE']]],
  ['a date that may be two', { enteredOn: '01/09/2025' }, [[3, '入园日期', 'DATE_NOT_UNDERSTOOD']]],
  ['an entry in the future', { enteredOn: '2027-09-01' }, [[3, '入园日期', 'ENTRY_DATE_FUTURE']]],
  ['a child too young for any class', { enteredOn: '2024-08-31' }, [[3, '入园日期', 'TOO_YOUNG']]],
  [
    'a number in a numeric cell',
    { documentNumber: 190101202209010000 },
    [[3, '证件号码', 'NUMBER_AS_NUMBER']],
  ],
  ['no number', { documentNumber: null }, [[3, '证件号码', 'DOCUMENT_NUMBER_REQUIRED']]],
  ['a short number', { documentNumber: '19010120220901' }, [[3, '证件号码', 'DOCUMENT_LENGTH_WRONG']]],
  [
    'a number where there is no document',
    { documentKind: '暂无证件' },
    [[3, '证件号码', 'DOCUMENT_NUMBER_UNEXPECTED']],
  ],
  [
    'no document and no guardian',
    { documentKind: '无', documentNumber: null, guardianName: null, guardianRelation: null },
    [[3, '监护人姓名', 'GUARDIAN_REQUIRED']],
  ],
  ['a guardian of unknown relation', { guardianRelation: null }, [[3, '监护人关系', 'REQUIRED']]],
  ['a phone number with letters', { guardianPhone: '12345a' }, [[3, '监护人电话', 'PHONE_FORM_WRONG']]],
  [
    'an institution code of nine digits',
    { institutionCode: '111900001' },
    [[3, '机构标识码', 'INSTITUTION_CODE_FORM']],
  ],
  ['a nationality in words unknown', { nationality: '某国' }, [[3, '国籍或地区', 'VALUE_NOT_IN_LIST']]],
  [
    'a class name a spreadsheet turned into a date',
    { className: { value: new Date('2025-03-01'), type: Date, format: 'm-d' } },
    [[3, '班级', 'TEXT_EXPECTED']],
  ],
];

describe('a row is refused before it is sent', () => {
  test.each(REFUSED)('for %s', async (_, more, expected) => {
    expect(await faultsOf(more)).toEqual({ faults: expected, good: [2, 4] });
  });

  test('for a birth date in the future, with the number that says the same', async () => {
    const more = { bornOn: '2027-01-01', documentNumber: residentId(4, '2027-01-01') };
    expect(await faultsOf(more)).toEqual({ faults: [[3, '出生日期', 'BIRTH_DATE_FUTURE']], good: [2, 4] });
  });

  test('for the same document as a row before it', async () => {
    const { candidates, faults } = await checkFile(await xlsxFile([goodRow(2), goodRow(3), goodRow(2)]));
    expect(places(faults)).toEqual([[4, '证件号码', 'DUPLICATE_IN_FILE']]);
    expect(faults[0]?.message).toBe('与第 2 行重复。');
    expect(candidates.map(({ row }) => row)).toEqual([2, 3]);
  });

  test('for the same child without a document, known by name, sex, birth date and guardian', async () => {
    const none = { documentKind: '暂无证件', documentNumber: null };
    const rows = [goodRow(2, none), goodRow(2, none), goodRow(2, { ...none, guardianName: '另一监护人' })];
    const { candidates, faults } = await checkFile(await xlsxFile(rows));
    expect(places(faults)).toEqual([[3, '姓名', 'DUPLICATE_IN_FILE']]);
    expect(candidates.map(({ row }) => row)).toEqual([2, 4]);
  });
});

describe('a row is accepted with a warning', () => {
  test.each(['2022-09-01', '2022/9/1', '2022.9.1', '20220901', '2022年9月1日', '２０２２-09-01'])(
    'for the date %s typed as text in a spreadsheet',
    async (typed) => {
      // A leading space keeps the helper from making it a real date; the reader trims it.
      expect(await faultsOf({ bornOn: ` ${typed}` })).toEqual({
        faults: [[3, '出生日期', 'DATE_AS_TEXT']],
        good: [2, 3, 4],
      });
    },
  );

  test('for a household region that is in no list', async () => {
    const path = await xlsxFile([goodRow(2, { householdRegion: '190101' })]);
    const { candidates, faults } = await checkFile(path, { isKnownRegion: (code) => code !== '190101' });
    expect(places(faults)).toEqual([[2, '户籍区划代码', 'HOUSEHOLD_REGION_UNKNOWN']]);
    expect(candidates).toHaveLength(1);
  });

  test('not for an ISO date in CSV, where every date is text, but for other forms of it', async () => {
    const { faults } = await checkFile(await csvFile([goodRow(2), goodRow(3, { bornOn: '2022/9/1' })]));
    expect(places(faults)).toEqual([[3, '出生日期', 'DATE_AS_TEXT']]);
  });
});

describe('a good row becomes the graph’s input', () => {
  test('with values for labels and the command’s institution for none', async () => {
    const row = goodRow(2, {
      nationality: '中国',
      ethnicity: '汉',
      documentKind: '身份证',
      guardianPhone: 19900000000,
    });
    const { candidates } = await checkFile(await xlsxFile([row]), { institution: INSTITUTION });
    expect(candidates).toEqual([
      {
        row: 2,
        institutionCode: INSTITUTION,
        className: '小一班',
        enteredOn: '2025-09-01',
        child: {
          name: '示例丙',
          sex: 'FEMALE',
          bornOn: '2022-09-01',
          nationality: 'CHN',
          ethnicity: '01',
          documentKind: 'RESIDENT_ID',
          documentNumber: residentId(2),
          guardians: [{ relation: 'MOTHER', name: '示例监护人', phone: '19900000000' }],
        },
      },
    ]);
  });

  test('unless it has no institution when one is needed', async () => {
    const { candidates, faults } = await checkFile(await xlsxFile([goodRow(2)]), { institutionNeeded: true });
    expect(places(faults)).toEqual([[2, '机构标识码', 'REQUIRED']]);
    expect(candidates).toEqual([]);
  });

  test('and its faults never repeat what stood in a cell', async () => {
    const { faults } = await checkFile(
      await xlsxFile([goodRow(2, { documentNumber: '190101202209010040', sex: '错字' })]),
    );
    expect(JSON.stringify(faults)).not.toMatch(/示例|1901012022|错字/);
  });
});
