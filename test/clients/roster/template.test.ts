import { expect, test } from 'vitest';
import { checkRoster } from '../../../clients/cli/roster/check.ts';
import { readRoster } from '../../../clients/cli/roster/read.ts';
import { TEMPLATE_SHEETS, writeTemplate } from '../../../clients/cli/roster/template.ts';
import { csvText } from '../../../kernel/rules/csv.ts';
import { inTempDir, TODAY } from './support.ts';

test('the template’s own example is without a fault', async () => {
  const path = await inTempDir('roster.xlsx');
  await writeTemplate(path);
  const roster = await readRoster(path, { sheet: TEMPLATE_SHEETS.example });
  const { candidates, faults } = checkRoster(roster, { today: TODAY });
  expect(faults).toEqual([]);
  expect(candidates.map(({ row }) => row)).toEqual([2]);
});

test.each(['roster.xlsx', 'roster.csv'])(
  'the empty %s has every column, no row and no fault',
  async (name) => {
    const path = await inTempDir(name);
    await writeTemplate(path);
    const roster = await readRoster(path);
    expect(roster).toMatchObject({ readable: true, headerRow: 1, rows: [], faults: [] });
  },
);

test('CSV that we write is opened as text, never as a formula', () => {
  expect(csvText([['=1+1', '+1', '-1', '@a', '\ta', 'a,b', 'a"b', 5, '']])).toBe(
    `\uFEFF'=1+1,'+1,'-1,'@a,'\ta,"a,b","a""b",5,\r\n`,
  );
});
