/** Who puts a child under a protection order out of sight, and who lifts that. */
import { checkTextForm, isWellFormed } from '../../../kernel/rules/text.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { AREA_LEVELS, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Child, ChildSeal, SealGround } from '../model.ts';

export const REFERENCE_MAX = 100;

export interface Sealing {
  readonly childId: string;
  readonly ground: SealGround;
  /** The number of the order it rests on, or of the one that lifts it. */
  readonly reference: string;
}

/** `last` is the latest act on the child. */
export function maySeal(
  act: ChildSeal['act'],
  { reference }: Sealing,
  child: Child | null,
  last: ChildSeal | null,
  { area }: Viewer,
): UserError[] {
  if (!child) return [userError('NOT_FOUND', ['childId'])];
  if ((last?.act ?? 'UNSEAL') === act)
    return [userError(act === 'SEAL' ? 'CHILD_SEALED_ALREADY' : 'CHILD_NOT_SEALED', ['childId'])];
  // What a province has ordered no county lifts.
  const higher = last && AREA_LEVELS.indexOf(area.level) > AREA_LEVELS.indexOf(last.areaLevel);
  if (act === 'UNSEAL' && higher)
    return [userError('SEALED_FROM_ABOVE', ['childId'], { expected: last.areaLevel, got: area.level })];
  return referenceErrors(reference);
}

function referenceErrors(reference: string): UserError[] {
  const field = ['reference'];
  if (!isWellFormed(reference)) return checkTextForm(reference, field);
  const got = [...reference.trim()].length;
  if (got === 0) return [userError('REQUIRED', field)];
  return got > REFERENCE_MAX ? [userError('TOO_LONG', field, { max: REFERENCE_MAX, got })] : [];
}
