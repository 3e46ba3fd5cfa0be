import { today } from '../../../kernel/rules/plain-date.ts';
import { schoolYearOf, schoolYearStart } from '../../../kernel/rules/school-year.ts';
import { AREA_LEVELS, type Area } from '../../../kernel/rules/viewer.ts';
import { calendarOf } from '../../../kernel/rules/working-days.ts';
import type { ApplicationStep } from '../model.ts';
import { delaysOf, type Delay, type StepHolder } from '../rules/delays.ts';
import { timeHeld, workingDayCounter, type TimeHeld } from '../rules/time-held.ts';
import type { DelayFilter } from '../store/delays.ts';
import type { Deps } from './deps.ts';

/** Whose delays somebody asks for. */
export interface DelaysAsked {
  readonly area: Area;
  /** Steps open on this day or later; null for the present school year. */
  readonly since: string | null;
  /** Only who has something open past its day. */
  readonly overdue: boolean;
}

/** One holder's delay as a row of a list, with the application of its oldest open step past its day. */
export interface DelayRow extends Delay {
  readonly id: string;
  readonly oldestApplicationId: string | null;
}

/** A step with the working days its holder had it for. */
export interface TimedStep extends ApplicationStep, TimeHeld {}

type Needed = Pick<Deps, 'queries' | 'now'>;

/** Who held work in an area, and for how long, in the order of the holders' codes. */
export async function delays(
  deps: Needed,
  asked: DelaysAsked,
  limit: number,
  after: string | null,
): Promise<DelayRow[]> {
  const { queries } = deps;
  const filter = filterOf(deps, asked);
  const holders = await queries.stepHolders(filter, limit, after === null ? null : holderOfId(after));
  const [groups, days] = await Promise.all([queries.heldSteps(filter, holders), counterOf(deps)]);
  const rows = delaysOf(holders, groups, today(deps.now()), days);
  const due = rows.flatMap(({ oldestDueOn, ...row }) =>
    oldestDueOn ? [{ ...row, dueOn: oldestDueOn }] : [],
  );
  const oldest = await queries.firstDue(asked.area, due);
  return rows.map((row) => ({
    ...row,
    id: idOf(row),
    oldestApplicationId: oldest.get(`${row.holderCode} ${row.holderLevel}`) ?? null,
  }));
}

export const countDelays = (deps: Needed, asked: DelaysAsked): Promise<number> =>
  deps.queries.countStepHolders(filterOf(deps, asked));

/** The steps of applications, each with its working days. */
export async function timedSteps(deps: Needed, applicationIds: readonly string[]): Promise<TimedStep[]> {
  const [steps, days] = await Promise.all([deps.queries.stepsByApplication(applicationIds), counterOf(deps)]);
  const day = today(deps.now());
  return steps.map((step) => ({ ...step, ...timeHeld(step, day, days) }));
}

const counterOf = async ({ queries }: Needed) => workingDayCounter(calendarOf(await queries.calendarDays()));

function filterOf({ now }: Needed, { area, since, overdue }: DelaysAsked): DelayFilter {
  const day = today(now());
  return { area, since: since ?? schoolYearStart(schoolYearOf(day)), dueBefore: overdue ? day : null };
}

/** A holder as the opaque id its cursor is made of; a code alone may be a city's and its only county's. */
const idOf = ({ holderCode, holderLevel }: StepHolder) => `${holderCode}-${AREA_LEVELS.indexOf(holderLevel)}`;

function holderOfId(id: string): StepHolder {
  const [holderCode = '', depth] = id.split('-');
  return { holderCode, holderLevel: AREA_LEVELS[Number(depth)] ?? 'NATION' };
}
