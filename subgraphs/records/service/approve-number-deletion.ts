import { today } from '../../../kernel/rules/plain-date.ts';
import type { IssuedNumber } from '../model.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Peculiar } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { currentNumbers, freeL, replaceNumber, type Drawn } from './numbers.ts';
import { resubmitted } from './resubmit-enrolment.ts';

interface More {
  /** By record: the number that ends, and the temporary one that takes its place. */
  readonly current: ReadonlyMap<string, IssuedNumber>;
  readonly next: ReadonlyMap<string, Drawn>;
}

/** Approval by the ministry: the G number ends, a fresh L takes its place, both lead to the record. */
export function numberDeletionApproval({ queries, now }: Deps): Peculiar<More> {
  return {
    async gather(cases) {
      const next = new Map<string, Drawn>();
      for (const { record } of cases) next.set(record.id, await freeL(queries, record));
      const ids = cases.map(({ record }) => record.id);
      return { next, current: await currentNumbers({ queries }, ids) };
    },
    facts: ({ record }) => ({ number: record.number }),
    effect({ record: { id } }, { current, next }, changes) {
      const on = today(now());
      return { record: { number: replaceNumber(changes, current.get(id)!, next.get(id)!, 'DELETED', on) } };
    },
  };
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
