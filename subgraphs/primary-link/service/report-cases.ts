import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { newId, toBytes } from '../../../kernel/store/ids.ts';
import { sql } from '../../../kernel/store/sql.ts';
import type { CaseReport } from '../model.ts';
import type { Deps } from './deps.ts';

/** As many as records takes in one act. */
const PER_CALL = 200;

const REPORT = `mutation($input: ReportProblemCasesInput!) { reportProblemCases(input: $input) {
  results { problemCaseId userErrors { code } } userErrors { code } } }`;

interface Reported {
  readonly problemCaseId: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}

/** A fault as it is found, to be told to records. */
export const newReport = (
  about: Omit<CaseReport, 'id' | 'createdAt' | 'deliveredAt' | 'problemCaseId' | 'refusal'>,
  createdAt: Date,
): CaseReport => ({
  ...about,
  ...{ id: newId(), createdAt, deliveredAt: null, problemCaseId: null, refusal: null },
});

/**
 * Tells records of every fault it has not taken yet, until nothing is left. Told twice it is one case: records knows each by
 * its key. What it refuses, because the record is gone, is kept with the code and not told again.
 */
export async function reportCases(deps: Deps, goesOn: GoesOn = always): Promise<void> {
  for (let after: string | null = null; ;) {
    const due: CaseReport[] = await deps.queries.dueReports(PER_CALL, after);
    if (due.length > 0) await report(deps, due);
    if (due.length < PER_CALL || !goesOn()) return;
    after = due.at(-1)!.id;
  }
}

async function report({ peers, store, now }: Deps, due: readonly CaseReport[]): Promise<void> {
  const items = due.map(({ sourceKey: key, kind, recordId, statement }) => ({
    ...{ key, kind, recordId, statement, evidence: [] },
  }));
  const { reportProblemCases: told } = await peers.ask<{
    reportProblemCases: { results: Reported[]; userErrors: { code: string }[] };
  }>('records', REPORT, { input: { idempotencyKey: newId(), items } });
  if (told.userErrors.length > 0) throw new Error(`records refused: ${told.userErrors[0]!.code}`);
  await store.transaction(async (tx) => {
    for (const [i, { id }] of due.entries()) {
      const { problemCaseId, userErrors } = told.results[i]!;
      const after = { deliveredAt: now(), problemCaseId, refusal: userErrors[0]?.code ?? null };
      await tx.set(store.tables.caseReport, after, sql`id = ${toBytes(id)}`);
    }
  });
}
