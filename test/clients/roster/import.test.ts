import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readSheet } from 'read-excel-file/node';
import { importRoster, UnreadableRoster, type ImportOptions } from '../../../clients/cli/roster/import.ts';
import { journalPath } from '../../../clients/cli/roster/journal.ts';
import { FakeGraph, type Mishap } from './fake-graph.ts';
import { bytesFile, goodRow, INSTITUTION, TODAY, xlsxFile, type RowCells } from './support.ts';

const io = { clock: () => new Date(`${TODAY}T04:00:00Z`) };

async function setting(rows: RowCells[], more: Partial<ImportOptions> = {}) {
  const graph = await FakeGraph.start();
  const file = await xlsxFile(rows);
  const asking = { url: graph.url, token: 'a-token', pauseMs: 1 };
  return { graph, options: { file, graph: asking, institution: INSTITUTION, batch: 2, ...more } };
}

const fiveRows = [2, 3, 4, 5, 6].map((serial) => goodRow(serial));

describe('importing a roster', () => {
  test('accepts or refuses every row, sends only good ones, and writes it all down', async () => {
    const { graph, options } = await setting([
      goodRow(2),
      goodRow(3, { sex: '女' }),
      goodRow(4, { className: '小九班' }),
      goodRow(5, { institutionCode: '1119000009' }),
      goodRow(6),
      goodRow(7),
    ]);
    graph.refuse = (childId) => (childId === 'child-006' ? 'ALREADY_ENROLLED' : undefined);
    const summary = await importRoster(options, io);
    expect(summary).toMatchObject({ rowsIn: 6, accepted: 2, refused: 4, resumed: 0 });
    expect(graph.enrolments.sort()).toEqual(['child-002', 'child-007']);
    const written = (await readSheet(summary.resultFile))
      .slice(1)
      .map((row) => [row[0], row[1], row[2], row[3], row[6]]);
    expect(written).toEqual([
      [2, '接受', null, null, 'record-of-child-002'],
      [3, '拒绝', 'ID_SEX_MISMATCH', '性别', null],
      [4, '拒绝', 'CLASS_UNKNOWN', '班级', null],
      [5, '拒绝', 'INSTITUTION_UNKNOWN', '机构标识码', null],
      [6, '拒绝', 'ALREADY_ENROLLED', '证件号码', null],
      [7, '接受', null, null, 'record-of-child-007'],
    ]);
  });

  test('writes nothing of a child into the journal', async () => {
    const { options } = await setting([...fiveRows, goodRow(7, { sex: '女' })]);
    await importRoster(options, io);
    const journal = await readFile(journalPath(options.file), 'utf8');
    expect(journal.split('\n')).toHaveLength(5);
    expect(journal).not.toMatch(/示例|190101|2022|小一班/);
  });

  test('does not ask the graph again when all is done', async () => {
    const { graph, options } = await setting(fiveRows);
    const first = await importRoster(options, io);
    const before = graph.asked.length;
    const again = await importRoster(options, io);
    expect(again).toMatchObject({ accepted: 5, refused: 0, resumed: 5 });
    expect(again.outcomes.map(({ recordId }) => recordId).sort()).toEqual(
      first.outcomes.map(({ recordId }) => recordId).sort(),
    );
    expect(graph.asked).toHaveLength(before);
  });

  test('starts a new journal for another address, and keeps the old one aside', async () => {
    const first = await setting(fiveRows);
    await importRoster(first.options, io);
    const second = await FakeGraph.start();
    const options = { ...first.options, graph: { ...first.options.graph, url: second.url } };
    expect(await importRoster(options, io)).toMatchObject({ accepted: 5, resumed: 0 });
    expect(await readFile(`${journalPath(options.file)}.old`, 'utf8')).toContain(first.graph.url);
  });

  test('sends nothing of a file that cannot be read', async () => {
    const { graph, options } = await setting([]);
    const file = await bytesFile('甲,乙\n1,2\n');
    await expect(importRoster({ ...options, file }, io)).rejects.toThrow(UnreadableRoster);
    expect(graph.asked).toEqual([]);
  });

  test('tells of every row decided, first of those refused here', async () => {
    const { options } = await setting([...fiveRows, goodRow(7, { sex: '女' })]);
    const told: unknown[] = [];
    const progress = (rows: { total: number; already: number }) => {
      told.push(rows);
      return { advance: (step: number) => void told.push(step), finish: () => void told.push('finished') };
    };
    await importRoster(options, { ...io, progress });
    expect(told[0]).toEqual({ total: 6, already: 1 });
    expect((told.slice(1, -1) as number[]).sort()).toEqual([1, 2, 2]);
    expect(told.at(-1)).toBe('finished');
  });
});

describe('when the graph falters', () => {
  const passing: Mishap[] = ['DROP', 'DROP_AFTER', 'PAGE_502', 'SUBGRAPH_UNAVAILABLE', 'RATE_LIMITED'];

  test.each(passing)('every request is asked again after %s, and nothing is done twice', async (mishap) => {
    const { graph, options } = await setting(fiveRows);
    const tried = new Set<string>();
    graph.mishap = ({ key }) => (tried.has(key) ? undefined : (tried.add(key), mishap));
    expect(await importRoster(options, io)).toMatchObject({ rowsIn: 5, accepted: 5, refused: 0 });
    expect(graph.enrolments.sort()).toEqual([
      'child-002',
      'child-003',
      'child-004',
      'child-005',
      'child-006',
    ]);
    expect(graph.asked).toHaveLength(2 * 7);
  });

  test('it gives up after its tries, loses nothing, and goes on when run again', async () => {
    const { graph, options } = await setting(fiveRows);
    const asking = { ...options.graph, attempts: 3 };
    graph.mishap = ({ act, key }) =>
      act === 'submitEnrolments' && key !== firstKey() ? 'SUBGRAPH_UNAVAILABLE' : undefined;
    const firstKey = () => graph.asked.find(({ act }) => act === 'submitEnrolments')?.key;
    await expect(importRoster({ ...options, graph: asking }, io)).rejects.toThrow(
      'the graph answered SUBGRAPH_UNAVAILABLE',
    );
    expect(graph.enrolments).toHaveLength(2);
    graph.mishap = () => undefined;
    expect(await importRoster(options, io)).toMatchObject({ accepted: 5, refused: 0, resumed: 2 });
    expect(graph.enrolments).toHaveLength(5);
  });

  test('it stops at once when the token is not accepted', async () => {
    const { graph, options } = await setting(fiveRows);
    graph.mishap = () => 'UNAUTHENTICATED';
    await expect(importRoster(options, io)).rejects.toThrow('the graph answered UNAUTHENTICATED');
    expect(graph.asked).toHaveLength(1);
  });
});
