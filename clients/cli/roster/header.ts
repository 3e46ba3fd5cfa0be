import { isBlank, type CellValue } from './cells.ts';
import { COLUMN_KEYS, columnNamed, columnOf, type ColumnKey } from './columns.ts';
import { fault, type Fault } from './faults.ts';

export interface Header {
  /** The header's row number, from 1. */
  readonly row: number;
  /** The column behind each position; null where the header is blank or unknown. */
  readonly keys: (ColumnKey | null)[];
  /** The words of the header row, for faults in columns we do not know. */
  readonly words: string[];
  readonly faults: Fault[];
}

/** A title or a note may stand above the header; further down than this it is looked for no more. */
const SEARCHED_ROWS = 10;
const ENOUGH_TO_BE_A_HEADER = 3;

/** The header is the first row that names at least three columns we know; failing that, the first filled row. */
export function findHeader(rows: readonly (readonly CellValue[])[]): Header {
  const searched = rows.slice(0, SEARCHED_ROWS);
  const named = searched.findIndex((cells) => keysOf(cells).filter(Boolean).length >= ENOUGH_TO_BE_A_HEADER);
  const filled = searched.findIndex((cells) => cells.some((cell) => !isBlank(cell)));
  const at = Math.max(named >= 0 ? named : filled, 0);
  const cells = rows[at] ?? [];
  const keys = keysOf(cells);
  const words = cells.map((cell) => (isBlank(cell) ? '' : String(cell).trim()));
  return { row: at + 1, keys, words, faults: headerFaults(at + 1, keys, words) };
}

function keysOf(cells: readonly CellValue[]): (ColumnKey | null)[] {
  return cells.map((cell) => (typeof cell === 'string' ? columnNamed(cell) : null));
}

function headerFaults(row: number, keys: readonly (ColumnKey | null)[], words: readonly string[]): Fault[] {
  const missing = COLUMN_KEYS.filter((key) => columnOf(key).required !== 'NO' && !keys.includes(key));
  const twice = COLUMN_KEYS.filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key));
  const unknown = words.filter((word, at) => word !== '' && !keys[at]);
  const about = (code: 'COLUMN_MISSING' | 'COLUMN_TWICE' | 'COLUMN_UNKNOWN', column: string) =>
    fault(code, { row, column }, { column });
  return [
    ...missing.map((key) => about('COLUMN_MISSING', columnOf(key).header)),
    ...twice.map((key) => about('COLUMN_TWICE', columnOf(key).header)),
    ...unknown.map((word) => about('COLUMN_UNKNOWN', word)),
  ];
}
