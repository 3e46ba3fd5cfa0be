import { addMonths, compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Calendar } from '../../../kernel/rules/working-days.ts';
import type { Clock, DeadlineRule } from '../model.ts';
import { DEADLINES, type Deadline } from './deadlines.ts';

/** What a step is reckoned with, beside its rule and the day it begins. */
export interface Reckoning {
  /** The province whose own rules apply, if it has any. */
  readonly provinceCode: string | null;
  readonly calendar: Calendar;
  readonly deadlines?: readonly Deadline[];
}

export interface Due {
  /** The last day on which the step is still in time. */
  readonly dueOn: PlainDate;
  /** Which version of the rule said so. */
  readonly version: number;
  /** The reckoning reached into a year without a notice, so the day may still move. */
  readonly provisional: boolean;
}

/**
 * The version of a rule for a step that begins on a day: the newest in force then, the province's own before the
 * nation's; of two that begin on the same day the higher. A step older than all versions is under the first.
 * Throws when the rule has none for the nation.
 */
export function deadlineFor(
  rule: DeadlineRule,
  provinceCode: string | null,
  on: PlainDate,
  deadlines: readonly Deadline[] = DEADLINES,
): Deadline {
  const versions = deadlines
    .filter((deadline) => deadline.rule === rule)
    .sort((a, b) => compare(b.validFrom, a.validFrom) || b.version - a.version);
  const inForce = versions.filter(({ validFrom }) => compare(validFrom, on) <= 0);
  const nation = versions.filter(({ province }) => province === null);
  const found =
    inForce.find(({ province }) => province !== null && province === provinceCode) ??
    inForce.find(({ province }) => province === null) ??
    nation.at(-1);
  if (!found) throw new Error(`The rule ${rule} has no version for the nation.`);
  return found;
}

/** When a step that begins on `from` is due; that day itself is not counted. */
export function dueOn(
  rule: DeadlineRule,
  from: PlainDate,
  { provinceCode, calendar, deadlines }: Reckoning,
): Due {
  return dueUnder(deadlineFor(rule, provinceCode, from, deadlines), from, calendar);
}

/** The same as an application keeps it. */
export function clockOf(rule: DeadlineRule, from: PlainDate, reckoning: Reckoning): Clock {
  const { dueOn: day, version, provisional } = dueOn(rule, from, reckoning);
  return { dueOn: day, dueRule: rule, dueFrom: from, dueVersion: version, dueProvisional: provisional };
}

/**
 * What a county's decision on an enrolment is timed by: the Measure's two months from entry, and its own days
 * where those are later, so that nobody is late with what has only just come.
 */
export function enrolmentClock(enteredOn: PlainDate, today: PlainDate, reckoning: Reckoning): Clock {
  const record = clockOf('ENROLMENT', enteredOn, reckoning);
  const decision = clockOf('ENROLMENT_DECISION', today, reckoning);
  return compare(record.dueOn, decision.dueOn) >= 0 ? record : decision;
}

/** A clock by a newer calendar. The version stays the one the step began under; null where nothing changes. */
export function redated(
  clock: Clock,
  calendar: Calendar,
  deadlines: readonly Deadline[] = DEADLINES,
): Pick<Clock, 'dueOn' | 'dueProvisional'> | null {
  const deadline = deadlines.find(
    ({ rule, version }) => rule === clock.dueRule && version === clock.dueVersion,
  );
  if (!deadline) throw new Error(`The rule ${clock.dueRule} has no version ${clock.dueVersion}.`);
  const { dueOn: day, provisional } = dueUnder(deadline, clock.dueFrom, calendar);
  if (day === clock.dueOn && provisional === clock.dueProvisional) return null;
  return { dueOn: day, dueProvisional: provisional };
}

/** Does any version of the rule count working days, so that a calendar is needed? */
export function countsWorkingDays(rule: DeadlineRule, deadlines: readonly Deadline[] = DEADLINES): boolean {
  return deadlines.some((deadline) => deadline.rule === rule && deadline.unit === 'WORKING_DAYS');
}

function dueUnder({ length, unit, version }: Deadline, from: PlainDate, calendar: Calendar): Due {
  if (unit === 'CALENDAR_MONTHS') return { dueOn: addMonths(from, length), version, provisional: false };
  const { on, provisional } = calendar.addWorkingDays(from, length);
  return { dueOn: on, version, provisional };
}
