import type { Application, Record } from '../model.ts';
import type { Changes } from './changes.ts';

/**
 * A child that is now in another kindergarten than its record was with: who may see it follows, from the day of the
 * decision on. Nothing where it is the same one; the kindergarten it enters has registered it.
 */
export function handOver(
  changes: Changes,
  { application, record }: { readonly application: Application; readonly record: Record },
  decidedOn: string,
): { followUp?: true } {
  const { institutionCode: toInstitutionCode } = application;
  const { childId, institutionCode: fromInstitutionCode } = record;
  if (fromInstitutionCode === toInstitutionCode) return {};
  const facts = { childId, fromInstitutionCode, toInstitutionCode, on: decidedOn };
  changes.followUp(record.id, application.id, { kind: 'MOVE_HOLDER', facts });
  return { followUp: true };
}
