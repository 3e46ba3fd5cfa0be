import { parse, CsvError } from 'csv-parse/sync';
import { fault, type Fault } from './faults.ts';
import { KINDERGARTEN } from './columns.ts';
import { findHeader } from './header.ts';
import { ROW_LIMIT } from './limits.ts';

export interface CsvGrid {
  readonly rows: (string | null)[][];
  readonly faults: Fault[];
}

/** More than any roster has; a row of millions of commas would take a gigabyte before anybody looked at it. */
export const COLUMN_LIMIT = 200;
/** In bytes of UTF-8: a quote without a partner swallows no more than this. */
export const RECORD_LIMIT = 100_000;

/** The file is beyond a limit: reading ends here, whatever follows. */
class BeyondLimit extends Error {
  constructor(readonly fault: Fault) {
    super(fault.code);
  }
}

/** Byte order marks, the only certain sign of an encoding; without one, UTF-8 is tried before GB18030. */
const MARKS = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/**
 * A CSV file as rows of text, numbered as a spreadsheet would number them (a quoted line break does not start
 * a new row, an empty line is one). Accepts UTF-8 with or without mark, UTF-16 with mark, GB18030; comma,
 * semicolon or tab. Null when the bytes are text in none of these. Faults alone when the file has too many rows
 * (FILE_TOO_MANY_ROWS), columns (ROW_TOO_WIDE) or characters in a row (ROW_TOO_LONG); what follows is not read.
 */
export function readCsv(bytes: Uint8Array): CsvGrid | Fault[] | null {
  const text = decode(bytes);
  if (text === null || text.includes('\0')) return null;
  const rows: string[][] = [];
  const delimiter = delimiterOf(text);
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: RECORD_LIMIT,
      // Looking at each cell takes ten times as long, so it is done where a single row might fill the memory.
      ...(hasMany(text, delimiter) && {
        cast: (cell, { index }) => (index < COLUMN_LIMIT ? cell : tooWide(rows)),
      }),
      on_record: (record: string[]) => void rows.push(withinLimits(record, rows)),
    });
    return { rows: rows.map(blanksToNull), faults: [] };
  } catch (error) {
    if (error instanceof BeyondLimit) return [error.fault];
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE') return [tooLong(rows.length + 1)];
    return { rows: rows.map(blanksToNull), faults: [fault('QUOTE_UNPAIRED', { row: rows.length + 1 })] };
  }
}

/** More than 50 000 rows of 40 columns have. */
const MANY_CELLS = 2_000_000;

function hasMany(text: string, delimiter: string): boolean {
  let count = 0;
  for (let at = text.indexOf(delimiter); at >= 0 && count <= MANY_CELLS; count++) {
    at = text.indexOf(delimiter, at + 1);
  }
  return count > MANY_CELLS;
}

function withinLimits(record: string[], rows: readonly string[][]): string[] {
  if (rows.length > ROW_LIMIT) tooManyRows();
  return record.length > COLUMN_LIMIT ? tooWide(rows) : record;
}

function tooManyRows(): never {
  throw new BeyondLimit(fault('FILE_TOO_MANY_ROWS', {}, { max: ROW_LIMIT, got: `> ${ROW_LIMIT}` }));
}

function tooWide(rows: readonly string[][]): never {
  const facts = {
    expected: findHeader(rows, KINDERGARTEN).words.length || COLUMN_LIMIT,
    got: `> ${COLUMN_LIMIT}`,
  };
  throw new BeyondLimit(fault('ROW_TOO_WIDE', { row: rows.length + 1 }, facts));
}

function tooLong(row: number): Fault {
  return fault('ROW_TOO_LONG', { row }, { max: RECORD_LIMIT });
}

function decode(bytes: Uint8Array): string | null {
  const marked = MARKS.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte));
  const tries = marked ? [marked.encoding] : ['utf-8', 'gb18030'];
  for (const encoding of tries) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding; the next one is tried.
    }
  }
  return null;
}

function delimiterOf(text: string): string {
  const [firstLine = ''] = text.slice(0, RECORD_LIMIT).split(/\r\n|\n|\r/, 1);
  const count = (mark: string) => firstLine.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function blanksToNull(record: readonly string[]): (string | null)[] {
  return record.map((cell) => cell.trim() || null);
}
