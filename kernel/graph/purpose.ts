/** Where an answer is of no use masked, it is given only for a stated purpose. */
import { PURPOSE_HEADER, purposesOpening, type PersonalField } from '../rules/purposes.ts';
import type { Call } from '../rules/viewer.ts';
import { fault } from './faults.ts';

/** Throws PURPOSE_REQUIRED unless the call states one that opens the field to its role. */
export function demandPurpose(
  { viewer, purpose }: Pick<Call, 'viewer' | 'purpose'>,
  field: PersonalField,
): void {
  const fitting = purposesOpening(viewer.role, field);
  if (purpose !== undefined && fitting.includes(purpose)) return;
  const [expected, came] = [fitting.join(', '), purpose ?? '–'];
  throw fault(
    'PURPOSE_REQUIRED',
    `须在请求头 ${PURPOSE_HEADER} 中说明用途：${expected}；实际：${came}。`,
    `The header ${PURPOSE_HEADER} must state the purpose: ${expected} was expected, ${came} came.`,
  );
}
