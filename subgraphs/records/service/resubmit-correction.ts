import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { KeyChanges } from '../model.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import { correctionsOf } from './approve-correction.ts';
import { correctionFaults } from './corrections.ts';
import type { Deps } from './deps.ts';
import { resubmitted } from './resubmit-enrolment.ts';

/** By application: what speaks against its correction now. */
type Faults = ReadonlyMap<string, readonly UserError[]>;

/** Resubmission of a correction: what is asked for and the papers may be completed. */
export function correctionResubmission(deps: Deps, { account }: Viewer): Peculiar<Faults> {
  const { peers, now } = deps;
  return {
    async gather(cases) {
      const stored = await correctionsOf(deps, cases);
      const corrections = cases.map((one, i) => ({ ...stored[i]!, ...changesOf(one) }));
      const faults = await correctionFaults(peers, corrections);
      return new Map(cases.map(({ application }, i) => [application.id, faults[i]!]));
    },
    facts: (one, faults) => ({
      changes: changesOf(one),
      correctionFaults: faults.get(one.application.id)!,
      evidence: evidenceOf(one),
    }),
    effect: (one) => ({
      application: {
        details: { ...one.application.details, changes: changesOf(one) },
        evidence: evidenceOf(one),
        ...resubmitted(now(), account),
      },
      turn: resubmittedTurn(one.application),
    }),
  };
}

const changesOf = ({ act, application }: Case): KeyChanges => act.changes ?? application.details!.changes!;
const evidenceOf = ({ act, application }: Case) => act.evidence ?? application.evidence;
