/**
 * `npm run calendar -- import <file.json>`: loads the State Council's notice for a year into the database of records
 * (DATABASE_URL_RECORDS, else the embedded one in DATA_DIR) and dates open steps anew. May be repeated.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarError, readCalendarYear } from '../kernel/calendar-data.ts';
import type { CalendarYear } from '../kernel/rules/calendar-year.ts';
import { calendarEnv, ConfigError, readEnv } from '../kernel/serve/config.ts';
import { createLog, faultFacts } from '../kernel/serve/log.ts';
import { NO_KEYS } from '../kernel/store/seal.ts';
import { loadCalendarYear, type CalendarLoaded } from '../subgraphs/records/service/load-calendar.ts';
import { openRecordStore } from '../subgraphs/records/store/store.ts';

const USAGE = '应为 import <文件.json>。Expected import <file.json>.';
const NO_NOTICE = '文件没有通知（notice）。The file has no notice; there is nothing to import.';
const NO_DATABASE = 'DATA_DIR 中没有学籍库。No database of records is in DATA_DIR; set DATABASE_URL_RECORDS.';

function noticeIn(args: readonly string[]): CalendarYear {
  const [command, file, ...rest] = args;
  if (command !== 'import' || file === undefined || rest.length > 0) throw new ConfigError(USAGE);
  if (!existsSync(file)) throw new CalendarError(`找不到文件。There is no file ${file}.`);
  const year = readCalendarYear(file);
  if (year.notice === null) throw new CalendarError(NO_NOTICE);
  return year;
}

function databaseUrl(): string {
  const { DATABASE_URL_RECORDS: given, DATA_DIR } = readEnv(calendarEnv);
  const embedded = join(DATA_DIR, 'records.sqlite');
  if (given === undefined && !existsSync(embedded)) throw new ConfigError(NO_DATABASE);
  return given ?? `sqlite:${embedded}`;
}

async function load(year: CalendarYear): Promise<CalendarLoaded> {
  const location = { url: databaseUrl(), keys: NO_KEYS, poolSize: 2 };
  const store = await openRecordStore(location, { migrate: false });
  return loadCalendarYear({ store, now: () => new Date() }, year).finally(() => store.close());
}

const log = createLog('calendar');
try {
  const { year, days, moved, confirmed } = await load(noticeIn(process.argv.slice(2)));
  log.info({ year, days, moved, confirmed }, 'calendar loaded');
  console.log(
    `${year} 年：载入 ${days} 天，改期 ${moved} 项，确定 ${confirmed} 项。` +
      `${year}: ${days} days loaded, ${moved} deadlines moved, ${confirmed} confirmed.`,
  );
} catch (error) {
  const told = error instanceof ConfigError || error instanceof CalendarError;
  if (told) console.error(error.message);
  else log.fatal(faultFacts(error), 'could not load the calendar');
  process.exitCode = told ? 2 : 1;
}
