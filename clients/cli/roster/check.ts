import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { candidateOf, type Candidate } from './candidate.ts';
import { checkRow } from './check-row.ts';
import { DuplicateFinder } from './duplicates.ts';
import { faultsByRow, isError, type Fault } from './faults.ts';
import type { Roster } from './read.ts';
import { readRow } from './row-values.ts';

export interface CheckContext {
  /** The day the ages and dates are judged on. */
  readonly today: PlainDate;
  /** The institution of every row that names none. */
  readonly institution?: string | undefined;
  /** Import needs an institution for every row; a check before the code is known does not. */
  readonly institutionNeeded?: boolean | undefined;
  /** Knows the regions of past and present; without it only the code's form is looked at. */
  readonly isKnownRegion?: ((code: string) => boolean) | undefined;
}

export interface CheckedRoster {
  /** Rows without an error, ready to be sent, in the file's order. */
  readonly candidates: Candidate[];
  /** Every fault of the file, in the order of rows; faults of the whole file come first. */
  readonly faults: Fault[];
}

/** Everything about a roster that can be judged without asking anybody. An unreadable one has no candidates. */
export function checkRoster(roster: Roster, context: CheckContext): CheckedRoster {
  if (!roster.readable) return { candidates: [], faults: [...roster.faults] };
  const structural = faultsByRow(roster.faults.filter(({ code }) => code !== 'ROW_EMPTY'));
  const duplicates = new DuplicateFinder();
  const candidates: Candidate[] = [];
  const faults = roster.faults.filter(({ row }) => row === null || row === roster.headerRow);
  const empty = roster.faults.filter(({ code }) => code === 'ROW_EMPTY');
  for (const source of roster.rows) {
    const known = structural.get(source.row) ?? [];
    const { values, faults: unread } = readRow(source, roster.format === 'XLSX', placesOf(known));
    const unclear = placesOf([...known, ...unread].filter(isError));
    const wrong = [...checkRow(values, context), ...duplicates.check(values)];
    // What could not be read is one fault, not a second one for being missing.
    const all = [...known, ...unread, ...wrong.filter(({ column }) => !unclear.has(column ?? ''))];
    faults.push(...all);
    if (!all.some(isError)) candidates.push(candidateOf(values, context.institution ?? null));
  }
  return { candidates, faults: inOrder([...faults, ...empty]) };
}

function placesOf(faults: readonly Fault[]): Set<string> {
  return new Set(faults.flatMap(({ column }) => column ?? []));
}

function inOrder(faults: Fault[]): Fault[] {
  return faults.sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
}
