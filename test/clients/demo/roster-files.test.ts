import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCounty } from '../../../clients/cli/demo/generate.ts';
import {
  countyRoster,
  newRoster,
  writeRoster,
  type RosterPlan,
} from '../../../clients/cli/demo/roster-files.ts';
import { readNationalFigures } from '../../../clients/cli/demo/statistics.ts';
import { checkRoster } from '../../../clients/cli/roster/check.ts';
import { isError } from '../../../clients/cli/roster/faults.ts';
import { readRoster } from '../../../clients/cli/roster/read.ts';
import { readRegionTree } from '../../../kernel/region-data.ts';

const schoolYear = 2025;
const county = demoCounty(schoolYear, readNationalFigures());
const plan: RosterPlan = {
  institutionCode: '1133990001',
  classes: [
    { name: '小一班', level: 'SMALL' },
    { name: '大一班', level: 'LARGE' },
  ],
  children: 45,
  schoolYear,
  pool: 1,
};

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'xueji-roster-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('A written roster', () => {
  it.each(['roster.csv', 'roster.xlsx'])(
    'holds the whole county in %s and is read back without an error',
    async (name) => {
      const path = join(directory, name);
      await writeRoster(path, countyRoster(county));
      const known = new Set(readRegionTree().map(({ code }) => code));
      const { candidates, faults } = checkRoster(await readRoster(path), {
        today: '2025-11-01',
        isKnownRegion: (code) => known.has(code),
      });
      expect(faults.filter(isError)).toEqual([]);
      expect(candidates).toHaveLength(11_300);
      expect(candidates[0]!.child).toEqual({
        ...county.kindergartens[0]!.enrolments[0]!.child,
        guardians: [county.kindergartens[0]!.enrolments[0]!.child.guardians[0]],
      });
    },
  );

  it('spreads new children over the classes that stand open', () => {
    const rows = newRoster(plan);
    expect(rows).toHaveLength(45);
    expect(rows.filter(({ className }) => className === '小一班')).toHaveLength(23);
    expect(newRoster(plan)).toEqual(rows);
  });

  it('has no number of the demonstration county nor of another pool', () => {
    const numbers = (rows: readonly { documentNumber: string }[]) =>
      rows.map(({ documentNumber }) => documentNumber).filter((number) => number !== '');
    const all = [
      ...numbers(countyRoster(county)),
      ...numbers(newRoster({ ...plan, children: 3_000, pool: 1 })),
      ...numbers(newRoster({ ...plan, children: 3_000, pool: 9 })),
    ];
    expect(all.length - new Set(all).size).toBe(0);
  });
});
