import { compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { checkTextForm } from '../../../kernel/rules/text.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { ofCode, SETTINGS, type SettingKind } from './setting-words.ts';
import { windowClosed, type ClosedWindow, type DeadlineLength, type SettingName, type SettingValue } from './settings.ts'; // prettier-ignore

/** A value as it is asked for: exactly one of these, the one of the setting's kind. */
export interface GivenValue {
  readonly flag?: boolean | null | undefined;
  readonly number?: number | null | undefined;
  readonly windows?: readonly ClosedWindow[] | null | undefined;
  readonly deadline?: DeadlineLength | null | undefined;
}

/** What somebody wants set. */
export interface NewSetting {
  readonly name: SettingName;
  /** Null for the whole area of whoever asks. */
  readonly province?: string | null | undefined;
  readonly value: GivenValue;
  readonly validFrom: string;
  readonly reason?: string | null | undefined;
}

const KINDS: readonly SettingKind[] = ['flag', 'number', 'windows', 'deadline'];
const WINDOWS_MOST = 12;
const REASON_MOST = 200;
const LENGTH_MOST = { WORKING_DAYS: 120, CALENDAR_MONTHS: 24 } as const;
/** It may last one year at most, so no province can make it longer. */
const DEFERRAL_MONTHS_MOST = 12;

/** Why this cannot be set, every reason in the order of the fields; empty when it can. Whose area it is, is not asked here. */
export function settingErrors(wish: NewSetting, today: PlainDate): UserError[] {
  return [...valueErrors(wish), ...dayErrors(wish.validFrom, today), ...reasonErrors(wish)];
}

/** The value itself, once nothing speaks against it. */
export function valueOf({ name, value }: Pick<NewSetting, 'name' | 'value'>): SettingValue {
  return value[SETTINGS[name].kind]!;
}

function valueErrors({ name, value }: NewSetting): UserError[] {
  const { kind, least = 0, most = 0 } = SETTINGS[name];
  const came = KINDS.filter((one) => value[one] != null);
  if (came.length !== 1 || came[0] !== kind) {
    const facts = { name, expected: expectedOf(name), came: came.join(', ') || '-' };
    return [userError('SETTING_VALUE_KIND', ['value'], facts)];
  }
  const errors = {
    flag: () => [],
    number: () => rangeErrors(name, value.number!, least, most, []),
    windows: () => windowErrors(value.windows!),
    deadline: () => lengthErrors(name, value.deadline!),
  };
  return under(['value', kind], errors[kind]());
}

/** The kind of a setting and its bounds, in words of the graph. */
function expectedOf(name: SettingName): string {
  const { kind, least = 0, most = 0 } = SETTINGS[name];
  const lengths = Object.entries(lengthsOf(name)).map(([unit, longest]) => `1–${longest} ${unit}`);
  const bounds = {
    flag: 'true | false',
    number: `${least}–${most}`,
    windows: `MM-DD, at most ${WINDOWS_MOST}`,
    deadline: lengths.join(' | '),
  };
  return `${kind} (${bounds[kind]})`;
}

/** The longest a deadline may be, in each unit it may have. */
function lengthsOf(name: SettingName): Readonly<Partial<Record<DeadlineLength['unit'], number>>> {
  return name === 'DEADLINE_DEFERRAL' ? { CALENDAR_MONTHS: DEFERRAL_MONTHS_MOST } : LENGTH_MOST;
}

function rangeErrors(
  name: string,
  got: number,
  least: number,
  most: number,
  field: string[],
  unit = '',
): UserError[] {
  if (Number.isInteger(got) && got >= least && got <= most) return [];
  return [
    userError('SETTING_OUT_OF_RANGE', field, { name, least, most: `${most}${unit}`, got: `${got}${unit}` }),
  ];
}

function lengthErrors(name: SettingName, { length, unit }: DeadlineLength): UserError[] {
  const lengths = lengthsOf(name);
  const most = lengths[unit];
  if (most === undefined)
    return [
      userError('SETTING_UNIT', ['unit'], { name, expected: Object.keys(lengths).join(', '), came: unit }),
    ];
  return rangeErrors(name, length, 1, most, ['length'], ` ${unit}`);
}

function windowErrors(windows: readonly ClosedWindow[]): UserError[] {
  if (windows.length > WINDOWS_MOST)
    return [userError('TOO_MANY_ITEMS', [], { max: WINDOWS_MOST, got: windows.length })];
  const odd = windows.flatMap((window, i) =>
    (['from', 'until'] as const)
      .filter((end) => !isMonthDay(window[end]))
      .map((end) => userError('SETTING_DAY_FORM', [String(i), end])),
  );
  if (odd.length > 0) return odd;
  const isOpen = COMMON_YEAR.some((day) => windowClosed({ transferClosed: windows }, day, true) === null);
  return isOpen ? [] : [userError('SETTING_NEVER_OPEN')];
}

const LEAP_YEAR = 2028;
const isMonthDay = (text: string) => /^\d\d-\d\d$/.test(text) && isPlainDate(`${LEAP_YEAR}-${text}`);

/** The days of a year without a 29 February: a window must leave one of them open. */
const COMMON_YEAR = [...Array(12).keys()].flatMap((month) =>
  [...Array(31).keys()]
    .map((day) => `2027-${String(month + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`)
    .filter(isPlainDate),
);

function dayErrors(validFrom: string, today: PlainDate): UserError[] {
  if (!isPlainDate(validFrom)) return [userError('DATE_IMPOSSIBLE', ['validFrom'])];
  if (compare(validFrom, today) >= 0) return [];
  return [userError('SETTING_IN_THE_PAST', ['validFrom'], { today, got: validFrom })];
}

function reasonErrors({ name, value, reason }: NewSetting): UserError[] {
  const text = reason?.trim() ?? '';
  const got = [...text].length;
  if (got > REASON_MOST) return [userError('TOO_LONG', ['reason'], { max: REASON_MOST, got })];
  if (text !== '') return checkTextForm(text, ['reason']);
  const measure = SETTINGS[name].basis === 'MEASURE' ? ofCode(name.slice('DEADLINE_'.length)) : undefined;
  const { deadline } = value;
  if (!measure || !deadline) return [];
  if (deadline.length === measure.length && deadline.unit === measure.unit) return [];
  return [userError('SETTING_REASON_NEEDED', ['reason'], { measure: `${measure.length} ${measure.unit}` })];
}
