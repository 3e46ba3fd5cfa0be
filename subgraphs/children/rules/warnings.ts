import { checkDocumentRegion, normalise } from '../../../kernel/rules/identity-document.ts';
import { compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { NewChild } from './new-child.ts';

/** What the region tree knows of a code. */
export interface KnownRegion {
  readonly code: string;
  readonly validTo: PlainDate | null;
}

/** The codes a child's warnings depend on: the household region, and the one a resident ID begins with. */
export function regionsNamed({ householdRegion, documentKind, documentNumber }: NewChild): string[] {
  const id = documentKind === 'RESIDENT_ID' ? normalise(documentKind, documentNumber) : null;
  return [householdRegion, id?.slice(0, 6)].filter((code) => code !== null && code !== undefined);
}

/** Shown, never refused: HOUSEHOLD_REGION_UNKNOWN, HOUSEHOLD_REGION_ABOLISHED, ID_REGION_UNKNOWN, POSSIBLE_DUPLICATE. */
export function warningsAbout(
  child: NewChild,
  regions: ReadonlyMap<string, KnownRegion>,
  today: PlainDate,
  others: number,
): UserError[] {
  const { documentKind: kind, documentNumber: number } = child;
  const warnings = [
    ...householdWarnings(child.householdRegion, regions, today),
    ...checkDocumentRegion({ kind, number }, (code) => regions.has(code)),
  ];
  if (others > 0) warnings.push(userError('POSSIBLE_DUPLICATE', [], { count: others }));
  return warnings;
}

/** HOUSEHOLD_REGION_UNKNOWN, HOUSEHOLD_REGION_ABOLISHED. */
export function householdWarnings(
  code: string | null,
  regions: ReadonlyMap<string, KnownRegion>,
  today: PlainDate,
): UserError[] {
  if (code === null) return [];
  const region = regions.get(code);
  if (!region) return [userError('HOUSEHOLD_REGION_UNKNOWN', ['householdRegion'])];
  const abolished = region.validTo !== null && compare(region.validTo, today) <= 0;
  return abolished ? [userError('HOUSEHOLD_REGION_ABOLISHED', ['householdRegion'])] : [];
}
