import { STATED_BUDGETS, type BudgetKind, type DailyBudget } from '../../../kernel/rules/budgets.ts';
import { compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import type { DeadlineRule } from '../model.ts';
import { DEADLINES, type Deadline } from './deadlines.ts';

/** A day of every year as 'MM-DD'; 02-29 is one. */
export type MonthDay = string;

/** Days of every year on which no transfer begins, the first and the last included; it may reach over the new year. */
export interface ClosedWindow {
  readonly from: MonthDay;
  readonly until: MonthDay;
  readonly scope: 'ALL' | 'CROSS_PROVINCE';
}

/** What a province may arrange for itself. */
export interface ProvinceSettings {
  /** Both counties decide a transfer, not the destination's alone. */
  readonly transferBothCounties: boolean;
  readonly transferClosed: readonly ClosedWindow[];
  /** Every version there is for the province: those of the code, the nation's and its own. */
  readonly deadlines: readonly Deadline[];
  /** How many days after a graduation it may be undone in one step. */
  readonly graduationUndoDays: number;
  /** How many months after the end of a record it may be reinstated. */
  readonly reinstatementMonths: number;
  /** How many days before a deferral lapses somebody is reminded. */
  readonly deferralReminderDays: number;
  /** How many days before 31 August the term ends; nobody graduates earlier. */
  readonly termEndsDaysEarly: number;
}

export const DEFAULT_SETTINGS: ProvinceSettings = {
  transferBothCounties: false,
  transferClosed: [],
  deadlines: DEADLINES,
  graduationUndoDays: 30,
  reinstatementMonths: 12,
  deferralReminderDays: 30,
  termEndsDaysEarly: 0,
};

/** The settings that are no deadlines, by the name they are stored under. */
export const PLAIN_SETTINGS = {
  TRANSFER_BOTH_COUNTIES: 'transferBothCounties',
  TRANSFER_CLOSED: 'transferClosed',
  GRADUATION_UNDO_DAYS: 'graduationUndoDays',
  REINSTATEMENT_MONTHS: 'reinstatementMonths',
  DEFERRAL_REMINDER_DAYS: 'deferralReminderDays',
  TERM_ENDS_DAYS_EARLY: 'termEndsDaysEarly',
} as const;
export type PlainSetting = keyof typeof PLAIN_SETTINGS;
/** A daily budget of accounts (kernel/rules/budgets.ts), by kind and role. */
export type BudgetSetting = `BUDGET_${BudgetKind}_${Role}`;
export type SettingName = PlainSetting | BudgetSetting | `DEADLINE_${DeadlineRule}`;

export const budgetSetting = ({ kind, role }: Pick<DailyBudget, 'kind' | 'role'>): BudgetSetting =>
  `BUDGET_${kind}_${role}`;

export type DeadlineLength = Pick<Deadline, 'length' | 'unit'>;
export type SettingValue = boolean | number | readonly ClosedWindow[] | DeadlineLength;

/** The nation's own rows carry this in the place of a province. */
export const NATION_CODE = '000000';

/** One value somebody set. Rows are added and never changed or removed: steps name the version they began under. */
export interface StoredSetting {
  readonly name: SettingName;
  /** NATION_CODE for the nation. */
  readonly provinceCode: string;
  /** Unique within the name, whoever set it; a deadline's from FIRST_STORED_VERSION on, below are those of the code. */
  readonly version: number;
  readonly validFrom: PlainDate;
  readonly value: SettingValue;
  readonly setBy: string;
  readonly setAt: Date;
  readonly reason: string | null;
}

export const FIRST_STORED_VERSION = 1001;

/**
 * The row of a name in force on a day: the province's own before the nation's, and of these the one that began
 * last; of two that begin on the same day the newer version. Null where only the default holds.
 */
export function inForce(
  rows: readonly StoredSetting[],
  name: SettingName,
  provinceCode: string,
  on: PlainDate,
): StoredSetting | null {
  const begun = rows
    .filter((row) => row.name === name && compare(row.validFrom, on) <= 0)
    .sort((a, b) => compare(b.validFrom, a.validFrom) || b.version - a.version);
  const of = (code: string) => begun.find((row) => row.provinceCode === code);
  return of(provinceCode) ?? of(NATION_CODE) ?? null;
}

/** What holds in a province on a day: its rows over the nation's, and those over the defaults. */
export function settingsOf(
  rows: readonly StoredSetting[],
  provinceCode: string,
  on: PlainDate,
): ProvinceSettings {
  const mine = rows.filter((row) => [provinceCode, NATION_CODE].includes(row.provinceCode));
  const plain = Object.entries(PLAIN_SETTINGS).flatMap(([name, key]) => {
    const row = inForce(mine, name as PlainSetting, provinceCode, on);
    return row ? [[key, row.value] as const] : [];
  });
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(plain), deadlines: withStored(mine) };
}

/** The budgets somebody has set that hold in a province on a day; of the others what the code states. */
export const budgetsSet = (
  rows: readonly StoredSetting[],
  provinceCode: string,
  on: PlainDate,
): DailyBudget[] =>
  STATED_BUDGETS.flatMap((stated) => {
    const row = inForce(rows, budgetSetting(stated), provinceCode, on);
    return row ? [{ ...stated, most: row.value as number }] : [];
  });

const PREFIX = 'DEADLINE_';

/** The deadlines of the code and those people have set, of whichever provinces the rows are. */
export function withStored(rows: readonly StoredSetting[]): readonly Deadline[] {
  const stored = rows.filter(({ name }) => name.startsWith(PREFIX)).map(deadlineOf);
  return stored.length === 0 ? DEADLINES : [...DEADLINES, ...stored];
}

function deadlineOf({ name, provinceCode, version, validFrom, value }: StoredSetting): Deadline {
  const { length, unit } = value as DeadlineLength;
  const rule = name.slice(PREFIX.length) as DeadlineRule;
  const province = provinceCode === NATION_CODE ? null : provinceCode;
  return {
    rule,
    length,
    unit,
    version,
    validFrom,
    province,
    basis: province === null ? 'MINISTRY' : 'PROVINCE',
  };
}

/** The window that keeps a transfer from beginning on a day; null when it may. */
export function windowClosed(
  { transferClosed }: Pick<ProvinceSettings, 'transferClosed'>,
  on: PlainDate,
  crossProvince: boolean,
): ClosedWindow | null {
  const day = on.slice(5);
  return (
    transferClosed.find(({ from, until, scope }) => {
      if (scope === 'CROSS_PROVINCE' && !crossProvince) return false;
      return from <= until ? from <= day && day <= until : from <= day || day <= until;
    }) ?? null
  );
}
