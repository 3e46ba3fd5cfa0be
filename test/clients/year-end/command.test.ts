import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../../clients/cli/ending.ts';
import { yearEndCommand } from '../../../clients/cli/year-end/command.ts';
import { planOf } from '../../../clients/cli/year-end/plan.ts';
import type { Class, PreviewNode } from '../../../clients/cli/year-end/operations.ts';
import { embedded } from '../../support/databases.ts';
import * as story from '../../support/story.ts';
import { startWorld, type World } from '../../support/world.ts';

const printed: string[] = [];
const complained: string[] = [];
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  printed.length = complained.length = 0;
  process.exitCode = undefined;
});

describe('The plan of a year’s end', () => {
  const one = (id: string, name: string, level: Class['level'], schoolYear = 2026): Class => ({
    ...{ id, name, level, schoolYear },
  });
  const child = (classId: string, graduates: boolean): PreviewNode => ({
    ...{ graduates, reasons: [], record: { id: classId }, class: { id: classId } },
  });
  const next = (before: Class, coming: Class[] = [], to = new Map<string, string>()) => {
    const [plan] = planOf({ classes: [before, ...coming], children: [child(before.id, false)] }, 2026, to);
    return plan && [plan.next?.name ?? null, plan.next?.level ?? null, plan.nextId];
  };

  it.each<[string, Class, (string | null)[]]>([
    ['托一班 into 小一班', one('a', '托一班', 'NURSERY'), ['小一班', 'SMALL', null]],
    ['小一班 into 中一班', one('a', '小一班', 'SMALL'), ['中一班', 'MIDDLE', null]],
    ['中二班 into 大二班', one('a', '中二班', 'MIDDLE'), ['大二班', 'LARGE', null]],
    ['a class of mixed ages into one of its name', one('a', '混龄班', 'MIXED'), ['混龄班', 'MIXED', null]],
    ['a class of another name into one of its name', one('a', '蓝天班', 'SMALL'), ['蓝天班', 'MIDDLE', null]],
    ['nobody of the last year', one('a', '大一班', 'LARGE'), [null, null, null]],
  ])('takes %s', (_, before, expected) => {
    expect(next(before)).toEqual(expected);
  });

  it('finds the class that is open already, by name and level, or the one that was named', () => {
    const before = one('a', '小一班', 'SMALL');
    const coming = [one('b', '中一班', 'SMALL', 2027), one('c', '中一班', 'MIDDLE', 2027), one('d', '蓝天班', 'MIDDLE', 2027)]; // prettier-ignore
    expect(next(before, coming)).toEqual(['中一班', 'MIDDLE', 'c']);
    expect(next(before, coming, new Map([['a', 'd']]))).toEqual(['蓝天班', 'MIDDLE', 'd']);
  });

  it('leaves out classes without children and those of other years', () => {
    const classes = [one('a', '小一班', 'SMALL'), one('b', '小一班', 'SMALL', 2025)];
    expect(planOf({ classes, children: [child('b', false)] }, 2026)).toEqual([]);
  });
});

describe('The year-end command', () => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-year-end-'));
  const files = { garden: join(dir, 'garden'), county: join(dir, 'county'), other: join(dir, 'other') };
  const records: string[] = [];
  let today = '2026-11-23';
  let world: World;
  beforeAll(async () => {
    const now = () => new Date(`${today}T04:00:00Z`);
    world = await startWorld({ databases: embedded(), wiring: 'in one process', now });
    const small = (await story.openGardens(world)).get(story.GARDEN)!;
    const item = { institutionCode: story.GARDEN, name: '大一班', level: 'LARGE', schoolYear: 2026 };
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      story.opening,
      'mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }',
      { input: { idempotencyKey: 'large', items: [item] } },
    );
    const large = openClasses.results[0]!.class.id;
    const acts = story.acts(world, new Map());
    for (const [i, classId] of [large, large, small].entries()) {
      const { results } = await acts.register(story.garden, [story.inventedChild(2 * i + 1)]);
      const submitted = await acts.submit(story.garden, [results[0]!.child!.id], { classId });
      await acts.approve(story.deciding, [submitted.results[0]!.application!.id]);
      records.push(submitted.results[0]!.record!.id);
    }
    writeFileSync(files.garden, await world.token(story.garden));
    writeFileSync(files.county, await world.token(story.deciding));
    writeFileSync(files.other, await world.token(story.otherGarden));
  }, 60_000);
  afterAll(async () => {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function run(as: keyof typeof files, act: string, ...words: string[]) {
    printed.length = complained.length = 0;
    process.exitCode = undefined;
    const where = ['--url', world.url, '--token-file', files[as], '--lang', 'en'];
    const year = ['--institution', story.GARDEN, '--school-year', '2026'];
    const args = [act, ...where, ...(act === 'undo' ? [] : year), ...words];
    await runProgram(yearEndCommand(), args);
    return { printed: [...printed], complained: [...complained], exit: process.exitCode };
  }
  const excluded = () => ['--exclude', `${records[1]}=长期病假`];

  it('previews class by class, and changes nothing', async () => {
    const expected = {
      printed: [
        '小一班\tSMALL\tgraduate 0\tgo on 1 -> 中一班 MIDDLE (to be opened)\tstay 0',
        '大一班\tLARGE\tgraduate 2\tgo on 0\tstay 0',
      ],
      ...{ complained: [], exit: undefined },
    };
    const first = await run('garden', 'preview');
    expect({ ...first, printed: first.printed.sort() }).toEqual({ ...expected, printed: expected.printed.sort() });
    const second = await run('county', 'preview');
    expect(second.printed.sort()).toEqual(first.printed);
  }); // prettier-ignore

  it('is stopped for a kindergarten elsewhere, and without a graph', async () => {
    const elsewhere = await run('other', 'preview');
    expect([elsewhere.exit, elsewhere.printed]).toEqual([2, []]);
    expect(elsewhere.complained).toEqual(['the graph answered FORBIDDEN; nothing done is lost, run the same command again to go on']); // prettier-ignore
  });

  it('is refused what is too early, with 1 and the reason, and goes on when the time has come', async () => {
    today = '2027-08-30';
    const early = await run('garden', 'run', ...excluded());
    expect(early.exit).toBe(1);
    expect(early.printed[0]).toMatch(/\tGRADUATION_TOO_EARLY\tA day from the last day of the term, 2027-08-31, to today was expected\.$/); // prettier-ignore
    expect(early.printed[1]).toMatch(/^opened 1 classes; graduation \S+ FROZEN: listed 1, left out 1, graduated 0, undone 0; moved 0 children$/); // prettier-ignore
    const other = await run('garden', 'run');
    expect([other.exit, other.complained[0]]).toEqual([2, expect.stringContaining('is frozen with 1 left out, 0 were named now')]); // prettier-ignore
  });

  it('runs, tells what came of it, and does nothing the second time', async () => {
    today = '2027-09-01';
    // The keys follow the machine's day, the graph has its own here; another day is another `--graduate-on`.
    const done = await run('garden', 'run', ...excluded(), '--graduate-on', '2027-09-01');
    expect([done.exit, done.complained]).toEqual([0, []]);
    expect(done.printed).toEqual([expect.stringMatching(/^opened 0 classes; graduation \S+ DONE: listed 1, left out 1, graduated 1, undone 0; moved 1 children$/)]); // prettier-ignore
    const again = await run('garden', 'run', ...excluded());
    expect(again.printed).toEqual([expect.stringMatching(/^opened 0 classes; graduation \S+ DONE: .* moved 0 children$/)]); // prettier-ignore
  });

  it('takes promotions back, by the county, and names what it was told wrong', async () => {
    const { institution } = await world.data<{ institution: { classes: { id: string; name: string }[] } }>(
      story.deciding,
      'query($code: String!) { institution(code: $code) { classes { id name } } }',
      { code: story.GARDEN },
    );
    const idOf = (name: string) => institution.classes.find((one) => one.name === name)!.id;
    const pair = `${idOf('小一班')}=${idOf('中一班')}`;
    expect((await run('garden', 'undo', '--promotion', pair)).exit).toBe(2);
    const undone = await run('county', 'undo', '--promotion', pair, '--reason', '升班有误');
    expect(undone).toEqual({ printed: ['moved back 1 children'], complained: [], exit: 0 });
    const wrong = await run('county', 'undo', '--promotion', `${records[0]}=${idOf('中一班')}`);
    expect([wrong.exit, wrong.printed[0]]).toEqual([1, expect.stringMatching(/\tNOT_FOUND\t/)]);
    const nothing = await run('county', 'undo');
    expect([nothing.exit, nothing.complained]).toEqual([2, ['--run or --promotion was expected, neither came']]);
    // Whoever was moved back goes on again with the next run.
    const again = await run('garden', 'run', ...excluded());
    expect(again.printed).toEqual([expect.stringMatching(/ moved 1 children$/)]);
  }); // prettier-ignore

  it('is undone by the county, and by nobody else', async () => {
    const found = await world.data<{ graduationRuns: { nodes: { id: string }[] } }>(
      story.deciding,
      '{ graduationRuns { nodes { id } } }',
    );
    const { id } = found.graduationRuns.nodes[0]!;
    expect((await run('garden', 'undo', '--run', id)).exit).toBe(2);
    const undone = await run('county', 'undo', '--run', id, '--reason', '名单有误');
    expect(undone).toEqual({
      ...{
        printed: [`graduation ${id} UNDONE: listed 1, left out 1, graduated 1, undone 1`],
        complained: [],
      },
      exit: 0,
    });
    const twice = await run('county', 'undo', '--run', id);
    expect([twice.exit, twice.printed]).toEqual([
      1,
      [expect.stringContaining(`${id}\tGRADUATION_RUN_STATE\t`)],
    ]);
  });
});
