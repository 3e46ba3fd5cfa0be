import { always, type GoesOn } from '../../../../kernel/rules/goes-on.ts';
import { today } from '../../../../kernel/rules/plain-date.ts';
import { appendAudit, systemActor } from '../../../../kernel/store/audit/append.ts';
import type { Actor, Audited } from '../../../../kernel/store/audit/entry.ts';
import { Conflict } from '../../../../kernel/store/errors.ts';
import { marksOf, type Marks } from '../../../../kernel/store/marks.ts';
import type { DataExport, ExportField, Record } from '../../model.ts';
import { cellsOf, type ChildExportFacts } from '../../rules/export-cells.ts';
import { ASKED_OF_CHILDREN } from '../../rules/export-fields.ts';
import { removeParts } from '../../store/data-exports.ts';
import type { Deps } from '../deps.ts';
import { ofExport } from './audited.ts';
import { headOf, lineOf } from './lines.ts';
import { statisticsOf } from './statistics.ts';

/** Records read at once; as many lines are one part. */
export const ROWS_PER_PART = 500;
const LEASE_MS = 60_000;
export const MAKER = systemActor('system:exports');

/** Makes what has been approved, removes what is over; to be called again and again. */
export async function tendDataExports(deps: Deps, goesOn: GoesOn = always): Promise<void> {
  await expire(deps);
  await clear(deps);
  for (const waiting of await deps.queries.dataExportsToMake())
    if (goesOn()) await unlessOvertaken(() => make(deps, waiting, goesOn));
}

/** Somebody has revoked it, or another process is making it: then it is not ours any more, and nothing of this turn stays. */
async function unlessOvertaken(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

async function make(deps: Deps, waiting: DataExport, goesOn: GoesOn): Promise<void> {
  const { leaseUntil } = waiting;
  if (leaseUntil && leaseUntil > deps.now()) return;
  const leased = await write(deps, waiting, waiting, []);
  const work = leased.profile === 'STATISTICS' ? statisticsOf : linesOf;
  await work(deps, leased, goesOn);
}

/** One part after the other, each with how far it has come: after a kill it goes on behind the last. */
async function linesOf(deps: Deps, leased: DataExport, goesOn: GoesOn): Promise<void> {
  const marks = marksOf(leased.secret!);
  let at = leased;
  while (goesOn()) {
    const page = await pageOf(deps, at, at.reachedId);
    const lines = page.rows.map(({ record, child }) => lineFor(at, marks, record, child)).sort();
    const body = (at.parts === 0 ? headOf(at, marks) : '') + lines.join('');
    const next = {
      ...at,
      reachedId: page.reachedId,
      lineCount: at.lineCount + lines.length,
      state: page.isLast ? ('READY' as const) : at.state,
    };
    at = await write(deps, at, next, [body], exposed(at, page.rows));
    if (page.isLast) return;
  }
}

function lineFor(at: DataExport, marks: Marks, record: Record, child: ChildExportFacts): string {
  const fields = at.approvedFields!;
  // Lines sort by their tags, which are chance: their order tells nothing.
  return lineOf(
    marks,
    marks.tag(),
    cellsOf(record, child, fields, at.profile, (field, value) => marks.pseudonym(field, value)),
  );
}

/** The children who leave by name, each in the log of its county, so that its guardians can be told. */
function exposed(at: DataExport, rows: readonly ExportedRow[]): Audited[] {
  if (at.profile !== 'IDENTIFIED') return [];
  return rows.map(({ record: { countyCode, childId } }) => ({
    ...{ action: 'EXPORT', authority: countyCode, subjectType: 'Child', subjectId: childId },
    ...{ childId, caseId: at.id, fields: at.approvedFields },
  }));
}

export interface ExportedRow {
  readonly record: Record;
  readonly child: ChildExportFacts;
}

/** Records after one of them, by the very predicate of the list, with what the neighbour says of the children. */
export async function pageOf({ queries, peers }: Deps, at: DataExport, after: string | null) {
  const area = { level: at.areaLevel, code: at.areaCode };
  const filter = { area, status: at.rowStatus, classId: null };
  const records = await queries.records(filter, ROWS_PER_PART, after);
  const asked = askedFor(at.approvedFields!);
  const known = asked === null ? null : await factsOf(peers, records, asked);
  return {
    // A child the neighbour does not answer for is one nobody may be given.
    rows: records.flatMap((record): ExportedRow[] => {
      const child = known === null ? {} : known.get(record.childId);
      return child ? [{ record, child }] : [];
    }),
    reachedId: records.at(-1)?.id ?? after,
    isLast: records.length < ROWS_PER_PART,
  };
}

const askedFor = (fields: readonly ExportField[]): string | null => {
  const asked = fields.flatMap((field) => ASKED_OF_CHILDREN[field] ?? []);
  return asked.length === 0 ? null : asked.join(' ');
};

async function factsOf(peers: Deps['peers'], records: readonly Record[], asked: string) {
  const keys = records.map(({ childId: id }) => ({ id }));
  const found = await peers.entities<{ exportFacts: ChildExportFacts | null }>(
    'children',
    'Child',
    keys,
    `exportFacts { ${asked} }`,
  );
  return new Map(
    records.flatMap(({ childId }, i) => {
      const facts = found[i]?.exportFacts;
      return facts ? [[childId, facts] as const] : [];
    }),
  );
}

/**
 * Writes parts and how far the file has come, in one transaction that throws Conflict where the export is not what it
 * was any more; and takes it for another minute.
 */
export async function write(
  { store, now }: Deps,
  before: DataExport,
  next: DataExport,
  bodies: readonly string[],
  audited: readonly Audited[] = [],
): Promise<DataExport> {
  const isDone = next.state !== 'APPROVED';
  const after: DataExport = {
    ...next,
    parts: before.parts + bodies.length,
    leaseUntil: isDone ? null : new Date(now().getTime() + LEASE_MS),
  };
  await store.transaction(async (tx) => {
    await tx.update(store.tables.dataExport, [{ before, after }]);
    await tx.insert(
      store.tables.dataExportPart,
      bodies.map((body, i) => ({ exportId: before.id, part: before.parts + i, body })),
    );
    await appendAudit(store, tx, [...audited, ...(isDone ? [ofExport('makeDataExport', after)] : [])]);
  }, answering(before));
  return { ...after, version: before.version + 1 };
}

/** Who has approved answers for what leaves. */
function answering({ decidedBy, decidedLevel, decidedCode }: DataExport): Actor {
  const level = decidedLevel!;
  const role = level === 'NATION' ? 'MINISTRY' : level === 'INSTITUTION' ? 'KINDERGARTEN' : level;
  return { account: decidedBy!, role, area: { level, code: decidedCode! } };
}

async function expire({ store, queries, now }: Deps): Promise<void> {
  for (const over of await queries.dataExportsOver(today(now())))
    await unlessOvertaken(() =>
      store.transaction(async (tx) => {
        const after: DataExport = { ...over, state: 'EXPIRED', leaseUntil: null };
        await tx.update(store.tables.dataExport, [{ before: over, after }]);
        await appendAudit(store, tx, [ofExport('expireDataExport', after)], MAKER);
      }),
    );
}

/** Removes files, some parts at a time, so that nobody waits behind a long statement. */
async function clear({ store, queries }: Deps): Promise<void> {
  for (const gone of await queries.dataExportsToClear()) {
    for (let from = 0; from < gone.parts; from += ROWS_PER_PART)
      await store.transaction((tx) => removeParts(tx, gone.id, from, ROWS_PER_PART));
    await unlessOvertaken(() =>
      store.transaction((tx) =>
        tx.update(store.tables.dataExport, [{ before: gone, after: { ...gone, parts: 0 } }]),
      ),
    );
  }
}
