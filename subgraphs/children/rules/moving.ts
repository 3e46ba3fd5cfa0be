import { compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';
import type { ChildHolder, Guardian, Origin } from '../model.ts';
import { originOf, originStatedBy } from './statement.ts';

/** A child goes from one institution (null: from none that is known) to another, on a day. */
export interface Move {
  readonly childId: string;
  readonly fromInstitutionCode: string | null;
  /** The same code as before where the institution itself has moved to another place. */
  readonly toInstitutionCode: string;
  readonly on: string;
}

export interface MoveFacts {
  /** The ids of those of the children that there are. */
  readonly children: ReadonlySet<string>;
  /** Every hold of these children, also those that have ended. */
  readonly holders: readonly ChildHolder[];
  readonly guardians: readonly Guardian[];
  /** With what they were merged into. */
  readonly institutions: ReadonlyMap<string, Place & Succeeded>;
}

interface Succeeded {
  readonly successor: { readonly code: string } | null;
}

/** The institution and what it was merged into, and that into; the last one stands today. */
function line(code: string, institutions: ReadonlyMap<string, Succeeded>): string[] {
  const codes = [code];
  for (let next = institutions.get(code)?.successor; next; next = institutions.get(next.code)?.successor)
    codes.push(next.code);
  return codes;
}

export const standingOf = (code: string, institutions: ReadonlyMap<string, Succeeded>): string =>
  line(code, institutions).at(-1)!;

/** Errors, each at its move: CHILD_UNKNOWN, INSTITUTION_UNKNOWN, DATE_IMPOSSIBLE. */
export function moveErrors(moves: readonly Move[], { children, institutions }: MoveFacts): UserError[] {
  return moves.flatMap(({ childId, toInstitutionCode: code, on }, i) =>
    under(
      ['moves', String(i)],
      [
        ...(children.has(childId) ? [] : [userError('CHILD_UNKNOWN', ['childId'])]),
        ...(institutions.has(code)
          ? []
          : [userError('INSTITUTION_UNKNOWN', ['toInstitutionCode'], { code })]),
        ...(isPlainDate(on) ? [] : [userError('DATE_IMPOSSIBLE', ['on'])]),
      ],
    ),
  );
}

const present = (hold: ChildHolder | undefined) => hold !== undefined && hold.untilOn === null;
const after = (day: PlainDate | null | undefined, on: PlainDate) => day != null && compare(day, on) > 0;

/** The holds that change and the guardians that are copied. A move that has been made, or that a later one has overtaken, changes nothing. */
export function moving(moves: readonly Move[], facts: MoveFacts, at: Date) {
  const keyOf = (childId: string, code: string) => `${childId} ${code}`;
  const before = new Map(facts.holders.map((hold) => [keyOf(hold.childId, hold.institutionCode), hold]));
  const holds = new Map(before);
  const guardians: Guardian[] = [...facts.guardians];
  const copied: Guardian[] = [];

  /** So that the receiving kindergarten can reach the parents; where it has named somebody itself, that stands. */
  const copyGuardians = (childId: string, from: string, institutionCode: string) => {
    const named = (code: string) =>
      guardians.filter((one) => one.childId === childId && one.institutionCode === code);
    if (named(institutionCode).length > 0) return;
    const copies = named(from).map((one) => ({ ...one, institutionCode }));
    guardians.push(...copies);
    copied.push(...copies);
  };
  /** What comes along is stated by the institution the child leaves; without one, only what the papers say. */
  const brought = (childId: string, from: ChildHolder | undefined): Origin => {
    if (from) return originOf(from);
    const known = originStatedBy([...holds.values()].filter((one) => one.childId === childId));
    return { nationality: known!.nationality, ethnicity: null, householdRegion: null };
  };
  /** The hold the institution had, or where it was carried to when the institution was merged. */
  const holdFrom = (childId: string, code: string): ChildHolder | undefined =>
    line(code, facts.institutions).reduce<ChildHolder | undefined>((hold, next) => {
      const later = holds.get(keyOf(childId, next));
      if (hold === undefined) return next === code ? later : undefined;
      return hold.untilOn !== null && later?.movedOn === hold.untilOn ? later : hold;
    }, undefined);
  for (const { childId, fromInstitutionCode, toInstitutionCode, on } of moves) {
    const itself = fromInstitutionCode === toInstitutionCode;
    // It may have been merged since the move was decided: the child then goes to what stands in its place.
    const code = itself ? toInstitutionCode : standingOf(toInstitutionCode, facts.institutions);
    const to = holds.get(keyOf(childId, code));
    const asked = fromInstitutionCode === null ? undefined : holds.get(keyOf(childId, fromInstitutionCode));
    const followed = asked && !itself && (to === undefined || present(to));
    const from = followed ? holdFrom(childId, fromInstitutionCode!) : asked;
    const place = facts.institutions.get(code)!;
    const gone = fromInstitutionCode === null ? after(to?.untilOn, on) : !present(from) && to !== undefined;
    // A hold that was carried to the successor since is not one that a later move has begun.
    if (gone || (from !== to && from === asked && after(from?.movedOn, on))) continue;
    holds.set(
      keyOf(childId, code),
      heldBy(to, {
        childId,
        institutionCode: code,
        place,
        on,
        at,
        itself: from === to,
        origin: brought(childId, from),
      }),
    );
    if (from === to || !from || !present(from)) continue;
    const untilOn = after(from.movedOn, on) ? from.movedOn : on;
    holds.set(keyOf(childId, from.institutionCode), { ...from, untilOn });
    copyGuardians(childId, from.institutionCode, code);
  }
  const changed = [...holds].filter(([key, hold]) => !same(hold, before.get(key))).map(([, hold]) => hold);
  return { holders: changed, guardians: copied };
}

interface Hold {
  readonly childId: string;
  readonly institutionCode: string;
  readonly place: Place;
  readonly on: PlainDate;
  readonly at: Date;
  /** The institution has moved, and no child to it. */
  readonly itself: boolean;
  readonly origin: Origin;
}

/** A hold that is there stays and gets the place as it is now; one that has ended begins anew. */
function heldBy(to: ChildHolder | undefined, hold: Hold): ChildHolder {
  const { childId, institutionCode, on, at, itself } = hold;
  const origin = {
    nationality: to?.nationality ?? hold.origin.nationality,
    ethnicity: to?.ethnicity ?? hold.origin.ethnicity,
    householdRegion: to?.householdRegion ?? hold.origin.householdRegion,
  };
  const { provinceCode, cityCode, countyCode } = hold.place;
  const where = { provinceCode, cityCode, countyCode };
  if (to && present(to))
    return { ...to, ...where, ...origin, movedOn: itself ? to.movedOn : (to.movedOn ?? on) };
  return { childId, institutionCode, ...where, ...origin, heldSince: at, movedOn: on, untilOn: null };
}

const same = (a: ChildHolder, b: ChildHolder | undefined) => JSON.stringify(a) === JSON.stringify(b);
