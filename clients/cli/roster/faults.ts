import { userError, type Facts, type UserErrorCode } from '../../../kernel/rules/user-errors.ts';

export type Severity = 'ERROR' | 'WARNING';

/**
 * One fault of a roster file. `row` is the number a spreadsheet shows beside the row, `column` the Chinese
 * header (or the column letter where there is no header); null where the fault is the file's as a whole.
 * A message never carries what stood in the cell.
 */
export interface Fault {
  readonly row: number | null;
  readonly column: string | null;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly messageEn: string;
}

export interface FaultPlace {
  readonly row?: number;
  readonly column?: string;
}

/** Codes that tell the clerk something and refuse nothing; every other code is an error. */
const WARNINGS: ReadonlySet<string> = new Set<UserErrorCode>([
  'COLUMN_UNKNOWN',
  'ROW_EMPTY',
  'DATE_AS_TEXT',
  'HOUSEHOLD_REGION_UNKNOWN',
  'HOUSEHOLD_REGION_ABOLISHED',
  'ID_REGION_UNKNOWN',
  'POSSIBLE_DUPLICATE',
  'ALREADY_REGISTERED_DETAILS_KEPT',
  'SCHOOL_AGE',
  'ENTRY_TOO_LATE',
  'CLASS_FULL',
]);

export function fault(code: UserErrorCode, place: FaultPlace = {}, facts: Facts = {}): Fault {
  return placed(userError(code, [], facts), place);
}

/** A refusal from the rules or from the graph, put at its place in the file. */
export function placed(
  error: Pick<Fault, 'code' | 'message' | 'messageEn'>,
  { row, column }: FaultPlace,
): Fault {
  const { code, message, messageEn } = error;
  return { row: row ?? null, column: column ?? null, code, severity: severityOf(code), message, messageEn };
}

export function isError(one: Fault): boolean {
  return one.severity === 'ERROR';
}

export function faultsByRow(faults: readonly Fault[]): Map<number, Fault[]> {
  const byRow = new Map<number, Fault[]>();
  for (const one of faults) {
    if (one.row === null) continue;
    const known = byRow.get(one.row);
    if (known) known.push(one);
    else byRow.set(one.row, [one]);
  }
  return byRow;
}

function severityOf(code: string): Severity {
  return WARNINGS.has(code) ? 'WARNING' : 'ERROR';
}
