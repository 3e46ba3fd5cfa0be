import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import { correctionFaults, type Correction } from './corrections.ts';
import type { Deps } from './deps.ts';

/** By application: what speaks against its correction now. */
type Faults = ReadonlyMap<string, readonly UserError[]>;

/** Approval of a correction: decided here, carried out at children, and only then followed by the record's own copies. */
export function correctionApproval({ peers }: Pick<Deps, 'peers'>): Peculiar<Faults> {
  return {
    gather: (cases) => faultsOf(peers, cases),
    facts: ({ application }, faults) => ({ correctionFaults: faults.get(application.id)! }),
    effect({ application, record }, _, changes) {
      changes.followUp(record.id, application.id, {
        kind: 'CORRECT_CHILD',
        facts: { correction: correctionOf({ application, record }) },
      });
      return { followUp: true } as const;
    },
  };
}

async function faultsOf(peers: Deps['peers'], cases: readonly Case[]): Promise<Faults> {
  const found = await correctionFaults(peers, cases.map(correctionOf));
  return new Map(
    cases.map(({ application }, i) => [
      application.id,
      // Whoever decides states nothing; there is no field to mend.
      found[i]!.map((error) => ({ ...error, field: ['applicationId'] })),
    ]),
  );
}

export function correctionOf({ application, record }: Pick<Case, 'application' | 'record'>): Correction {
  const { changes } = application.details ?? {};
  if (!changes) throw new Error('A correction without changes was stored.');
  return { childId: record.childId, ...changes };
}
