/** What a cell may hold: CSV gives text only, a spreadsheet all of these. Dates are UTC midnight. */
export type CellValue = string | number | boolean | Date | null;

export function isBlank(value: CellValue | undefined): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** 1 -> A, 27 -> AA: the column as a spreadsheet names it. */
export function columnLetter(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? columnLetter(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

/** `B7` -> { row: 7, column: 2 }; null where the text is no cell address. */
export function cellAddress(text: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text);
  if (!match) return null;
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(match[2]), column };
}
