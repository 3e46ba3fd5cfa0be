import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../../clients/cli/ending.ts';
import { problemsCommand } from '../../../clients/cli/problems/command.ts';
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
  process.exitCode = undefined;
});

describe('The problems command', () => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-problems-'));
  const files = { garden: join(dir, 'garden'), county: join(dir, 'county'), opening: join(dir, 'opening') };
  let world: World;
  let recordId: string;
  let problemId: string;
  let dueOn: string;
  beforeAll(async () => {
    world = await startWorld({ databases: embedded(), wiring: 'in one process' });
    const classes = await story.openGardens(world);
    const acts = story.acts(world, classes);
    const { results } = await acts.register(story.garden, [story.inventedChild(1)]);
    const submitted = await acts.submit(story.garden, [results[0]!.child!.id]);
    await acts.approve(story.deciding, [submitted.results[0]!.application!.id]);
    recordId = submitted.results[0]!.record!.id;
    const { openProblemCase } = await world.data<{
      openProblemCase: { problemCase: { id: string; dueOn: string } };
    }>(
      story.opening,
      `mutation($input: OpenProblemCaseInput!) { openProblemCase(input: $input) { problemCase { id dueOn } } }`,
      { input: { idempotencyKey: 'open', kind: 'EMPTY', recordId, statement: null, evidence: [] } },
    );
    ({ id: problemId, dueOn } = openProblemCase.problemCase);
    writeFileSync(files.garden, await world.token(story.garden));
    writeFileSync(files.county, await world.token(story.deciding));
    writeFileSync(files.opening, await world.token(story.opening));
  }, 60_000);
  afterAll(async () => {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function run(as: keyof typeof files, act: string, ...words: string[]) {
    printed.length = complained.length = 0;
    process.exitCode = undefined;
    const where = ['--url', world.url, '--token-file', files[as], '--lang', 'en'];
    await runProgram(problemsCommand(), [act, ...where, ...words]);
    return { printed: [...printed], complained: [...complained], exit: process.exitCode };
  }
  const waiting = () =>
    [problemId, 'EMPTY', 'OPEN', 'ANSWER', `INSTITUTION ${story.GARDEN}`, dueOn, '-', recordId].join('\t');

  it('lists what waits for whoever asks, one line each', async () => {
    expect((await run('garden', 'list', '--mine')).printed).toEqual([waiting()]);
    expect((await run('county', 'list', '--mine')).printed).toEqual([]);
    expect((await run('county', 'list', '--kind', 'EMPTY', '--state', 'OPEN')).printed).toEqual([waiting()]);
    expect((await run('county', 'list', '--overdue')).printed).toEqual([]);
    const json = await run('county', 'list', '--json');
    expect(JSON.parse(json.printed[0]!)).toMatchObject([{ id: problemId, record: { id: recordId } }]);
  });

  it('answers as the kindergarten, with the paper an evidence needs, once under its key', async () => {
    const bare = await run('garden', 'answer', problemId, 'EVIDENCE');
    expect([bare.exit, bare.printed[0]]).toEqual([1, expect.stringMatching(/^evidence\tEVIDENCE_MISSING\t/)]);
    const paper = `OTHER:A-2026-0007:${'3b'.repeat(32)}`;
    const words = ['answer', problemId, 'EVIDENCE', '--paper', paper, '--statement', '在园', '--key', 'k'] as const;
    const first = await run('garden', ...words);
    expect([first.exit, first.printed[0]!.split('\t').slice(3, 5)]).toEqual([0, ['DECIDE', `COUNTY ${story.COUNTY}`]]);
    expect(await run('garden', ...words)).toEqual(first);
  }); // prettier-ignore

  it('rules as the county, and not as the account that opened the case', async () => {
    const own = await run('opening', 'rule', problemId, 'NO_FAULT', '--reason', '无误');
    expect([own.exit, own.printed[0]]).toEqual([1, expect.stringMatching(/^-\tSAME_ACCOUNT\t/)]);
    const ruled = await run('county', 'rule', problemId, 'NO_FAULT', '--reason', '无误');
    const line = [problemId, 'EMPTY', 'RESOLVED', '-', '-', '-', 'NO_FAULT', recordId].join('\t');
    expect(ruled).toEqual({ printed: [line], complained: [], exit: 0 });
  });

  it('ends with 2 where the graph refuses the question', async () => {
    const forbidden = await run('county', 'answer', problemId, 'WITHDRAWAL');
    expect([forbidden.exit, forbidden.complained]).toEqual([2, ['the graph answered FORBIDDEN']]);
  });
});
