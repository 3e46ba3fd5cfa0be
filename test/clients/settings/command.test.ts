import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewerSpec } from '../../../clients/cli/demo/viewer-spec.ts';
import { runProgram } from '../../../clients/cli/ending.ts';
import { settingsCommand } from '../../../clients/cli/settings/command.ts';
import { SETTING_NAMES } from '../../../clients/cli/words.ts';
import { textOf, valueOf } from '../../../clients/cli/settings/value.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { embedded } from '../../support/databases.ts';
import { deciding, openGardens } from '../../support/story.ts';
import { startWorld, type World } from '../../support/world.ts';

const printed: string[] = [];
const complained: string[] = [];
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  printed.length = complained.length = 0;
  process.exitCode = undefined;
});

describe('The value of a setting', () => {
  it.each([
    ['yes', { flag: true }],
    ['no', { flag: false }],
    ['30', { number: 30 }],
    ['10 WORKING_DAYS', { deadline: { length: 10, unit: 'WORKING_DAYS' } }],
    ['2 CALENDAR_MONTHS', { deadline: { length: 2, unit: 'CALENDAR_MONTHS' } }],
    ['none', { windows: [] }],
    ['07-15..08-14', { windows: [{ from: '07-15', until: '08-14', scope: 'ALL' }] }],
    [
      '07-15..08-14 12-15..02-29/CROSS_PROVINCE',
      {
        windows: [
          { from: '07-15', until: '08-14', scope: 'ALL' },
          { from: '12-15', until: '02-29', scope: 'CROSS_PROVINCE' },
        ],
      },
    ],
  ])('%s is read and printed again', (text, value) => {
    expect(valueOf(text.split(' '))).toEqual(value);
    expect(textOf(value)).toBe(text);
  });

  it('may be said in Chinese where it is yes or no', () => {
    expect([valueOf(['是']), valueOf(['否'])]).toEqual([{ flag: true }, { flag: false }]);
  });

  it.each(['', 'maybe', '10 days', 'WORKING_DAYS', '07-15', '07-15..08-14/NOBODY', '07-15..08-14 none', 'toString'])(
    'is not %j', (text) => expect(valueOf(text.split(' '))).toBeNull(),
  ); // prettier-ignore
});

describe('The settings command', () => {
  const province: ViewerSpec = { account: 'province-33', role: 'PROVINCE', region: '330000' };
  const dir = mkdtempSync(join(tmpdir(), 'xueji-settings-'));
  const [mine, countys] = [join(dir, 'province'), join(dir, 'county')];
  const day = today(new Date());
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ databases: embedded(), wiring: 'in one process' });
    await openGardens(world);
    writeFileSync(mine, `${await world.token(province)}\n`);
    writeFileSync(countys, await world.token(deciding));
  });
  afterAll(async () => {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function run(token: string, act: string, ...words: string[]) {
    printed.length = complained.length = 0;
    process.exitCode = undefined;
    const where = ['--url', world.url, '--token-file', token];
    await runProgram(settingsCommand(), [act, ...where, ...words]);
    return { printed: [...printed], complained: [...complained], exit: process.exitCode };
  }

  it('shows a line for each, with its grounds', async () => {
    const { printed: lines, exit } = await run(mine, 'show');
    expect(lines).toHaveLength(SETTING_NAMES.length);
    expect([lines[0], lines.find((line) => line.startsWith('DEADLINE_ENROLMENT\t')), exit]).toEqual([
      'TRANSFER_BOTH_COUNTIES\tno\tASSUMED\t-\tv0\t-\t-\t-',
      'DEADLINE_ENROLMENT\t2 CALENDAR_MONTHS\tMEASURE\t-\tv1\t2025-12-29\t-\t-',
      undefined,
    ]);
  });

  it('sets what a province may set, and shows it from then on, to its counties too', async () => {
    const set = await run(mine, 'set', 'DEADLINE_TRANSFER', '7', 'WORKING_DAYS', '--reason', '省实施细则');
    const line = `DEADLINE_TRANSFER\t7 WORKING_DAYS\tPROVINCE\t330000\tv1001\t${day}\tprovince-33\t省实施细则`;
    expect(set).toEqual({ printed: [line], complained: [], exit: 0 });
    expect((await run(countys, 'show')).printed).toContain(line);
    const windows = await run(mine, 'set', 'TRANSFER_CLOSED', '07-15..08-14', '12-15..02-29/CROSS_PROVINCE', '--from', '2999-01-01');
    expect(windows.printed).toEqual([
      '-TRANSFER_CLOSED\t07-15..08-14 12-15..02-29/CROSS_PROVINCE\tPROVINCE\t330000\tv1\t2999-01-01\tprovince-33\t-',
    ]);
    expect((await run(mine, 'show')).printed).toContain('TRANSFER_CLOSED\tnone\tASSUMED\t-\tv0\t-\t-\t-');
    const history = (await run(mine, 'show', '--history')).printed.filter((one) => /DEADLINE_TRANSFER\t/.test(one));
    expect(history).toEqual([line, '-DEADLINE_TRANSFER\t10 WORKING_DAYS\tMEASURE\t-\tv1\t2025-12-29\t-\t-']);
  }); // prettier-ignore

  it('repeats a run under its key without a second version', async () => {
    const again = ['GRADUATION_UNDO_DAYS', '20', '--from', '2999-01-01', '--key', 'again', '--json'];
    const [first, second] = [await run(mine, 'set', ...again), await run(mine, 'set', ...again)];
    expect(second).toEqual(first);
    expect(JSON.parse(first.printed[0]!)).toMatchObject({ setting: { version: 1 }, userErrors: [] });
  });

  it('ends with 1 and the reason where it is refused', async () => {
    expect(await run(mine, 'set', 'DEADLINE_TRANSFER', '9', 'WORKING_DAYS', '--lang', 'en')).toEqual({
      printed: ['reason\tSETTING_REASON_NEEDED\tThe Measure itself says 10 WORKING_DAYS; another length needs a reason.'],
      complained: [],
      exit: 1,
    });
    const elsewhere = await run(mine, 'set', 'REINSTATEMENT_MONTHS', '6', '--province', '420000', '--lang', 'zh');
    expect([elsewhere.printed, elsewhere.exit]).toEqual([
      ['province\tOUTSIDE_YOUR_AREA\t超出您的管辖范围：您管辖 330000。'],
      1,
    ]);
  }); // prettier-ignore

  it.each([['the token is not there', ['show', '--token-file', join(dir, 'none')], /ENOENT/]])(
    'ends with 2 where %s',
    async (_, words, reason) => {
      const { printed: lines, complained: why, exit } = await run(mine, words[0]!, ...words.slice(1));
      expect([lines, why, exit]).toEqual([[], [expect.stringMatching(reason)], 2]);
    },
  );

  it.each([
    ['REINSTATEMENT_MONTHS', 'number (1–120)'],
    ['TRANSFER_BOTH_COUNTIES', 'flag (true | false)'],
    ['TRANSFER_CLOSED', 'windows (MM-DD, at most 12)'],
    ['DEADLINE_TRANSFER', 'deadline (1–120 WORKING_DAYS | 1–24 CALENDAR_MONTHS)'],
    ['DEADLINE_DEFERRAL', 'deadline (1–12 CALENDAR_MONTHS)'],
  ])('says what %s takes, and what came, where the value cannot be read', async (name, expected) => {
    expect(await run(mine, 'set', name, 'soon', '--lang', 'en')).toEqual({
      printed: [`value\tSETTING_VALUE_KIND\tThe value of ${name} was expected as ${expected} alone; - came.`],
      complained: [expect.stringMatching(/^“soon” came, which is none of: yes \| no/)],
      exit: 2,
    });
  });

  it('says the bounds and the unit where the value is beyond them', async () => {
    const number = await run(mine, 'set', 'REINSTATEMENT_MONTHS', '121', '--lang', 'en');
    expect([number.printed, number.exit]).toEqual([['value.number\tSETTING_OUT_OF_RANGE\tREINSTATEMENT_MONTHS takes 1 to 120; 121 came.'], 1]);
    const deadline = await run(mine, 'set', 'DEADLINE_TRANSFER', '25', 'CALENDAR_MONTHS', '--lang', 'en');
    expect(deadline.printed[0]).toBe('value.deadline.length\tSETTING_OUT_OF_RANGE\tDEADLINE_TRANSFER takes 1 to 24 CALENDAR_MONTHS; 25 CALENDAR_MONTHS came.');
  }); // prettier-ignore

  it('ends with 2 where the account may not set anything', async () => {
    const { complained: why, exit } = await run(countys, 'set', 'REINSTATEMENT_MONTHS', '6');
    expect([why, exit]).toEqual([['the graph answered FORBIDDEN'], 2]);
  });
});
