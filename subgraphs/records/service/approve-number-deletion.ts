import { today } from '../../../kernel/rules/plain-date.ts';
import type { IssuedNumber, ProblemCase } from '../model.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Peculiar } from './act-on-applications.ts';
import { knownProblems, RESOLVED } from './act-on-problem.ts';
import { awardOf, giveNumber, type Award } from './award-number.ts';
import type { Deps } from './deps.ts';
import { currentNumbers, freeL, replaceNumber, type Drawn } from './numbers.ts';
import { resubmitted } from './resubmit-enrolment.ts';

interface More {
  /** By record: the number that ends, and the temporary one that takes its place. */
  readonly current: ReadonlyMap<string, IssuedNumber>;
  readonly next: ReadonlyMap<string, Drawn>;
  /** By record: the case in which the number is another child's own, with what then goes there. */
  readonly contested: ReadonlyMap<string, { readonly problem: ProblemCase; readonly award: Award }>;
}

/**
 * Approval by the ministry: the G number ends, a fresh L takes its place, both lead to the record. Where a problem case says
 * that it is another child's own, it goes there in the same transaction, and the case is resolved.
 */
export function numberDeletionApproval(deps: Deps): Peculiar<More> {
  const { queries, now } = deps;
  return {
    async gather(cases) {
      const next = new Map<string, Drawn>();
      for (const { record } of cases) next.set(record.id, await freeL(queries, record));
      const ids = cases.map(({ record }) => record.id);
      const current = await currentNumbers({ queries }, ids);
      return { next, current, contested: await contestedAmong(deps, new Set(ids)) };
    },
    facts: ({ record }) => ({ number: record.number }),
    effect({ record }, { current, next, contested }, changes) {
      const { id } = record;
      const on = today(now());
      const number = replaceNumber(changes, current.get(id)!, next.get(id)!, 'DELETED', on);
      const contest = contested.get(id);
      if (contest) {
        const { problem, award } = contest;
        const decided = { ruling: 'NUMBER_TO_OTHER', reason: null, decidedAt: changes.at } as const;
        const decidedBy = changes.account;
        changes.problemCase(problem, { ...problem, ...RESOLVED, ...decided, decidedBy }, record, 'RULED');
        giveNumber(changes, award, on);
      }
      return { record: { number } };
    },
  };
}

/** One number goes to one record: of several cases about it the first whose other child it belongs to. */
async function contestedAmong(deps: Deps, recordIds: ReadonlySet<string>): Promise<More['contested']> {
  const contested = new Map<string, { problem: ProblemCase; award: Award }>();
  const cases = await deps.queries.contestedNumbers([...recordIds]);
  for (const known of await knownProblems(deps, cases)) {
    const { problem, other } = known;
    // A record whose own number is deleted in this very batch waits for the county.
    if (contested.has(problem.recordId) || (other && recordIds.has(other.id))) continue;
    const award = await awardOf(deps, known);
    if (award) contested.set(problem.recordId, { problem, award });
  }
  return contested;
}

/** The province completes its papers. */
export function numberDeletionResubmission({ now }: Deps, { account }: Viewer): Peculiar<null> {
  return {
    gather: () => Promise.resolve(null),
    facts: ({ act, application, record }) => ({
      number: record.number,
      evidence: act.evidence ?? application.evidence,
    }),
    effect: ({ act, application }) => ({
      application: { evidence: act.evidence ?? application.evidence, ...resubmitted(now(), account) },
      turn: resubmittedTurn(application),
    }),
  };
}
