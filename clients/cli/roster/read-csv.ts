import { parse, CsvError } from 'csv-parse/sync';
import { fault, type Fault } from './faults.ts';

export interface CsvGrid {
  readonly rows: (string | null)[][];
  readonly faults: Fault[];
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
 * semicolon or tab. Null when the bytes are text in none of these.
 */
export function readCsv(bytes: Uint8Array): CsvGrid | null {
  const text = decode(bytes);
  if (text === null || text.includes('\0')) return null;
  const rows: string[][] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      on_record: (record: string[]) => void rows.push(record),
    });
    return { rows: rows.map(blanksToNull), faults: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: rows.map(blanksToNull), faults: [fault('QUOTE_UNPAIRED', { row: rows.length + 1 })] };
  }
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
  const [firstLine = ''] = text.split(/\r\n|\n|\r/, 1);
  const count = (mark: string) => firstLine.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function blanksToNull(record: readonly string[]): (string | null)[] {
  return record.map((cell) => cell.trim() || null);
}
