import { rename, writeFile } from 'node:fs/promises';
import writeXlsx from 'write-excel-file/node';
import { csvText } from '../../../kernel/rules/csv.ts';
import { isError, type Fault } from './faults.ts';
import type { Outcome } from './outcome.ts';

const HEADER = ['行号', '结果', '代码', '列', '说明', 'Explanation', '学籍记录'];
const WIDTHS = [8, 8, 28, 16, 60, 60, 40];
const WORDS = { ACCEPTED: '接受', REFUSED: '拒绝' } as const;

/**
 * Writes what became of every row, in the file's order, as .xlsx or (by its ending) .csv. Row numbers stand for
 * the children: the result says nothing of a child that the roster beside it does not.
 */
export async function writeResult(path: string, outcomes: readonly Outcome[]): Promise<void> {
  const rows = [...outcomes].sort((a, b) => a.row - b.row).map(resultRow);
  // Written aside and put in place whole, so that nobody opens half a result.
  const aside = `${path}.part`;
  if (/\.csv$/i.test(path)) await writeFile(aside, csvText([HEADER, ...rows]));
  else await writeXlsx([HEADER, ...rows], { columns: WIDTHS.map((width) => ({ width })) }).toFile(aside);
  await rename(aside, path);
}

function resultRow({ row, outcome, faults, recordId }: Outcome): (string | number)[] {
  // The errors come first: they are what the clerk must mend.
  const told = [...faults].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  const words = (part: (fault: Fault) => string | null) => told.map((one) => part(one) ?? '').join('；');
  return [
    row,
    WORDS[outcome],
    words(({ code }) => code),
    [...new Set(told.flatMap(({ column }) => column ?? []))].join('；'),
    words(({ message }) => message),
    words(({ messageEn }) => messageEn),
    recordId ?? '',
  ];
}
