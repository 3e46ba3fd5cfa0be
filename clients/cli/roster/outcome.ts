import { COLUMN_KEYS, columnOf, type ColumnKey } from './columns.ts';
import { isError, placed, type Fault } from './faults.ts';
import type { Refusal } from './operations.ts';

/** What became of one row. A refused row has at least one error among its faults. */
export interface Outcome {
  readonly row: number;
  readonly outcome: 'ACCEPTED' | 'REFUSED';
  readonly recordId: string | null;
  readonly faults: readonly Fault[];
}

export function accepted(row: number, recordId: string, faults: readonly Fault[]): Outcome {
  return { row, outcome: 'ACCEPTED', recordId, faults: once(faults) };
}

export function refused(row: number, faults: readonly Fault[]): Outcome {
  return { row, outcome: 'REFUSED', recordId: null, faults: once(faults) };
}

/** The check and the graph may find the same fault; it is told once. */
function once(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((one) => [`${one.code} ${one.column}`, one])).values()];
}

/** Input fields of the graph whose column has another name here. */
const COLUMN_OF_FIELD: Readonly<Record<string, ColumnKey>> = {
  guardians: 'guardianName',
  relation: 'guardianRelation',
  phone: 'guardianPhone',
  classId: 'className',
  childId: 'documentNumber',
};

/** Refusals of the graph, put at the row and, where the field tells it, at the column they speak of. */
export function inRow(row: number, refusals: readonly Refusal[]): Fault[] {
  return refusals.map((refusal) => {
    const column = columnOfField(refusal.field);
    return placed(refusal, { row, ...(column === null ? {} : { column }) });
  });
}

function columnOfField(field: readonly string[]): string | null {
  const isGuardian = field.includes('guardians');
  const last = field.findLast((part) => !/^\d+$/.test(part)) ?? '';
  const word = isGuardian && last === 'name' ? 'guardianName' : (COLUMN_OF_FIELD[last] ?? last);
  const key = COLUMN_KEYS.find((one) => one === word);
  return key ? columnOf(key).header : null;
}

/** Every row is one or the other; anything else is a fault of this program and is not passed over. */
export function tally(outcomes: readonly Outcome[], rowsIn: number): { accepted: number; refused: number } {
  const acceptedRows = outcomes.filter(({ outcome }) => outcome === 'ACCEPTED').length;
  const refusedRows = outcomes.filter(({ outcome, faults }) => outcome === 'REFUSED' && faults.some(isError));
  const rows = new Set(outcomes.map(({ row }) => row)).size;
  if (acceptedRows + refusedRows.length !== rowsIn || rows !== rowsIn) {
    throw new Error(`${rowsIn} rows in, ${acceptedRows} accepted, ${refusedRows.length} refused`);
  }
  return { accepted: acceptedRows, refused: refusedRows.length };
}
