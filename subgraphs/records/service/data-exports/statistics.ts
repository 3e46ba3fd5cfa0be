import type { GoesOn } from '../../../../kernel/rules/goes-on.ts';
import { marksOf } from '../../../../kernel/store/marks.ts';
import type { DataExport } from '../../model.ts';
import { cellsOf } from '../../rules/export-cells.ts';
import { CELLS_MAX, SMALLEST_CELL } from '../../rules/export-fields.ts';
import type { Deps } from '../deps.ts';
import { headOf, lineOf } from './lines.ts';
import { pageOf, ROWS_PER_PART, write } from './make.ts';

/** Counts are of no use in part, so a file that was being counted when its process died is counted anew. */
export async function statisticsOf(deps: Deps, leased: DataExport, goesOn: GoesOn): Promise<void> {
  const marks = marksOf(leased.secret!);
  const counts = new Map<string, number>();
  let at = leased;
  for (let reached: string | null = null; ;) {
    const page = await pageOf(deps, at, reached);
    for (const { record, child } of page.rows) {
      const cells = cellsOf(record, child, at.approvedFields!, at.profile, noPseudonym);
      const key = JSON.stringify(cells);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (counts.size > CELLS_MAX) return void (await write(deps, at, { ...at, state: 'FAILED' }, []));
    reached = page.reachedId;
    if (page.isLast) break;
    if (!goesOn()) return;
    // Still at it.
    at = await write(deps, at, at, []);
  }
  const lines = [...counts]
    .filter(([, count]) => count >= SMALLEST_CELL)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => lineOf(marks, marks.tag(), [...(JSON.parse(key) as string[]), String(count)]));
  const bodies = [];
  for (let i = 0; i === 0 || i < lines.length; i += ROWS_PER_PART)
    bodies.push((i === 0 ? headOf(at, marks) : '') + lines.slice(i, i + ROWS_PER_PART).join(''));
  await write(deps, at, { ...at, state: 'READY', lineCount: lines.length }, bodies);
}

const noPseudonym = () => {
  throw new Error('Statistics know no pseudonyms.');
};
