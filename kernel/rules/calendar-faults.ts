import { namedDays, type CalendarYear } from './calendar-year.ts';
import { addDays, isPlainDate, type PlainDate } from './plain-date.ts';
import { isWeekend } from './working-days.ts';

/** What is wrong with a file that should be a year, one sentence in both languages each; empty when it may be loaded. */
export function calendarFaults(value: unknown): string[] {
  if (!isYear(value))
    return ['应为 year、notice、holidays、makeUpDays。Expected a calendar year of this form.'];
  const faults = [...noticeFaults(value), ...holidayFaults(value), ...makeUpFaults(value)];
  // The days can only be held against each other when each of them is one.
  return faults.length > 0 ? faults : arrangementFaults(value);
}

const NUMBER = /^国办发(明电)?〔\d{4}〕\d{1,3}号$/;
const LONGEST = 12;

function noticeFaults({ year, notice }: CalendarYear): string[] {
  if (notice === null) return [];
  const { title, number, issuedOn } = notice;
  return [
    ...fault(
      title.includes(`${year}年`),
      `notice.title: 应含 ${year}年。Expected the title to name ${year}`,
      title,
    ),
    ...fault(
      NUMBER.test(number),
      'notice.number: 应如 国办发明电〔2025〕7号。Expected such a number',
      number,
    ),
    ...fault(isPlainDate(issuedOn), 'notice.issuedOn: 应为日期。Expected a date', issuedOn),
  ];
}

function holidayFaults({ year, holidays }: CalendarYear): string[] {
  return holidays.flatMap(({ from, to }, i) => {
    const fits = isNear(year, from) && isNear(year, to) && from <= to && to < addDays(from, LONGEST);
    return fault(
      fits,
      `holidays[${i}]: 应为 ${year} 年内至多 ${LONGEST} 日。Expected up to ${LONGEST} days of ${year}`,
      `${from}–${to}`,
    );
  });
}

function makeUpFaults({ year, makeUpDays }: CalendarYear): string[] {
  return makeUpDays.flatMap((day, i) =>
    fault(
      isNear(year, day) && isWeekend(day),
      `makeUpDays[${i}]: 应为 ${year} 年的周末。Expected a weekend day of ${year}`,
      day,
    ),
  );
}

/** Since 2025 these are holidays by their date; the others follow the moon and the sun. */
const FIXED = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

function arrangementFaults(year: CalendarYear): string[] {
  const days = namedDays(year);
  const off = new Set(days.filter(({ working }) => !working).map(({ day }) => day));
  const twice = days.map(({ day }) => day).filter((day, i, all) => all.indexOf(day) < i);
  const missing = FIXED.map((day) => `${year.year}-${day}`).filter((day) => !off.has(day));
  return [
    ...fault(twice.length === 0, '一日只应列一次。Expected each day once', twice.join(', ')),
    ...fault(
      missing.length === 0,
      '缺少法定假日。Expected the days fixed by the regulation, without',
      missing.join(', '),
    ),
  ];
}

const fault = (fits: boolean, expected: string, came: string): string[] =>
  fits ? [] : [`${expected}: ${came}`];

/** New Year's holiday may begin, and be made up for, in the last days of the year before. */
function isNear(year: number, day: PlainDate): boolean {
  return isPlainDate(day) && day >= `${year - 1}-12-25` && day <= `${year}-12-31`;
}

function isYear(value: unknown): value is CalendarYear {
  const { year, notice, holidays, makeUpDays } = (value ?? {}) as Partial<CalendarYear>;
  return (
    Number.isInteger(year) && year! >= 2025 && year! <= 2100 &&
    (notice === null || areTexts(notice, ['title', 'number', 'issuedOn'])) &&
    Array.isArray(holidays) && holidays.every((holiday) => areTexts(holiday, ['name', 'from', 'to'])) &&
    Array.isArray(makeUpDays) && makeUpDays.every((day) => typeof day === 'string')
  ); // prettier-ignore
}

function areTexts(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof (value as { [name: string]: unknown })[name] === 'string')
  );
}
