import { isBlank, type CellValue } from './cells.ts';
import type { ColumnSet } from './columns.ts';
import { fault, type Fault } from './faults.ts';

export interface Header<Key extends string> {
  /** The header's row number, from 1. */
  readonly row: number;
  /** The column behind each position; null where the header is blank or unknown. */
  readonly keys: (Key | null)[];
  /** The words of the header row, for faults in columns we do not know. */
  readonly words: string[];
  readonly faults: Fault[];
}

/** A title or a note may stand above the header; further down than this it is looked for no more. */
const SEARCHED_ROWS = 10;
const ENOUGH_TO_BE_A_HEADER = 3;

/** The header is the first row that names at least three columns we know; failing that, the first filled row. */
export function findHeader<Key extends string>(
  rows: readonly (readonly CellValue[])[],
  columns: ColumnSet<Key>,
): Header<Key> {
  const keysOf = (cells: readonly CellValue[]) =>
    cells.map((cell) => (typeof cell === 'string' ? columns.named(cell) : null));
  const searched = rows.slice(0, SEARCHED_ROWS);
  const named = searched.findIndex((cells) => keysOf(cells).filter(Boolean).length >= ENOUGH_TO_BE_A_HEADER);
  const filled = searched.findIndex((cells) => cells.some((cell) => !isBlank(cell)));
  const at = Math.max(named >= 0 ? named : filled, 0);
  const cells = rows[at] ?? [];
  const keys = keysOf(cells);
  const words = cells.map((cell) => (isBlank(cell) ? '' : String(cell).trim()));
  return { row: at + 1, keys, words, faults: headerFaults(at + 1, { keys, words }, columns) };
}

function headerFaults<Key extends string>(
  row: number,
  { keys, words }: Pick<Header<Key>, 'keys' | 'words'>,
  columns: ColumnSet<Key>,
): Fault[] {
  const missing = columns.keys.filter((key) => columns.of(key).required !== 'NO' && !keys.includes(key));
  const twice = columns.keys.filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key));
  const unknown = words.filter((word, at) => word !== '' && !keys[at]);
  const about = (code: 'COLUMN_MISSING' | 'COLUMN_TWICE' | 'COLUMN_UNKNOWN', column: string) =>
    fault(code, { row, column }, { column });
  return [
    ...missing.map((key) => about('COLUMN_MISSING', columns.of(key).header)),
    ...twice.map((key) => about('COLUMN_TWICE', columns.of(key).header)),
    ...unknown.map((word) => about('COLUMN_UNKNOWN', word)),
  ];
}
