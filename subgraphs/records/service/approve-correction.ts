import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import { correctionFaults, type Correction } from './corrections.ts';
import type { Deps } from './deps.ts';
import { duplicatesOf } from './duplicates.ts';

/** By application: its correction, and what speaks against it now. */
type Known = ReadonlyMap<string, { readonly correction: Correction; readonly faults: readonly UserError[] }>;

/** Approval of a correction: decided here, carried out at children, and only then followed by the record's own copies. */
export function correctionApproval(deps: Pick<Deps, 'peers' | 'queries'>): Peculiar<Known> {
  return {
    gather: (cases) => knownOf(deps, cases),
    facts: ({ application }, known) => ({ correctionFaults: known.get(application.id)!.faults }),
    effect({ application, record }, known, changes) {
      changes.followUp(record.id, application.id, {
        kind: 'CORRECT_CHILD',
        facts: { correction: known.get(application.id)!.correction },
      });
      return { followUp: true } as const;
    },
  };
}

async function knownOf(deps: Pick<Deps, 'peers' | 'queries'>, cases: readonly Case[]): Promise<Known> {
  const corrections = await correctionsOf(deps, cases);
  const found = await correctionFaults(deps.peers, corrections);
  return new Map(
    cases.map(({ application }, i) => {
      // Whoever decides states nothing; there is no field to mend.
      const faults = found[i]!.map((error) => ({ ...error, field: ['applicationId'] }));
      return [application.id, { correction: corrections[i]!, faults }];
    }),
  );
}

/** What is asked of children, in the order of the cases. */
export async function correctionsOf(
  deps: Pick<Deps, 'queries'>,
  cases: readonly Pick<Case, 'application' | 'record'>[],
): Promise<Correction[]> {
  const duplicates = await duplicatesOf(
    deps,
    cases.map(({ record }) => record.id),
  );
  return cases.map((one) => ({ ...correctionOf(one), duplicates: duplicates.get(one.record.id) ?? [] }));
}

function correctionOf({ application, record }: Pick<Case, 'application' | 'record'>): Correction {
  const { changes } = application.details ?? {};
  if (!changes) throw new Error('A correction without changes was stored.');
  return { childId: record.childId, ...changes };
}
