import { isId } from '../../../kernel/rules/ids.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Evidence, ProblemCase, ProblemKind, Record } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import { said } from '../rules/needs/text.ts';
import { reportErrors } from '../rules/problem-cases.ts';
import { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { newProblem } from './new-problem.ts';
import { reckoningsFor } from './settings.ts';

/** A fault somebody suspects. */
export interface NewProblem {
  readonly kind: ProblemKind;
  readonly recordId: string;
  readonly otherRecordId?: string | null;
  readonly statement?: string | null;
  readonly evidence: readonly Evidence[];
  /** Of a neighbour: the same for every report of the same fault. */
  readonly key?: string | null;
}

/** What an act on a case came to; ids and codes only, since it is kept for replays. */
export interface ProblemDone {
  readonly problemCaseId: string | null;
  readonly userErrors: readonly UserError[];
}

export const noProblem = (userErrors: readonly UserError[]): ProblemDone => ({
  problemCaseId: null,
  userErrors,
});

interface Known {
  readonly records: ReadonlyMap<string, Record>;
  readonly reckonings: ReadonlyMap<string, Reckoning>;
  /** Cases that were opened under a key before. */
  readonly byKey: ReadonlyMap<string, ProblemCase>;
}

const KEY_MAX = 100;
const keyOf = ({ account }: Viewer, { key }: NewProblem) => (key == null ? null : `${account}:${key}`);

/** Opens cases; what a neighbour reports again under the same key is the case there is, whatever has become of it. */
export function openProblemCases(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly NewProblem[],
) {
  const { account } = viewer;
  const doing = { action: 'openProblemCase', at: deps.now(), account } as const;
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items,
    gather: () => gather(deps, viewer, items),
    async write(tx, known): Promise<ProblemDone[]> {
      const changes = new Changes(doing);
      const opened = new Map<string, string>();
      const results = items.map((item) => openOne(item, known, { viewer, changes, opened }));
      await changes.write(deps.store, tx);
      return results;
    },
  });
}

async function gather({ queries }: Deps, viewer: Viewer, items: readonly NewProblem[]): Promise<Known> {
  const ids = items.flatMap(({ recordId, otherRecordId }) => [recordId, otherRecordId ?? recordId]);
  const [found, cases] = await Promise.all([
    queries.recordsById([...new Set(ids.filter(isId))]),
    queries.problemCasesByKey(items.flatMap((item) => keyOf(viewer, item) ?? [])),
  ]);
  const records = found.filter((record) => covers(viewer.area, record));
  const provinces = [...new Set(records.map(({ provinceCode }) => provinceCode))];
  return {
    records: new Map(records.map((record) => [record.id, record])),
    reckonings: provinces.length === 0 ? new Map() : await reckoningsFor(queries, provinces),
    byKey: new Map(cases.map((one) => [one.sourceKey!, one])),
  };
}

interface Opening {
  readonly viewer: Viewer;
  readonly changes: Changes;
  /** Cases of this very request, by key. */
  readonly opened: Map<string, string>;
}

function openOne(item: NewProblem, known: Known, { viewer, changes, opened }: Opening): ProblemDone {
  const sourceKey = keyOf(viewer, item);
  const before = sourceKey === null ? null : (known.byKey.get(sourceKey)?.id ?? opened.get(sourceKey));
  if (before) return { problemCaseId: before, userErrors: [] };
  const record = known.records.get(item.recordId);
  const other = item.otherRecordId == null ? null : known.records.get(item.otherRecordId);
  if (!record) return noProblem([userError('NOT_FOUND', ['recordId'])]);
  if (other === undefined || other?.id === record.id)
    return noProblem([userError('NOT_FOUND', ['otherRecordId'])]);
  const statement = said(item.statement);
  const userErrors = [...keyErrors(item), ...reportErrors(statement, item.evidence)];
  if (userErrors.length > 0) return noProblem(userErrors);
  const { at } = changes;
  const problem = newProblem(
    { kind: item.kind, record, other, sourceKey },
    { at, account: viewer.account, on: today(at) },
    { statement, evidence: item.evidence },
    known.reckonings.get(record.provinceCode)!,
  );
  changes.problemCase(null, problem, record);
  if (sourceKey !== null) opened.set(sourceKey, problem.id);
  return { problemCaseId: problem.id, userErrors: [] };
}

const keyErrors = ({ key }: NewProblem): UserError[] =>
  key != null && (key.length < 1 || key.length > KEY_MAX)
    ? [userError('TOO_LONG', ['key'], { max: KEY_MAX, got: key.length })]
    : [];
