import { cellAddress } from './cells.ts';

export interface SheetScan {
  /** Merged ranges as the sheet writes them, e.g. `A2:A9`. */
  readonly merges: string[];
  readonly formulas: { row: number; column: number }[];
  readonly lastFilledRow: number;
}

const TAGS = /<(?:\w+:)?(row|c|f|v|is|mergeCell)(\s[^>]*|\/)?>/g;
const LONGEST_TAG = 64 * 1024;

/** Reads a sheet's XML in pieces and keeps only places, never values. */
export class SheetScanner {
  readonly result = { merges: [] as string[], formulas: [] as SheetScan['formulas'], lastFilledRow: 0 };
  private row = 0;
  private column = 0;
  private rest = '';

  push(text: string): void {
    const xml = this.rest + text;
    // A tag may be cut by the end of a piece; then it waits for the next one (but never longer than a tag is).
    const open = xml.lastIndexOf('<');
    const isCut = open >= 0 && xml.length - open < LONGEST_TAG && !xml.includes('>', open);
    this.rest = isCut ? xml.slice(open) : '';
    const whole = isCut ? xml.slice(0, open) : xml;
    for (const [, tag, attributes] of whole.matchAll(TAGS)) this.see(tag ?? '', attributes ?? '');
  }

  private see(tag: string, attributes: string): void {
    if (tag === 'row') this.enterRow(Number(/\sr="(\d+)"/.exec(attributes)?.[1] ?? this.row + 1));
    else if (tag === 'c') this.enterCell(/\sr="([A-Z]+\d+)"/.exec(attributes)?.[1]);
    else if (tag === 'f') this.result.formulas.push({ row: this.row, column: this.column });
    else if (tag === 'mergeCell') this.result.merges.push(/\sref="([^"]+)"/.exec(attributes)?.[1] ?? '');
    else this.result.lastFilledRow = Math.max(this.result.lastFilledRow, this.row);
  }

  private enterRow(row: number): void {
    this.row = row;
    this.column = 0;
  }

  private enterCell(address: string | undefined): void {
    this.column = (address && cellAddress(address)?.column) || this.column + 1;
  }
}
