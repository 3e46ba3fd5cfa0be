import { compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';

/** At which age school begins: full years on 31 August, the eve of the school year. */
export interface SchoolAge {
  readonly years: number;
  /** It holds for school years that begin after this day. */
  readonly validFrom: PlainDate;
  /** The province whose own rule it is; null for the nation. */
  readonly province: string | null;
}

/**
 * The law on compulsory education of 2006 says six, and lets regions that are not ready say seven. A province that does so
 * gets a row with its code.
 */
export const SCHOOL_AGES: readonly SchoolAge[] = [{ years: 6, validFrom: '2006-09-01', province: null }];

/** The age in force in a province on a day: its own row before the nation's, the newest first. */
export function schoolAgeIn(
  province: string | null,
  on: PlainDate,
  ages: readonly SchoolAge[] = SCHOOL_AGES,
): number {
  const byDay = [...ages].sort((a, b) => compare(b.validFrom, a.validFrom));
  const inForce = byDay.filter(({ validFrom }) => compare(validFrom, on) <= 0);
  const nation = (rows: readonly SchoolAge[]) => rows.find((row) => row.province === null);
  const own = inForce.find((row) => row.province !== null && row.province === province);
  return (own ?? nation(inForce) ?? nation(byDay))!.years;
}
