import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { ApplicationKind } from '../model.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import { correctionApproval } from './approve-correction.ts';
import { enrolmentApproval } from './approve-enrolment.ts';
import { numberDeletionApproval, numberDeletionResubmission } from './approve-number-deletion.ts';
import { transferApproval } from './approve-transfer.ts';
import { cancellationApproval, cancellationResubmission } from './decide-cancellation.ts';
import { reinstatementApproval, reinstatementResubmission } from './decide-reinstatement.ts';
import { deferralApproval, deferralResubmission } from './decide-deferral.ts';
import type { Deps } from './deps.ts';
import { correctionResubmission } from './resubmit-correction.ts';
import { enrolmentResubmission } from './resubmit-enrolment.ts';
import { transferResubmission } from './resubmit-transfer.ts';

/** What each kind does when it is approved, given up, or submitted again; where a kind is not named, only states change. */
export const approval = (deps: Deps) =>
  byKind({
    ENROLMENT: enrolmentApproval(deps),
    TRANSFER: transferApproval(deps),
    CORRECTION: correctionApproval(deps),
    DEFERRAL: deferralApproval(deps),
    NUMBER_DELETION: numberDeletionApproval(deps),
    CANCELLATION: cancellationApproval(deps),
    REINSTATEMENT: reinstatementApproval(deps),
  });

export const resubmission = (deps: Deps, viewer: Viewer) =>
  byKind({
    ENROLMENT: enrolmentResubmission(deps, viewer),
    TRANSFER: transferResubmission(deps, viewer),
    CORRECTION: correctionResubmission(deps, viewer),
    DEFERRAL: deferralResubmission(deps, viewer),
    NUMBER_DELETION: numberDeletionResubmission(deps, viewer),
    CANCELLATION: cancellationResubmission(deps, viewer),
    REINSTATEMENT: reinstatementResubmission(deps, viewer),
  });

/** One act whose effect depends on the kind of application: each kind's own part, asked for its own cases only. */
function byKind(of: { readonly [Kind in ApplicationKind]?: Peculiar<unknown> }): Peculiar<Known> {
  const partOf = ({ application: { kind } }: Case) => of[kind] ?? NOTHING;
  return {
    async gather(cases) {
      const known: Known = new Map();
      for (const [kind, part] of Object.entries(of)) {
        const own = cases.filter(({ application }) => application.kind === kind);
        if (own.length > 0) known.set(kind, await part.gather(own));
      }
      return known;
    },
    facts: (one, known) => partOf(one).facts(one, known.get(one.application.kind)),
    effect: (one, known, changes) => partOf(one).effect(one, known.get(one.application.kind), changes),
  };
}
type Known = Map<string, unknown>;

/** For a kind that needs nothing but the states. */
export const NOTHING: Peculiar<unknown> = {
  gather: () => Promise.resolve(null),
  facts: () => ({}),
  effect: () => ({}),
};
