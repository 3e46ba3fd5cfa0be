import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import type { Peculiar } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { pastOf, reinstatementFacts, undoing, type Past } from './reinstatement-facts.ts';
import { resubmitted } from './resubmit-enrolment.ts';

/** Approval of a reinstatement: the very stay that ended goes on, so that no day of it is missing. */
export const reinstatementApproval = (deps: Deps): Peculiar<Past> => {
  const day = today(deps.now());
  return {
    gather: (cases) =>
      pastOf(
        deps,
        cases.map(({ record }) => record),
      ),
    facts: ({ record }, past) => reinstatementFacts(record, past, day),
    effect({ record }, past, changes) {
      const { ending, stay, restored, cut } = undoing(record, past, day);
      const { status } = restored!;
      if (status === 'ENROLLED' || status === 'DEFERRED') {
        for (const { stay: earlier, untilOn } of cut) changes.close(earlier, untilOn);
        changes.reopen(stay!);
      }
      return { record: { ...restored!, mergedInto: null }, about: { effectiveOn: ending!.effectiveOn } };
    },
  };
};

/** Resubmission of a reinstatement: the papers may be completed. */
export const reinstatementResubmission = (deps: Deps, { account }: Viewer): Peculiar<Past> => ({
  gather: (cases) =>
    pastOf(
      deps,
      cases.map(({ record }) => record),
    ),
  facts: ({ act, application, record }, past) => ({
    ...reinstatementFacts(record, past, today(deps.now())),
    evidence: act.evidence ?? application.evidence,
  }),
  effect: ({ act, application }) => ({
    application: {
      evidence: act.evidence ?? application.evidence,
      ...resubmitted(deps.now(), account),
    },
    turn: resubmittedTurn(application),
  }),
});
