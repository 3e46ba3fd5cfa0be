import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { CaseReport, PrimarySchool, RosterDifference, RosterOutcome } from '../model.ts';
import {
  differencesOf,
  isReported,
  sourceKeyOf,
  statementOf,
  told,
  writtenOf,
  type ComparedRow,
} from '../rules/comparing.ts';
import { ITEMS_MAX } from '../rules/quota.ts';
import { sees } from '../rules/take-over.ts';
import { ofReport } from './audited.ts';
import type { Deps } from './deps.ts';
import { newReport, reportCases } from './report-cases.ts';
import { gatherRoster, schoolOf, writes, type Found, type Known, type RosterEntry } from './roster-facts.ts';

export type { RosterEntry } from './roster-facts.ts';

/** What came of one row; ids and codes only, since it is kept for replays. */
export interface Compared {
  readonly outcome: RosterOutcome | null;
  readonly differences: readonly RosterDifference[];
  /** The take-over by which the record went to the school, where it is the asker's to see. */
  readonly takeOverId: string | null;
  readonly userErrors: readonly UserError[];
}

/**
 * Holds rows of a K-12 roster against the records here. Every difference goes to records, where it becomes one problem case
 * however often the roster comes; the asker is told only of children it has to do with.
 */
export async function compareRoster(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly RosterEntry[],
) {
  const answer = await performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: 'compareRoster',
    items,
    max: ITEMS_MAX,
    gather: () => gatherRoster(deps, viewer, items),
    async write(tx, known): Promise<Compared[]> {
      const reports = new Map<string, CaseReport>();
      const results = items.map((item, i) =>
        compareOne(item, known.rows[i]!, known.schools, { deps, viewer, reports }),
      );
      const before = await deps.queries.reportsByKeyIn(tx, [...reports.keys()]);
      for (const { sourceKey } of before) reports.delete(sourceKey);
      const fresh = [...reports.values()];
      await tx.insert(deps.store.tables.caseReport, fresh);
      await appendAudit(deps.store, tx, fresh.map(ofReport));
      return results;
    },
  });
  // What is found stands; if records cannot be told of it now, the clock tells it.
  await reportCases(deps).catch(() => undefined);
  return answer;
}

interface Comparing {
  readonly deps: Deps;
  readonly viewer: Viewer;
  /** By their keys, so that a pupil who stands in a roster twice is one case. */
  readonly reports: Map<string, CaseReport>;
}

const NOTHING: Compared = {
  outcome: 'NO_PRESCHOOL_RECORD',
  differences: [],
  takeOverId: null,
  userErrors: [],
};
const refused = (userErrors: readonly UserError[]): Compared => ({ ...NOTHING, outcome: null, userErrors });

function compareOne(
  item: RosterEntry,
  found: Found | null,
  schools: Known['schools'],
  { deps, viewer, reports }: Comparing,
): Compared {
  const schoolCode = schoolOf(viewer, item);
  const userErrors = rowErrors(item, schoolCode, schools.get(schoolCode) ?? null, viewer);
  if (userErrors.length > 0) return refused(userErrors);
  if (!found) return NOTHING;
  const row: ComparedRow = { ...found, status: item.status, schoolCode };
  const differences = differencesOf(row);
  for (const kind of differences.filter(isReported)) {
    const report = reportOf(kind, row, item, deps);
    reports.set(report.sourceKey, report);
  }
  const { takeOver } = row;
  const takeOverId = takeOver && sees(viewer, takeOver) ? takeOver.id : null;
  return { ...told(viewer, row, differences), takeOverId, userErrors: [] };
}

function rowErrors(
  { number, documentKind, documentNumber, takeOverId }: RosterEntry,
  code: string,
  school: PrimarySchool | null,
  viewer: Viewer,
): UserError[] {
  if (!school || !covers(viewer.area, schoolPlaceOf(school)))
    return [userError('SCHOOL_UNKNOWN', ['school'], { code })];
  const byDocument = documentKind != null && documentNumber != null;
  return number != null || byDocument || takeOverId != null ? [] : [userError('ROSTER_ROW_KEY', ['number'])];
}

const schoolPlaceOf = ({ code: institutionCode, provinceCode, cityCode, countyCode }: PrimarySchool) => ({
  ...{ institutionCode, provinceCode, cityCode, countyCode },
});

function reportOf(
  kind: Exclude<RosterDifference, 'NOT_TAKEN_OVER'>,
  row: ComparedRow,
  item: RosterEntry,
  { queries, now }: Deps,
): CaseReport {
  const { recordId, childId, provinceCode, cityCode, countyCode } = row.record;
  const written = writtenOf(kind, writes(item));
  const digest = queries.digestOf('written', `${row.schoolCode}|${written}`);
  const sourceKey = sourceKeyOf(kind, row, { today: today(now()), digest });
  const statement = statementOf(kind, row.schoolCode, written);
  return newReport(
    { sourceKey, kind, recordId, childId, provinceCode, cityCode, countyCode, statement },
    now(),
  );
}
