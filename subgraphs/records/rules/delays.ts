import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { AreaLevel } from '../../../kernel/rules/viewer.ts';
import { timeHeld, type Span, type WorkingDays } from './time-held.ts';

/** Who holds steps: an authority or a kindergarten. */
export interface StepHolder {
  readonly holderLevel: AreaLevel;
  readonly holderCode: string;
}

/** So many steps of one holder with the same days. */
export interface HeldSteps extends StepHolder, Span {
  readonly count: number;
}

/** What one holder has had, and how late it was with it. */
export interface Delay extends StepHolder {
  readonly steps: number;
  readonly open: number;
  /** Ended, or still open, after the day they were due. */
  readonly pastDue: number;
  readonly openPastDue: number;
  /** Working days, all steps together. */
  readonly daysHeld: number;
  readonly daysLate: number;
  /** The earliest day an open step was due that has passed; null where none has. */
  readonly oldestDueOn: PlainDate | null;
}

/** Adds up what each holder had, in the order of the holders. */
export function delaysOf(
  holders: readonly StepHolder[],
  groups: readonly HeldSteps[],
  today: PlainDate,
  days: WorkingDays,
): Delay[] {
  const keyOf = ({ holderLevel, holderCode }: StepHolder) => `${holderLevel} ${holderCode}`;
  const sums = new Map(holders.map((holder) => [keyOf(holder), nothing(holder)]));
  for (const group of groups) {
    const sum = sums.get(keyOf(group));
    if (sum) sums.set(keyOf(group), plus(sum, group, timeHeld(group, today, days)));
  }
  return [...sums.values()];
}

const nothing = ({ holderLevel, holderCode }: StepHolder): Delay => ({
  ...{ holderLevel, holderCode, steps: 0, open: 0, pastDue: 0, openPastDue: 0 },
  ...{ daysHeld: 0, daysLate: 0, oldestDueOn: null },
});

function plus(sum: Delay, group: HeldSteps, time: ReturnType<typeof timeHeld>): Delay {
  const { count, endedOn, dueOn } = group;
  const isOpen = endedOn === null;
  const isOldest = isOpen && time.pastDue && (sum.oldestDueOn === null || dueOn < sum.oldestDueOn);
  return {
    ...sum,
    steps: sum.steps + count,
    open: sum.open + (isOpen ? count : 0),
    pastDue: sum.pastDue + (time.pastDue ? count : 0),
    openPastDue: sum.openPastDue + (isOpen && time.pastDue ? count : 0),
    daysHeld: sum.daysHeld + time.held * count,
    daysLate: sum.daysLate + time.late * count,
    oldestDueOn: isOldest ? dueOn : sum.oldestDueOn,
  };
}
