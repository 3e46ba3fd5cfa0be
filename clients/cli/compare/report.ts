import { rename, writeFile } from 'node:fs/promises';
import writeXlsx from 'write-excel-file/node';
import { csvText } from '../../../kernel/rules/csv.ts';
import type { ComparedLine } from './run.ts';

const HEADER = ['行号', '结果', '差异', '代码', '说明', 'Explanation'];
const WIDTHS = [8, 24, 48, 24, 60, 60];

/** How many lines came to each outcome, and how often each difference was found. */
export function summaryOf(lines: readonly ComparedLine[]) {
  const tally = (words: readonly string[]) =>
    Object.fromEntries(
      [...new Set(words)].sort().map((word) => [word, words.filter((one) => one === word).length]),
    );
  return {
    rows: lines.filter(({ row }) => row !== null).length,
    missing: lines.filter(({ row }) => row === null).length,
    outcomes: tally(lines.map(({ outcome }) => outcome ?? 'REFUSED')),
    differences: tally(lines.flatMap(({ differences }) => differences)),
  };
}

/** Row numbers stand for the pupils: the report says nothing of a child that the roster beside it does not. */
export async function writeReport(path: string, lines: readonly ComparedLine[]): Promise<void> {
  const rows = lines.map(({ row, outcome, differences, faults }) => {
    const words = (part: 'code' | 'message' | 'messageEn') => faults.map((one) => one[part]).join('；');
    return [
      ...[row ?? '不在册', outcome ?? '', differences.join('；')],
      ...[words('code'), words('message'), words('messageEn')],
    ];
  });
  const aside = `${path}.part`;
  if (/\.csv$/i.test(path)) await writeFile(aside, csvText([HEADER, ...rows]));
  else await writeXlsx([HEADER, ...rows], { columns: WIDTHS.map((width) => ({ width })) }).toFile(aside);
  await rename(aside, path);
}
