/** How the value of a setting is typed and printed; the two are the same text. */

export interface Window {
  readonly from: string;
  readonly until: string;
  readonly scope: string;
}

/** The graph's SettingValue and SettingValueInput: one of these is there. */
export interface Value {
  readonly flag?: boolean | null;
  readonly number?: number | null;
  readonly windows?: readonly Window[] | null;
  readonly deadline?: { readonly length: number; readonly unit: string } | null;
}

const FLAGS: Readonly<Record<string, boolean>> = { yes: true, no: false, 是: true, 否: false };
const WINDOW = /^(\d\d-\d\d)\.\.(\d\d-\d\d)(?:\/(ALL|CROSS_PROVINCE))?$/;
const DEADLINE = /^(\d{1,6}) (WORKING_DAYS|CALENDAR_MONTHS)$/;

export const FORMS =
  'yes | no | 30 | 10 WORKING_DAYS | 2 CALENDAR_MONTHS | 07-15..08-14[/CROSS_PROVINCE] … | none';

/** The value some words stand for, or null where they stand for none. */
export function valueOf(words: readonly string[]): Value | null {
  const text = words.join(' ').trim();
  if (Object.hasOwn(FLAGS, text)) return { flag: FLAGS[text]! };
  if (/^-?\d{1,6}$/.test(text)) return { number: Number(text) };
  const deadline = DEADLINE.exec(text);
  if (deadline) return { deadline: { length: Number(deadline[1]), unit: deadline[2]! } };
  return text === 'none' ? { windows: [] } : windowsOf(text.split(/\s+/));
}

function windowsOf(words: readonly string[]): Value | null {
  const found = words.map((word) => WINDOW.exec(word));
  const windows = found.flatMap((match) =>
    match ? [{ from: match[1]!, until: match[2]!, scope: match[3] ?? 'ALL' }] : [],
  );
  return windows.length === words.length ? { windows } : null;
}

/** The same words again, as `valueOf` takes them. */
export function textOf({ flag, number, windows, deadline }: Value): string {
  if (flag != null) return flag ? 'yes' : 'no';
  if (number != null) return String(number);
  if (deadline) return `${deadline.length} ${deadline.unit}`;
  if (!windows || windows.length === 0) return 'none';
  return windows
    .map(({ from, until, scope }) => `${from}..${until}${scope === 'ALL' ? '' : `/${scope}`}`)
    .join(' ');
}
