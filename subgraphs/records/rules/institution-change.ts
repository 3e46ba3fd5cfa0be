/** What becomes of records, stays and applications when their institution moves or is merged. Pure. */
import { compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { AreaLevel, Place } from '../../../kernel/rules/viewer.ts';
import type { Application, ChangedSeat, InstitutionChange, Placement, Record } from '../model.ts';

type Where = Pick<Record, 'institutionId' | 'institutionCode' | keyof Place>;

/** The seat everything of the institution has afterwards; the class stays, since classes go over with their ids. */
export function seatAfter({
  institutionId,
  institutionCode,
  provinceCode,
  cityCode,
  countyCode,
}: ChangedSeat): Where {
  return { institutionId, institutionCode, provinceCode, cityCode, countyCode };
}

/** The stays in the institution up to now, or up to the last day there: what it takes along when it changes. */
export function tenureOf(stays: readonly Placement[], { institutionCode: code }: InstitutionChange) {
  return stays.slice(stays.findLastIndex(({ institutionCode }) => institutionCode !== code) + 1);
}

/** Of these the ones that have days after it, open or not: a day gone by has one place in lists and in counts. */
export const staysConcerned = (tenure: readonly Placement[], { on }: InstitutionChange) =>
  tenure.filter(({ untilOn }) => untilOn === null || compare(untilOn, on) > 0);

/** What becomes of a stay: it ends and another begins, or, where it began no earlier, it is another from its start. */
export interface StayAfter {
  readonly endsOn: PlainDate | null;
  readonly stay: Omit<Placement, 'id' | 'version'>;
}

export function stayAfter(
  { id: _, version: __, ...stay }: Placement,
  { on, to }: InstitutionChange,
): StayAfter {
  const { ownership, urbanRural } = to;
  const there = { ...stay, ...seatAfter(to), ownership, urbanRural };
  return compare(stay.fromOn, on) < 0
    ? { endsOn: on, stay: { ...there, fromOn: on } }
    : { endsOn: null, stay: there };
}

/** The day the change takes effect for a child that perhaps came later. */
export const effectiveOn = ([first]: readonly Placement[], { on }: InstitutionChange): PlainDate =>
  first !== undefined && compare(first.fromOn, on) > 0 ? first.fromOn : on;

/** An undecided application afterwards, and whether somebody else has it now. */
export interface ApplicationAfter {
  readonly after: Application;
  readonly reassigned: boolean;
}

/**
 * Where it goes to and where it comes from follow the institution; so does whose turn it is. The day it is due
 * stays, since nobody has let any day pass.
 */
export function applicationAfter(application: Application, change: InstitutionChange): ApplicationAfter {
  const { institutionCode: code, to } = change;
  const arrives = application.institutionCode === code;
  const departs = application.fromInstitutionCode === code;
  const moved = {
    ...application,
    ...(arrives ? seatAfter(to) : {}),
    ...(departs
      ? {
          fromInstitutionCode: to.institutionCode,
          fromProvinceCode: to.provinceCode,
          fromCityCode: to.cityCode,
          fromCountyCode: to.countyCode,
        }
      : {}),
    ...(application.applicantLevel === 'INSTITUTION' && application.applicantCode === code
      ? { applicantCode: to.institutionCode }
      : {}),
  };
  const { task, holderLevel, holderCode } = application;
  const holder =
    task === null
      ? null
      : holderAfter({ task, level: holderLevel!, code: holderCode! }, { arrives, departs }, to);
  const back = application.details?.returnedBy;
  const returnedBy = back && { ...back, ...holderAfter(back, { arrives, departs }, to) };
  const reassigned = holder !== null && (holder.level !== holderLevel || holder.code !== holderCode);
  const after: Application = {
    ...moved,
    ...(returnedBy ? { details: { ...application.details, returnedBy } } : {}),
    ...(reassigned
      ? { holderLevel: holder.level, holderCode: holder.code, steps: application.steps + 1 }
      : {}),
  };
  return { after, reassigned };
}

interface Holder {
  readonly task: string;
  readonly level: AreaLevel;
  readonly code: string;
}

/** The sending side answers and releases; the receiving side, or the only one, does everything else. */
const SENDING = ['ANSWER', 'RELEASE'];

function holderAfter(
  { task, level, code }: Holder,
  sides: { readonly arrives: boolean; readonly departs: boolean },
  to: ChangedSeat,
): { readonly level: AreaLevel; readonly code: string } {
  const concerned = SENDING.includes(task) ? sides.departs : sides.arrives;
  if (!concerned || level === 'NATION') return { level, code };
  if (level === 'INSTITUTION') return { level, code: to.institutionCode };
  if (level === 'COUNTY') return { level, code: to.countyCode };
  // A province-run county has no city above it.
  if (level === 'CITY' && to.cityCode !== null) return { level, code: to.cityCode };
  return { level: 'PROVINCE', code: to.provinceCode };
}
