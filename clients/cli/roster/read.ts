import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { columnLetter, isBlank, type CellValue } from './cells.ts';
import { KINDERGARTEN, type ColumnKey, type ColumnSet } from './columns.ts';
import { fault, isError, type Fault } from './faults.ts';
import { findHeader, type Header } from './header.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx, spotFault, type Spot } from './read-xlsx.ts';

export const SIZE_LIMIT_MB = 20;
const MEGABYTE = 1024 * 1024;

export interface RosterRow<Key extends string = ColumnKey> {
  /** The number a spreadsheet shows beside the row. */
  readonly row: number;
  readonly cells: Partial<Record<Key, CellValue>>;
}

/** A roster file as it was found. `readable` is false when its rows cannot be judged one by one. */
export interface Roster<Key extends string = ColumnKey> {
  readonly format: 'XLSX' | 'CSV' | null;
  readonly sheet: string;
  /** SHA-256 of the file's bytes, in hex: the same file has the same fingerprint wherever it lies. */
  readonly fingerprint: string;
  readonly headerRow: number;
  readonly rows: RosterRow<Key>[];
  readonly faults: Fault[];
  readonly readable: boolean;
}

interface Grid {
  readonly format: Roster['format'];
  readonly sheet: string;
  readonly rows: (readonly CellValue[])[];
  readonly spots: readonly Spot[];
  readonly faults: readonly Fault[];
}

interface Reading {
  readonly sheet?: string | undefined;
}

/**
 * Reads a roster (.xlsx or .csv, told apart by their first bytes) and its structural faults. What is wrong with
 * the file comes back as faults; only a file that does not exist or may not be opened throws.
 */
export const readRoster = (path: string, reading: Reading = {}): Promise<Roster> =>
  readRosterOf(KINDERGARTEN, path, reading);

/** The same of a file with other columns. */
export async function readRosterOf<Key extends string>(
  columns: ColumnSet<Key>,
  path: string,
  { sheet }: Reading,
): Promise<Roster<Key>> {
  const { size } = await stat(path);
  if (size > SIZE_LIMIT_MB * MEGABYTE) {
    return unreadable([fault('FILE_TOO_LARGE', {}, { max: SIZE_LIMIT_MB, got: Math.ceil(size / MEGABYTE) })]);
  }
  const bytes = await readFile(path);
  const fingerprint = createHash('sha256').update(bytes).digest('hex');
  const grid = await readGrid(bytes, sheet);
  return 'rows' in grid ? rosterOf(grid, fingerprint, columns) : unreadable(grid, fingerprint);
}

async function readGrid(bytes: Uint8Array, sheet: string | undefined): Promise<Grid | Fault[]> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip) {
    const grid = await readXlsx(bytes, sheet);
    return 'rows' in grid ? { ...grid, format: 'XLSX', faults: [] } : grid;
  }
  const csv = readCsv(bytes);
  if (csv === null) return [fault('FILE_NOT_READABLE')];
  if (!('rows' in csv)) return csv;
  return { ...csv, format: 'CSV', sheet: '', spots: [] };
}

function unreadable(faults: Fault[], fingerprint = ''): Roster<never> {
  return { format: null, sheet: '', fingerprint, headerRow: 0, rows: [], faults, readable: false };
}

function rosterOf<Key extends string>(
  { format, sheet, rows, spots, faults }: Grid,
  fingerprint: string,
  columns: ColumnSet<Key>,
): Roster<Key> {
  const header = findHeader(rows, columns);
  const last = rows.findLastIndex((cells) => !isEmptyRow(cells)) + 1;
  const data = rows.slice(header.row, last).map((cells, at) => ({ row: header.row + 1 + at, cells }));
  const filled = data.filter(({ cells }) => !isEmptyRow(cells));
  const found = [
    ...header.faults,
    ...data.filter(({ cells }) => isEmptyRow(cells)).map(({ row }) => fault('ROW_EMPTY', { row })),
    ...(format === 'CSV' ? filled.flatMap((one) => tooWide(one, header)) : []),
    ...spots.flatMap((spot) => spotFaults(spot, header, last, columns)),
    ...faults,
  ];
  const readable = !header.faults.some(isError) && faults.length === 0;
  const named = filled.map(({ row, cells }) => ({ row, cells: byColumn(cells, header) }));
  return { format, sheet, fingerprint, headerRow: header.row, rows: named, faults: found, readable };
}

function isEmptyRow(cells: readonly CellValue[]): boolean {
  return cells.every(isBlank);
}

/** An unquoted comma moves every later cell one column on, so the whole row is in doubt. */
function tooWide(
  { row, cells }: { row: number; cells: readonly CellValue[] },
  header: Header<string>,
): Fault[] {
  const got = cells.findLastIndex((cell) => !isBlank(cell)) + 1;
  const expected = header.words.length;
  return got > expected ? [fault('ROW_TOO_WIDE', { row }, { expected, got })] : [];
}

/** A merge or formula is a fault of every data row it covers; in the header and above it harms nothing. */
function spotFaults<Key extends string>(
  spot: Spot,
  header: Header<Key>,
  lastRow: number,
  columns: ColumnSet<Key>,
): Fault[] {
  const at = spot.from.column - 1;
  const key = header.keys[at];
  const column = key ? columns.of(key).header : header.words[at] || columnLetter(spot.from.column);
  const first = Math.max(spot.from.row, header.row + 1);
  const count = Math.max(Math.min(spot.to.row, lastRow) - first + 1, 0);
  return Array.from({ length: count }, (_, step) => spotFault(spot, first + step, column));
}

function byColumn<Key extends string>(
  cells: readonly CellValue[],
  header: Header<Key>,
): RosterRow<Key>['cells'] {
  const named: RosterRow<Key>['cells'] = {};
  header.keys.forEach((key, at) => {
    if (key) named[key] = cells[at] ?? null;
  });
  return named;
}
