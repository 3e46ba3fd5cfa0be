import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from './paths.ts';
import { calendarFaults } from './rules/calendar-faults.ts';
import type { CalendarYear } from './rules/calendar-year.ts';

/** One year from its file. Throws CalendarError with every fault of the file, a line each. */
export function readCalendarYear(file: string): CalendarYear {
  const value = jsonIn(readFileSync(file, 'utf8'));
  const faults = calendarFaults(value);
  if (faults.length > 0) throw new CalendarError([file, ...faults].join('\n  '));
  return value as CalendarYear;
}

/** The years kept in data/calendar, oldest first. */
export function readCalendarYears(directory: string = projectFile('data', 'calendar')): CalendarYear[] {
  const files = readdirSync(directory).filter((name) => /^\d{4}\.json$/.test(name));
  return files.sort().map((name) => readCalendarYear(join(directory, name)));
}

/** A file is no calendar year; the message says why. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
}

/** What is no JSON has none of the fields a year has, and is told so. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
