import { addDays, type PlainDate } from './plain-date.ts';
import type { NamedDay } from './working-days.ts';

/** One year as the State Council arranges it; data/calendar keeps one file of this form for each year. */
export interface CalendarYear {
  readonly year: number;
  /** Null until there is one: then the holidays are only those the regulation itself fixes. */
  readonly notice: Notice | null;
  readonly holidays: readonly Holiday[];
  /** Weekend days on which people work. */
  readonly makeUpDays: readonly PlainDate[];
}

export interface Notice {
  readonly title: string;
  readonly number: string;
  readonly issuedOn: PlainDate;
}

/** First and last day. */
export interface Holiday {
  readonly name: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** 《全国年节及纪念日放假办法》 as revised on 10 November 2024, which fixes the days a notice then arranges. */
export const REGULATION = '国务院令第795号';

export const sourceOf = ({ notice }: CalendarYear): string => notice?.number ?? REGULATION;

/** Every day the year names, in the order of the file. */
export function namedDays(year: CalendarYear): NamedDay[] {
  const named = (working: boolean) => (day: PlainDate) => ({
    day,
    working,
    year: year.year,
    source: sourceOf(year),
    provisional: year.notice === null,
  });
  return [...year.holidays.flatMap(daysOf).map(named(false)), ...year.makeUpDays.map(named(true))];
}

function daysOf({ from, to }: Holiday): PlainDate[] {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
