import { isBlank, type CellValue } from './cells.ts';
import { choose } from './choices.ts';
import { KINDERGARTEN, type Column, type ColumnKey, type ColumnSet } from './columns.ts';
import { fault, type Fault } from './faults.ts';
import type { RosterRow } from './read.ts';
import { readDate } from './typed-date.ts';

/** What each cell of a row means: dates as YYYY-MM-DD, choices as the graph's values, the rest as text. */
export interface RowValues<Key extends string = ColumnKey> {
  readonly row: number;
  readonly of: Partial<Record<Key, string>>;
}

type CellReading = { value: string; warning?: Fault } | { fault: Fault } | null;

/**
 * Reads a row cell by cell. Cells in `skipped` columns already have a fault and are left alone.
 * `isTyped` tells that the file could have held real dates, so that a date written as text deserves a warning.
 */
export function readRow(
  row: RosterRow,
  isTyped: boolean,
  skipped: ReadonlySet<string>,
): { values: RowValues; faults: Fault[] } {
  return readRowOf(KINDERGARTEN, row, isTyped, skipped);
}

/** The same of a row of another kind of file. */
export function readRowOf<Key extends string>(
  columns: ColumnSet<Key>,
  { row, cells }: RosterRow<Key>,
  isTyped: boolean,
  skipped: ReadonlySet<string>,
): { values: RowValues<Key>; faults: Fault[] } {
  const of: Partial<Record<Key, string>> = {};
  const faults: Fault[] = [];
  for (const key of columns.keys) {
    const column = columns.of(key);
    if (skipped.has(column.header)) continue;
    const reading = readCell(column, cells[key] ?? null, row, isTyped);
    if (reading === null) continue;
    if ('fault' in reading) faults.push(reading.fault);
    else of[key] = reading.value;
    if ('warning' in reading && reading.warning) faults.push(reading.warning);
  }
  return { values: { row, of }, faults };
}

function readCell(column: Column, cell: CellValue, row: number, isTyped: boolean): CellReading {
  const place = { row, column: column.header };
  if (isBlank(cell)) return column.required === 'EVERY_ROW' ? { fault: fault('REQUIRED', place) } : null;
  if (column.kind === 'date') return dateCell(cell, place, isTyped);
  if (cell instanceof Date || typeof cell === 'boolean') return { fault: fault('TEXT_EXPECTED', place) };
  if (typeof cell === 'number' && column.refusesNumbers) return { fault: fault('NUMBER_AS_NUMBER', place) };
  const text = String(cell).trim();
  if (!column.choices) return { value: text };
  const value = choose(column.choices, text);
  return value === null ? { fault: notInList(column, place) } : { value };
}

type Place = { row: number; column: string };

function dateCell(cell: CellValue, place: Place, isTyped: boolean): CellReading {
  const reading = readDate(cell);
  if ('fault' in reading) return { fault: fault(reading.fault, place) };
  const isPlain = reading.date === cell && !isTyped;
  if (!reading.asText || isPlain) return { value: reading.date };
  return { value: reading.date, warning: fault('DATE_AS_TEXT', place, { read: reading.date }) };
}

const SHOWN_CHOICES = 8;

function notInList({ choices }: Column, place: Place): Fault {
  const shown = choices?.shown ?? [];
  const expected = shown.slice(0, SHOWN_CHOICES).join('、') + (shown.length > SHOWN_CHOICES ? '…' : '');
  return fault('VALUE_NOT_IN_LIST', place, { expected });
}
