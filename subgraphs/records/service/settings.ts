import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { calendarOf, type NamedDay } from '../../../kernel/rules/working-days.ts';
import type { Reckoning } from '../rules/clock.ts';
import {
  NATION_CODE,
  settingsOf,
  withStored,
  type ProvinceSettings,
  type StoredSetting,
} from '../rules/settings.ts';
import type { SettingQueries } from '../store/settings.ts';

type Settings = Pick<SettingQueries, 'settingsOf'>;
type Calendar = { calendarDays(): Promise<NamedDay[]> };

/** What somebody set in these provinces or for the nation, in one statement. */
export async function storedSettings(
  queries: Settings,
  provinceCodes: readonly string[],
): Promise<readonly StoredSetting[]> {
  const rows = await queries.settingsOf([...new Set([NATION_CODE, ...provinceCodes])]);
  return rows as unknown as StoredSetting[];
}

/** What holds in each of the provinces on a day, whether or not anybody has set anything there. */
export async function settingsFor(
  queries: Settings,
  provinceCodes: readonly string[],
  on: PlainDate,
): Promise<ReadonlyMap<string, ProvinceSettings>> {
  const rows = await storedSettings(queries, provinceCodes);
  return new Map(provinceCodes.map((code) => [code, settingsOf(rows, code, on)]));
}

/** What the clocks of each province are started with; a step's own first day chooses among the versions. */
export async function reckoningsFor(
  queries: Settings & Calendar,
  provinceCodes: readonly string[],
): Promise<ReadonlyMap<string, Reckoning>> {
  const [rows, days] = await Promise.all([storedSettings(queries, provinceCodes), queries.calendarDays()]);
  const calendar = calendarOf(days);
  const deadlines = withStored(rows);
  return new Map(provinceCodes.map((provinceCode) => [provinceCode, { provinceCode, calendar, deadlines }]));
}

/** The same for one province. */
export async function reckoningFor(
  queries: Settings & Calendar,
  provinceCode: string,
): Promise<Required<Reckoning>> {
  const reckonings = await reckoningsFor(queries, [provinceCode]);
  return reckonings.get(provinceCode) as Required<Reckoning>;
}
