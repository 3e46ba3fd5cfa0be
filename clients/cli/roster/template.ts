import { writeFile } from 'node:fs/promises';
import writeXlsx, { type Cell, type SheetData } from 'write-excel-file/node';
import { COLUMN_KEYS, columnOf, type Column } from './columns.ts';
import { csvText } from '../../../kernel/rules/csv.ts';

export const TEMPLATE_SHEETS = { roster: '名册', example: '示例', notes: '说明' } as const;

/** Rows given their text and date formats in advance; below them a spreadsheet guesses again. */
const PREPARED_ROWS = 500;
const DATE_FORMAT = 'yyyy-mm-dd';
const COLUMNS = COLUMN_KEYS.map(columnOf);

/** Writes an empty roster: an .xlsx with an example and notes on sheets of their own, or a .csv with the header only. */
export async function writeTemplate(path: string): Promise<void> {
  if (/\.csv$/i.test(path)) return writeFile(path, csvText([COLUMNS.map(({ header }) => header)]));
  const columns = COLUMNS.map(({ header }) => ({ width: Math.max(header.length * 2 + 4, 14) }));
  await writeXlsx([
    { sheet: TEMPLATE_SHEETS.roster, columns, stickyRowsCount: 1, data: [headerRow(), ...preparedRows()] },
    {
      sheet: TEMPLATE_SHEETS.example,
      columns,
      stickyRowsCount: 1,
      data: [headerRow(), COLUMNS.map(exampleCell)],
    },
    {
      sheet: TEMPLATE_SHEETS.notes,
      columns: [{ width: 16 }, { width: 8 }, { width: 60 }, { width: 40 }],
      data: notes(),
    },
  ]).toFile(path);
}

function headerRow(): Cell[] {
  return COLUMNS.map(({ header }) => ({ value: header, fontWeight: 'bold', format: '@' }));
}

function preparedRows(): SheetData {
  const row = COLUMNS.map(({ kind }): Cell => {
    return kind === 'date' ? { type: Date, format: DATE_FORMAT } : { type: String, format: '@' };
  });
  return Array.from({ length: PREPARED_ROWS }, () => row);
}

function exampleCell({ kind, example }: Column): Cell {
  if (example === '') return null;
  return kind === 'date'
    ? { value: new Date(example), format: DATE_FORMAT }
    : { value: example, format: '@' };
}

const REQUIRED_WORDS = { EVERY_ROW: '必填', AS_COLUMN: '视情况', NO: '选填' } as const;

function notes(): SheetData {
  const rows = COLUMNS.map(({ header, required, note, choices }) => {
    return [header, REQUIRED_WORDS[required], note, choices?.shown.join('、') ?? ''];
  });
  return [['列', '必填', '说明', '可选值'], ...rows].map((row) =>
    row.map((value) => ({ value, type: String, format: '@', wrap: true })),
  );
}
