import { randomUUID } from 'node:crypto';
import { isError, placed, type Fault } from '../roster/faults.ts';
import { ask, type GraphClientOptions } from '../roster/graph-client.ts';
import { readRosterOf } from '../roster/read.ts';
import { readRowOf, type RowValues } from '../roster/row-values.ts';
import { PUPILS, type PupilKey } from './columns.ts';
import {
  COMPARE,
  TAKEN_OVER,
  type CompareAnswer,
  type Comparison,
  type TakenOverAnswer,
} from './operations.ts';

const PER_CALL = 500;

export interface CompareOptions {
  readonly file: string;
  readonly graph: GraphClientOptions;
  readonly sheet?: string | undefined;
  /** The school of rows that name none; left out for a school's own roster. */
  readonly school?: string | undefined;
  /** Not every pupil is in the file, so whoever is missing says nothing. */
  readonly partial?: boolean | undefined;
}

/** What came of one row; `row` is null for a record that went to the school and is not on its roster. */
export interface ComparedLine {
  readonly row: number | null;
  readonly outcome: Comparison['outcome'] | 'REFUSED';
  readonly differences: readonly string[];
  readonly faults: readonly Fault[];
}

export class UnreadablePupils extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super('the roster cannot be read');
    this.faults = faults;
  }
}

/**
 * Compares a whole roster, row by row in batches; then, of the records that went to its schools, those whose pupils are not in
 * it. Run again it finds the same and opens nothing twice.
 */
export async function compareFile(options: CompareOptions): Promise<ComparedLine[]> {
  const roster = await readRosterOf(PUPILS, options.file, options);
  if (!roster.readable) throw new UnreadablePupils(roster.faults);
  const read = roster.rows.map((row) => readRowOf(PUPILS, row, roster.format === 'XLSX', new Set<string>()));
  const faulty = read.filter(({ faults }) => faults.some(isError));
  const good = read.filter(({ faults }) => !faults.some(isError)).map(({ values }) => values);
  const items = good.map((values) => itemOf(values, options.school));
  const comparisons = await compareAll(options.graph, items);
  const lines = comparisons.map((one, i) => lineOf(one, good[i]!.row));
  const refused = faulty.map(({ values: { row }, faults }) => refusedLine(row, faults));
  const missing =
    options.partial === true ? [] : await missingFrom(options, items, comparisons, faulty.length);
  return [...[...lines, ...refused].sort((a, b) => a.row! - b.row!), ...missing];
}

type Item = Readonly<Record<string, string | undefined>>;

function itemOf({ of }: RowValues<PupilKey>, school: string | undefined): Item {
  const { documentKind, documentNumber, ...rest } = of;
  // A number without a kind is a resident ID's in K-12 rosters.
  const document = documentNumber ? { documentKind: documentKind ?? 'RESIDENT_ID', documentNumber } : {};
  return { ...rest, ...document, school: of.school ?? school };
}

async function compareAll(graph: GraphClientOptions, items: readonly Item[]): Promise<Comparison[]> {
  const found: Comparison[] = [];
  for (let i = 0; i < items.length; i += PER_CALL) {
    // One key for the tries of one request; another run is another comparison.
    const input = { idempotencyKey: `compare-${randomUUID()}`, items: items.slice(i, i + PER_CALL) };
    const { compareRoster } = await ask<CompareAnswer>(graph, COMPARE, { input });
    if (compareRoster.userErrors.length > 0)
      throw new Error(`the graph refused: ${compareRoster.userErrors.map(({ code }) => code).join(', ')}`);
    found.push(...compareRoster.results);
  }
  return found;
}

/** A row that could not be read may be anybody's, so nobody is missing from such a file for sure. */
async function missingFrom(
  { graph }: CompareOptions,
  items: readonly Item[],
  comparisons: readonly Comparison[],
  unread: number,
): Promise<ComparedLine[]> {
  if (unread > 0 || comparisons.some(({ userErrors }) => userErrors.length > 0)) return [];
  const present = new Set(comparisons.flatMap(({ takeOver }) => takeOver?.id ?? []));
  const schools = new Set(items.map(({ school }) => school));
  const absent: Item[] = [];
  for (const school of schools)
    for (const { id, code } of await takenOver(graph, school))
      if (!present.has(id))
        absent.push({ takeOverId: id, status: 'INACTIVE', ...(school && { school: code }) });
  return (await compareAll(graph, absent)).map((one) => lineOf(one, null));
}

async function takenOver(graph: GraphClientOptions, school: string | undefined) {
  const found: { id: string; code: string | undefined }[] = [];
  for (let after: string | null = null; ;) {
    const { takeOvers }: TakenOverAnswer = await ask<TakenOverAnswer>(graph, TAKEN_OVER, { school, after });
    found.push(...takeOvers.nodes.map(({ id, school: of }) => ({ id, code: of?.code })));
    if (!takeOvers.pageInfo.hasNextPage) return found;
    after = takeOvers.pageInfo.endCursor;
  }
}

function lineOf({ outcome, differences, userErrors }: Comparison, row: number | null): ComparedLine {
  const place = row === null ? {} : { row };
  const faults = userErrors.map((error) => placed(error, place));
  return { row, outcome: userErrors.length > 0 ? 'REFUSED' : outcome, differences, faults };
}

const refusedLine = (row: number, faults: readonly Fault[]): ComparedLine => ({
  ...{ row, outcome: 'REFUSED', differences: [], faults },
});
