import { STATED_BUDGETS } from '../../../kernel/rules/budgets.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { ofCode, SETTING_NAMES, SETTINGS, type SettingBasis, type SettingKind } from './setting-words.ts';
import { budgetSetting, DEFAULT_SETTINGS, inForce, NATION_CODE, PLAIN_SETTINGS } from './settings.ts';
import type { PlainSetting, SettingName, SettingValue, StoredSetting } from './settings.ts';

/** One value of one setting as people read it: what is law, what is a working figure, and who set what nobody else said. */
export interface ShownSetting {
  readonly name: SettingName;
  readonly kind: SettingKind;
  readonly value: SettingValue;
  readonly basis: SettingBasis;
  /** Null for the nation. */
  readonly province: string | null;
  /** 0 for a default that is no deadline. */
  readonly version: number;
  /** Null for a default that has always held. */
  readonly validFrom: PlainDate | null;
  readonly setBy: string | null;
  readonly setAt: Date | null;
  readonly reason: string | null;
  readonly inForce: boolean;
}

/** What holds in a province on a day: one value for each name, in the order of the names. */
export function valuesInForce(
  rows: readonly StoredSetting[],
  provinceCode: string,
  on: PlainDate,
): ShownSetting[] {
  return SETTING_NAMES.map((name) => {
    const row = inForce(rows, name, provinceCode, on);
    return row ? shownRow(row, true) : shownDefault(name, true);
  });
}

const NEWEST = 20;

/**
 * The same with what held before, will hold, or is overridden: under each name the newest 20 versions, newest
 * first, the one in force and the default.
 */
export function everyValue(
  rows: readonly StoredSetting[],
  provinceCode: string,
  on: PlainDate,
): ShownSetting[] {
  return SETTING_NAMES.flatMap((name) => {
    const now = inForce(rows, name, provinceCode, on);
    const mine = rows.filter((row) => row.name === name).sort((a, b) => b.version - a.version);
    const listed = mine.filter((row, i) => i < NEWEST || row === now);
    return [...listed.map((row) => shownRow(row, row === now)), shownDefault(name, now === null)];
  });
}

export function shownRow(row: StoredSetting, holds: boolean): ShownSetting {
  const { name, provinceCode, version, validFrom, value, setBy, setAt, reason } = row;
  const { kind } = SETTINGS[name];
  const province = provinceCode === NATION_CODE ? null : provinceCode;
  const basis = province === null ? 'MINISTRY' : 'PROVINCE';
  return { name, kind, value, basis, province, version, validFrom, setBy, setAt, reason, inForce: holds };
}

const NOBODY = { province: null, setBy: null, setAt: null, reason: null } as const;

function shownDefault(name: SettingName, holds: boolean): ShownSetting {
  const { kind, basis } = SETTINGS[name];
  const common = { name, kind, basis, ...NOBODY, inForce: holds };
  const deadline = ofCode(name.slice('DEADLINE_'.length));
  if (kind === 'deadline' && deadline) {
    const { length, unit, version, validFrom } = deadline;
    return { ...common, value: { length, unit }, version, validFrom };
  }
  const stated = STATED_BUDGETS.find((one) => budgetSetting(one) === name);
  const value = stated?.most ?? DEFAULT_SETTINGS[PLAIN_SETTINGS[name as PlainSetting]];
  return { ...common, value, version: 0, validFrom: null };
}
