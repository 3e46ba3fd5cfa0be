import { BYTE_ORDER_MARK, csvCell, END_OF_LINE, guardedText } from '../../../../kernel/rules/csv.ts';
import type { Marks } from '../../../../kernel/store/marks.ts';
import { EXPORT_FIELD, type DataExport } from '../../model.ts';
import { SMALLEST_CELL } from '../../rules/export-fields.ts';

/** What stands above the tags. */
const TAG_TITLE = '编号';
const COUNT_TITLE = '人数';

/** The two lines above all others: whose the file is, and what its columns are. */
export function headOf(dataExport: DataExport, marks: Marks): string {
  const { id, recipient, purpose, untilOn, approvedFields, profile } = dataExport;
  const small = profile === 'STATISTICS' ? `；少于 ${SMALLEST_CELL} 人的组合未列出` : '';
  const whose = `# 数据提供 ${id}；接收方 ${recipient}；用途 ${purpose}；${untilOn} 前有效，仅限该用途${small}`;
  const titles = approvedFields!.map((field) => EXPORT_FIELD[field].zh);
  const more = profile === 'STATISTICS' ? [COUNT_TITLE] : [];
  return BYTE_ORDER_MARK + csvCell(whose) + END_OF_LINE + lineOf(marks, TAG_TITLE, [...titles, ...more]);
}

/** A line: its tag, then its cells, of which some stand in quotes they do not need. */
export const lineOf = (marks: Marks, tag: string, cells: readonly string[]): string =>
  [tag, ...cells.map((cell) => markedCell(marks, cell))].join(',') + END_OF_LINE;

function markedCell(marks: Marks, cell: string): string {
  // An empty cell in quotes would be empty text and not nothing.
  return csvCell(cell, cell !== '' && marks.isQuoted(guardedText(cell)));
}
