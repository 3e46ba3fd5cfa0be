import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import { today as todayOf } from '../../../kernel/rules/plain-date.ts';
import type { Progress } from '../progress.ts';
import { BATCH_LIMIT, batchesOf, type Batch } from './batches.ts';
import { checkRoster } from './check.ts';
import { ClassBook } from './class-book.ts';
import { faultsByRow, type Fault } from './faults.ts';
import type { GraphClientOptions } from './graph-client.ts';
import { Journal, journalPath } from './journal.ts';
import { refused, tally, type Outcome } from './outcome.ts';
import { readRoster, type Roster } from './read.ts';
import { sendAll } from './send-all.ts';
import type { Sending } from './send-batch.ts';
import { writeResult } from './result.ts';

export interface ImportOptions {
  readonly file: string;
  readonly graph: GraphClientOptions;
  /** For rows that name no institution of their own. */
  readonly institution?: string | undefined;
  readonly sheet?: string | undefined;
  /** Rows a request, 1 to 200. */
  readonly batch?: number | undefined;
  /** Where the result goes; beside the roster when not given. */
  readonly result?: string | undefined;
  readonly schoolYear?: number | undefined;
  readonly isKnownRegion?: ((code: string) => boolean) | undefined;
}

/** What an import needs of the world around it. */
export interface ImportIo {
  readonly clock?: () => Date;
  /** Told how many rows there are and how many are decided before anything is sent, then of every row decided. */
  readonly progress?: (rows: { total: number; already: number }) => Progress;
}

export interface ImportSummary {
  readonly rowsIn: number;
  readonly accepted: number;
  readonly refused: number;
  /** Rows an earlier, interrupted run had already decided. */
  readonly resumed: number;
  readonly outcomes: readonly Outcome[];
  readonly faults: readonly Fault[];
  readonly resultFile: string;
}

/** The file's rows cannot be judged one by one, so none was sent. */
export class UnreadableRoster extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super('the roster cannot be read');
  }
}

/**
 * Brings a roster into the graph: rows with errors are refused here and never sent, the others go in batches.
 * Every row ends accepted or refused. Killed or broken off, it is simply run again and goes on where it stopped.
 * Throws UnreadableRoster, or GraphFault when the graph stays silent; then nothing decided is lost.
 */
export async function importRoster(options: ImportOptions, io: ImportIo = {}): Promise<ImportSummary> {
  const roster = await readRoster(options.file, { sheet: options.sheet });
  if (!roster.readable) throw new UnreadableRoster(roster.faults);
  const journal = await openJournal(options, roster, io);
  try {
    return await run(options, roster, journal, io);
  } finally {
    await journal.close();
  }
}

async function run(
  options: ImportOptions,
  roster: Roster,
  journal: Journal,
  { progress }: ImportIo,
): Promise<ImportSummary> {
  const { institution, isKnownRegion, graph, file } = options;
  const { today, batch, schoolYear } = journal.settings;
  const { candidates, faults } = checkRoster(roster, {
    today,
    institution,
    institutionNeeded: true,
    isKnownRegion,
  });
  const here = refusedHere(roster, new Set(candidates.map(({ row }) => row)), faults);
  const before = candidates.flatMap(({ row }) => journal.outcomes.get(row) ?? []);
  const pending = batchesOf(candidates, batch).filter((one) => !isDecided(one, journal));
  const bar = progress?.({ total: roster.rows.length, already: here.length + before.length });
  const sending: Sending = {
    graph,
    classes: new ClassBook(graph, schoolYear),
    fingerprint: roster.fingerprint,
  };
  const sent = await sendAll(pending, sending, async (outcomes) => {
    await journal.append(outcomes);
    bar?.advance(outcomes.length);
  }).finally(() => bar?.finish());
  const outcomes = [...here, ...before, ...sent];
  const counts = tally(outcomes, roster.rows.length);
  const resultFile = options.result ?? `${file}.result.xlsx`;
  await writeResult(resultFile, withWarnings(outcomes, faults));
  return { rowsIn: roster.rows.length, ...counts, resumed: before.length, outcomes, faults, resultFile };
}

function openJournal(options: ImportOptions, { fingerprint }: Roster, { clock }: ImportIo): Promise<Journal> {
  const today = todayOf(clock?.() ?? new Date());
  const batch = Math.min(Math.max(options.batch ?? 100, 1), BATCH_LIMIT);
  return Journal.open(
    journalPath(options.file),
    { fingerprint, url: options.graph.url, institution: options.institution ?? null },
    { today, batch, schoolYear: options.schoolYear ?? schoolYearOf(today) },
  );
}

function isDecided({ candidates }: Batch, journal: Journal): boolean {
  return candidates.every(({ row }) => journal.outcomes.has(row));
}

function refusedHere(roster: Roster, good: ReadonlySet<number>, faults: readonly Fault[]): Outcome[] {
  const byRow = faultsByRow(faults);
  return roster.rows.filter(({ row }) => !good.has(row)).map(({ row }) => refused(row, byRow.get(row) ?? []));
}

/** What the check only warned of belongs into the result too, before what the graph said. */
function withWarnings(outcomes: readonly Outcome[], faults: readonly Fault[]): Outcome[] {
  const byRow = faultsByRow(faults);
  return outcomes.map((one) => ({
    ...one,
    faults: [...new Set([...(byRow.get(one.row) ?? []), ...one.faults])],
  }));
}
