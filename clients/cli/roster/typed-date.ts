import { isPlainDate } from '../../../kernel/rules/plain-date.ts';
import type { CellValue } from './cells.ts';

/** What was understood of a cell that should be a date; `asText` when it had to be guessed from its form. */
export type DateReading =
  | { readonly date: string; readonly asText: boolean }
  | { readonly fault: 'DATE_NOT_UNDERSTOOD' | 'DATE_IMPOSSIBLE' };

/** Year first, always: `01/09/2022` may be January or September and is therefore never guessed. */
const FORMS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/,
];

export function readDate(value: CellValue): DateReading {
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? { fault: 'DATE_IMPOSSIBLE' }
      : { date: value.toISOString().slice(0, 10), asText: false };
  }
  return readTypedDate(String(value).normalize('NFKC').trim());
}

function readTypedDate(text: string): DateReading {
  const withoutMidnight = text.replace(/\s+0?0:00(:00)?$/, '').replace(/\s+/g, '');
  const parts = FORMS.map((form) => form.exec(withoutMidnight)).find((match) => match !== null);
  if (!parts) return { fault: 'DATE_NOT_UNDERSTOOD' };
  const [, year = '', month = '', day = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(date) ? { date, asText: true } : { fault: 'DATE_IMPOSSIBLE' };
}
