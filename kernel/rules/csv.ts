/** A spreadsheet runs a cell that begins with one of these; a leading apostrophe makes it text again. */
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;
export const BYTE_ORDER_MARK = '\uFEFF';
export const END_OF_LINE = '\r\n';

/** Rows as CSV a spreadsheet opens rightly: UTF-8 with mark, CRLF, quotes where needed, no live formulas. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return (
    BYTE_ORDER_MARK + rows.map((row) => row.map((cell) => csvCell(cell)).join(',') + END_OF_LINE).join('')
  );
}

/** One cell; `quoted` puts it in quotes although it could do without. */
export function csvCell(value: string | number, quoted = false): string {
  // A number of our own cannot be a formula; only text is guarded.
  if (typeof value === 'number') return String(value);
  const guarded = guardedText(value);
  return quoted || NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The text as it stands in the cell. */
export const guardedText = (value: string): string => (STARTS_A_FORMULA.test(value) ? `'${value}` : value);

/** Could the text stand in a cell with and without quotes alike? */
export const isFreeToQuote = (guarded: string): boolean => guarded !== '' && !NEEDS_QUOTES.test(guarded);
