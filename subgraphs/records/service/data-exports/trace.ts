import { BYTE_ORDER_MARK, isFreeToQuote } from '../../../../kernel/rules/csv.ts';
import { marksOf } from '../../../../kernel/store/marks.ts';
import type { DataExport } from '../../model.ts';

/** A piece of text out of a file somebody has found, cell by cell. */
interface FoundCell {
  readonly text: string;
  readonly quoted: boolean;
}

/** TAG: lines carry its proofs. PSEUDONYM: its pseudonyms do. QUOTES: cells stand in quotes as they would in it. HEAD: it says so. */
export type TracedBy = 'TAG' | 'PSEUDONYM' | 'QUOTES' | 'HEAD';

export interface Traced {
  readonly dataExport: DataExport;
  readonly by: TracedBy;
  /** So many marks speak for it, of so many that could. */
  readonly agreeing: number;
  readonly of: number;
}

/** How likely it may be that quotes agree by chance with any of all exports. */
const CHANCE_MAX = 1e-4;

/** Whose the text is, the surest first; nothing where too little is left of it. */
export function traceIn(text: string, exports: readonly DataExport[]): Traced[] {
  const cells = cellsIn(text);
  const words = [...new Set(cells.map((cell) => cell.text))];
  const quotable = [
    ...new Map(cells.filter(({ text: t }) => isFreeToQuote(t)).map((cell) => [cell.text, cell])).values(),
  ];
  return exports
    .flatMap((one) => tracedTo(one, text, words, quotable, exports.length))
    .sort((a, b) => SUREST.indexOf(a.by) - SUREST.indexOf(b.by) || b.agreeing - a.agreeing);
}

const SUREST: readonly TracedBy[] = ['TAG', 'PSEUDONYM', 'QUOTES', 'HEAD'];

function tracedTo(
  dataExport: DataExport,
  text: string,
  words: readonly string[],
  quotable: readonly FoundCell[],
  exports: number,
): Traced[] {
  const { id, secret } = dataExport;
  if (secret === null) return [];
  const marks = marksOf(secret);
  const found = (by: TracedBy, agreeing: number, of: number): Traced[] => [{ dataExport, by, agreeing, of }];
  const tags = words.filter((word) => marks.isTag(word)).length;
  if (tags > 0) return found('TAG', tags, tags);
  const pseudonyms = words.filter((word) => marks.isPseudonym(word)).length;
  if (pseudonyms > 0) return found('PSEUDONYM', pseudonyms, pseudonyms);
  const agreeing = quotable.filter((cell) => marks.isQuoted(cell.text) === cell.quoted).length;
  if (byChance(agreeing, quotable.length) * exports < CHANCE_MAX)
    return found('QUOTES', agreeing, quotable.length);
  return text.includes(id) ? found('HEAD', 1, 1) : [];
}

/** How likely at least so many of n fair coins fall the same way. */
function byChance(agreeing: number, n: number): number {
  let term = 0.5 ** n;
  let sum = 0;
  for (let k = n; k >= agreeing; k--) {
    sum += term;
    term *= k / (n - k + 1);
  }
  return sum;
}

/** Cells as they stand, whatever is left of the lines. */
function cellsIn(text: string): FoundCell[] {
  const cells: FoundCell[] = [];
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  for (const [, quoted, bare] of plain.matchAll(/"((?:[^"]|"")*)"|([^",\r\n]+)/g))
    cells.push(
      quoted === undefined
        ? { text: bare!, quoted: false }
        : { text: quoted.replaceAll('""', '"'), quoted: true },
    );
  return cells;
}
