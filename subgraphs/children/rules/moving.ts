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
  readonly places: ReadonlyMap<string, Place>;
}

/** Errors, each at its move: CHILD_UNKNOWN, INSTITUTION_UNKNOWN, DATE_IMPOSSIBLE. */
export function moveErrors(moves: readonly Move[], { children, places }: MoveFacts): UserError[] {
  return moves.flatMap(({ childId, toInstitutionCode: code, on }, i) =>
    under(
      ['moves', String(i)],
      [
        ...(children.has(childId) ? [] : [userError('CHILD_UNKNOWN', ['childId'])]),
        ...(places.has(code) ? [] : [userError('INSTITUTION_UNKNOWN', ['toInstitutionCode'], { code })]),
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
  for (const { childId, fromInstitutionCode, toInstitutionCode: code, on } of moves) {
    const from = fromInstitutionCode === null ? undefined : holds.get(keyOf(childId, fromInstitutionCode));
    const to = holds.get(keyOf(childId, code));
    const place = facts.places.get(code)!;
    const gone = fromInstitutionCode === null ? after(to?.untilOn, on) : !present(from) && to !== undefined;
    if (gone || (from !== to && after(from?.movedOn, on))) continue;
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
    holds.set(keyOf(childId, from.institutionCode), { ...from, untilOn: on });
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
