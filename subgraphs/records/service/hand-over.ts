import type { Application, Record } from '../model.ts';
import type { Changes } from './changes.ts';

/**
 * A child that is now in another kindergarten than before: who may see it follows. Nothing where it is in the same one,
 * or was in none; the kindergarten it enters has registered it.
 */
export function handOver(
  changes: Changes,
  { application, record }: { readonly application: Application; readonly record: Record },
  fromInstitutionCode: string | null,
  on: string = application.enteredOn,
): { followUp?: true } {
  const { institutionCode: toInstitutionCode } = application;
  if (fromInstitutionCode === null || fromInstitutionCode === toInstitutionCode) return {};
  const facts = { childId: record.childId, fromInstitutionCode, toInstitutionCode, on };
  changes.followUp(record.id, application.id, { kind: 'MOVE_HOLDER', facts });
  return { followUp: true };
}
