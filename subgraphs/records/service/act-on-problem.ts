import { isId } from '../../../kernel/rules/ids.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { ProblemCase, Record } from '../model.ts';
import { clockOf, type Reckoning } from '../rules/clock.ts';
import {
  arbiterLevel,
  authorityOver,
  isOrder,
  orderedTurn,
  problemRule,
  seesProblem,
  type ProblemTurn,
} from '../rules/problem-cases.ts';
import { answerErrors, rulingErrors, type SaidInAnswer, type SaidInRuling } from '../rules/problem-cases.ts';
import { said } from '../rules/needs/text.ts';
import { awardNumber, awardOf, type Award } from './award-number.ts';
import { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { noProblem, type ProblemDone } from './open-problem-cases.ts';
import { reckoningsFor } from './settings.ts';

export interface ProblemAnswering extends SaidInAnswer {
  readonly problemCaseId: string;
}

export interface ProblemArbitration extends SaidInRuling {
  readonly problemCaseId: string;
}

/** A case with the records it is about, as they are now. */
export interface KnownProblem {
  readonly problem: ProblemCase;
  readonly record: Record;
  readonly other: Record | null;
}

/** Cases of these ids with their records. */
export async function knownProblems({ queries }: Pick<Deps, 'queries'>, problems: readonly ProblemCase[]) {
  const ids = problems.flatMap(({ recordId, otherRecordId }) => [recordId, otherRecordId ?? recordId]);
  const records = new Map((await queries.recordsById([...new Set(ids)])).map((one) => [one.id, one]));
  return problems.map((problem): KnownProblem => {
    const { recordId, otherRecordId } = problem;
    return { problem, record: records.get(recordId)!, other: records.get(otherRecordId ?? '') ?? null };
  });
}

interface Known extends KnownProblem {
  readonly reckoning: Reckoning;
  readonly award: Award | null;
}

async function gather(deps: Deps, viewer: Viewer, id: string): Promise<Known | null> {
  const found = isId(id) ? await deps.queries.problemCasesById([id]) : [];
  const [known] = await knownProblems(deps, found);
  if (!known || !seesProblem(viewer.area, known.record, known.other)) return null;
  const { provinceCode } = known.record;
  const reckonings = await reckoningsFor(deps.queries, [provinceCode]);
  return { ...known, reckoning: reckonings.get(provinceCode)!, award: await awardOf(deps, known) };
}

/** The next turn, begun: its task, its level, its clock. */
export const problemTurn = (
  { steps }: ProblemCase,
  { task, holderLevel }: ProblemTurn,
  on: string,
  reckoning: Reckoning,
) => ({ task, holderLevel, steps: steps + 1, ...clockOf(problemRule(task), on, reckoning) });

const actOn = (
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  action: 'answerProblemCase' | 'arbitrateProblemCase',
  item: ProblemAnswering | ProblemArbitration,
  act: (known: Known, changes: Changes) => ProblemDone,
) =>
  performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: action,
    items: [item],
    gather: () => gather(deps, viewer, item.problemCaseId),
    async write(tx, known): Promise<ProblemDone[]> {
      if (!known) return [noProblem([userError('NOT_FOUND', ['problemCaseId'])])];
      const changes = new Changes({ action, at: deps.now(), account: viewer.account });
      const done = act(known, changes);
      await changes.write(deps.store, tx);
      return [done];
    },
  });

/** The kindergarten says what is right; then it is the turn of the lowest authority over both records. */
export const answerProblemCase = (deps: Deps, viewer: Viewer, key: string, item: ProblemAnswering) =>
  actOn(deps, viewer, key, 'answerProblemCase', item, ({ problem, record, other, reckoning }, changes) => {
    const words = { ...item, statement: said(item.statement) };
    const userErrors = answerErrors(problem, record, words, viewer);
    if (userErrors.length > 0) return { problemCaseId: problem.id, userErrors };
    const on = today(changes.at);
    const { answer, statement, evidence } = words;
    const answered = { answer, statement, evidence, account: viewer.account, on };
    const turn = { task: 'DECIDE', holderLevel: arbiterLevel(record, other) } as const;
    const after = { ...problem, answered, ...problemTurn(problem, turn, on, reckoning) };
    changes.problemCase(problem, after, record, 'ANSWERED');
    return { problemCaseId: problem.id, userErrors };
  });

/** An authority rules, or refers the case to the one above it. */
export const arbitrateProblemCase = (deps: Deps, viewer: Viewer, key: string, item: ProblemArbitration) =>
  actOn(deps, viewer, key, 'arbitrateProblemCase', item, (known, changes) => {
    const { problem, record, award } = known;
    const words = { ruling: item.ruling, reason: said(item.reason) };
    const facts = { provenByOther: award !== null };
    const userErrors = rulingErrors(problem, record, words, viewer, facts);
    if (userErrors.length > 0) return { problemCaseId: problem.id, userErrors };
    if (words.ruling === 'REFERRED') refer(known, viewer, changes);
    else rule(known, words, viewer, changes);
    return { problemCaseId: problem.id, userErrors };
  });

function refer({ problem, record, reckoning }: Known, { area }: Viewer, changes: Changes): void {
  const turn = { task: 'DECIDE', holderLevel: authorityOver(area.level, record)! } as const;
  const after = { ...problem, ...problemTurn(problem, turn, today(changes.at), reckoning) };
  changes.problemCase(problem, after, record, 'REFERRED');
}

function rule(
  { problem, record, award, reckoning }: Known,
  { ruling, reason }: SaidInRuling,
  { account }: Viewer,
  changes: Changes,
): void {
  const decided = { ruling, reason, decidedAt: changes.at, decidedBy: account };
  // What is ordered is done by an application; until then the case stays open.
  const next =
    isOrder(ruling) && record.status !== 'CANCELLED'
      ? problemTurn(problem, orderedTurn(ruling, record), today(changes.at), reckoning)
      : RESOLVED;
  changes.problemCase(problem, { ...problem, ...decided, ...next }, record, 'RULED');
  if (ruling === 'NUMBER_TO_OTHER') awardNumber(changes, award!, today(changes.at));
}

export const RESOLVED = { state: 'RESOLVED', task: null, holderLevel: null } as const;
