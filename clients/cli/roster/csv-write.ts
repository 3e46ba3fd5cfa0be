/** A spreadsheet runs a cell that begins with one of these; a leading apostrophe makes it text again. */
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as CSV a spreadsheet opens rightly: UTF-8 with mark, CRLF, quotes where needed, no live formulas. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(csvCell).join(',') + '\r\n').join('');
}

function csvCell(value: string | number): string {
  // A number of our own cannot be a formula; only text is guarded.
  if (typeof value === 'number') return String(value);
  const guarded = STARTS_A_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
