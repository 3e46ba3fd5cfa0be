import type { DetailField } from '../../../kernel/rules/key-fields.ts';
import { normaliseName } from '../../../kernel/rules/person-name.ts';
import type { ChildChange, ChildHolder, Guardian, NamedGuardian, Origin, Statement } from '../model.ts';

/** Under which input field each detail is stated. */
export const INPUT_OF_DETAIL = {
  NATIONALITY: 'nationality',
  ETHNICITY: 'ethnicity',
  HOUSEHOLD_REGION: 'householdRegion',
  GUARDIANS: 'guardians',
} as const satisfies Readonly<Record<DetailField, keyof Statement>>;

/** The guardians as they are stored. */
export function storedGuardians(guardians: readonly NamedGuardian[]): NamedGuardian[] {
  return guardians.map(({ relation, name, phone }) => ({
    relation,
    name: normaliseName(name),
    phone: phone?.trim() ?? null,
  }));
}

export const originOf = ({ nationality, ethnicity, householdRegion }: Origin): Origin => ({
  nationality,
  ethnicity,
  householdRegion,
});

/** What an institution states of a child; `guardians` may be those of others too. */
export const statementOf = (hold: ChildHolder, guardians: readonly Guardian[]): Statement => ({
  ...originOf(hold),
  guardians: guardians
    .filter(
      ({ childId, institutionCode }) => childId === hold.childId && institutionCode === hold.institutionCode,
    )
    .map(({ relation, name, phone }) => ({ relation, name, phone })),
});

/** Which details differ, in the order of the list. */
export function changedDetails(before: Statement, after: Statement): DetailField[] {
  const changed: readonly [DetailField, boolean][] = [
    ['NATIONALITY', before.nationality !== after.nationality],
    ['ETHNICITY', before.ethnicity !== after.ethnicity],
    ['HOUSEHOLD_REGION', before.householdRegion !== after.householdRegion],
    ['GUARDIANS', textOf(before.guardians) !== textOf(after.guardians)],
  ];
  return changed.filter(([, differs]) => differs).map(([field]) => field);
}

const textOf = (guardians: readonly NamedGuardian[]) =>
  JSON.stringify(guardians.map(({ relation, name, phone }) => [relation, name, phone]));

export interface Change {
  readonly id: string;
  readonly account: string;
  readonly at: Date;
  readonly hold: ChildHolder;
  readonly before: Statement;
  readonly after: Statement;
}

/** What the history keeps of a change; null where nothing changes. */
export function changeOf({ id, account, at, hold, before, after }: Change): ChildChange | null {
  const changed = changedDetails(before, after);
  if (changed.length === 0) return null;
  const { childId, institutionCode, provinceCode, cityCode, countyCode } = hold;
  const whose = { childId, institutionCode, provinceCode, cityCode, countyCode };
  return { id, ...whose, account, at, changed, ...originOf(before), guardians: before.guardians };
}

/**
 * Where a child comes from, to somebody who reads what these holders have stated: the one who has held it for the
 * shortest time is heard first, and the next where that one has said nothing. Null where nobody holds it.
 */
export function originStatedBy(holders: readonly ChildHolder[]): Origin | null {
  const latestFirst = [...holders].sort(
    (a, b) =>
      b.heldSince.getTime() - a.heldSince.getTime() || (a.institutionCode < b.institutionCode ? -1 : 1),
  );
  const [latest] = latestFirst;
  if (!latest) return null;
  const said = (field: 'ethnicity' | 'householdRegion') =>
    latestFirst.find((one) => one[field] !== null)?.[field] ?? null;
  return {
    nationality: latest.nationality,
    ethnicity: said('ethnicity'),
    householdRegion: said('householdRegion'),
  };
}
