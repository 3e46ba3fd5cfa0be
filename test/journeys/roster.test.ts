import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRoster, writeRoster, type RosterCells } from '../../clients/cli/demo/roster-files.ts';
import { importRoster } from '../../clients/cli/roster/import.ts';
import { gb18030 } from '../support/gb18030.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { analyst, deciding, garden, GARDEN } = story;
const CLI = ['--import', './test/support/typescript.js', 'clients/cli/main.ts', 'roster'];

interface Summary {
  readonly rowsIn: number;
  readonly accepted: number;
  readonly refused: number;
}

everywhere('A roster file', (start) => {
  let world: World;
  const dir = mkdtempSync(join(tmpdir(), 'xueji-roster-'));
  const token = join(dir, 'token');
  beforeAll(async () => {
    world = await start();
    await story.openGardens(world);
    writeFileSync(token, await world.token(garden));
  });
  afterAll(async () => {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Children nobody has registered yet, of the age of a first-year class. */
  const roster = (pool: 1 | 2 | 3 | 4 | 5, children: number): RosterCells[] =>
    newRoster({
      institutionCode: GARDEN,
      classes: [{ name: '小一班', level: 'SMALL' }],
      children,
      schoolYear: 2026,
      pool,
    });

  const importing = (file: string, ...more: string[]) => [
    ...CLI,
    'import',
    file,
    '--url',
    world.url,
    '--token-file',
    token,
    '--json',
    ...more,
  ];

  function run(args: readonly string[]): Promise<{ code: number; stdout: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, args, (error, stdout) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
      );
    });
  }

  async function imported(file: string): Promise<Summary> {
    const graph = { url: world.url, token: await world.token(garden) };
    const { rowsIn, accepted, refused } = await importRoster({ file, graph });
    return { rowsIn, accepted, refused };
  }

  async function waiting(): Promise<string[]> {
    const query = `query($after: String) { applications(filter: { state: SUBMITTED }, first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      interface Page {
        readonly applications: {
          nodes: { id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string | null };
        };
      }
      const { applications }: Page = await world.data<Page>(deciding, query, { after });
      ids.push(...applications.nodes.map(({ id }) => id));
      if (!applications.pageInfo.hasNextPage) return ids;
      after = applications.pageInfo.endCursor;
    }
  }

  it('in .xlsx, in .csv as UTF-8 with BOM and as GB18030 becomes enrolments, records, numbers and a national count', async () => {
    const xlsx = join(dir, 'roster.xlsx');
    await writeRoster(xlsx, roster(1, 30));
    const utf8 = join(dir, 'utf8.csv');
    await writeRoster(utf8, roster(2, 30));
    expect([...readFileSync(utf8).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const old = join(dir, 'gb18030.csv');
    // Characters beyond the two-byte part are the reader's own test; here names are what such files hold.
    const plain = roster(3, 30).map((row) => ({
      ...row,
      name: '演示甲',
      guardianName: row.guardianName && '演示乙',
    }));
    await writeRoster(join(dir, 'plain.csv'), plain);
    writeFileSync(old, gb18030(readFileSync(join(dir, 'plain.csv'), 'utf8').replace(/^\ufeff/, '')));

    for (const file of [xlsx, utf8, old])
      expect(await imported(file)).toEqual({ rowsIn: 30, accepted: 30, refused: 0 });

    const approved = await story.acts(world, new Map()).approve(deciding, await waiting());
    expect(approved.results.map(({ record }) => record?.status)).toEqual(
      Array.from({ length: 90 }, () => 'ENROLLED'),
    );
    expect(new Set(approved.results.map(({ record }) => record?.number)).size).toBe(90);
    const { enrolmentCounts } = await world.data<{ enrolmentCounts: object[] }>(
      analyst,
      `{ enrolmentCounts(by: []) { count } }`,
    );
    expect(enrolmentCounts).toEqual([{ count: 90 }]);
  });

  it('that is imported again accepts nothing twice', async () => {
    const file = join(dir, 'again.csv');
    await writeRoster(file, roster(4, 12));
    expect(await imported(file)).toEqual({ rowsIn: 12, accepted: 12, refused: 0 });
    const copy = join(dir, 'copy.csv');
    writeFileSync(copy, `${readFileSync(file, 'utf8')}\r\n`);
    expect(await imported(copy)).toEqual({ rowsIn: 12, accepted: 0, refused: 12 });
    expect((await waiting()).length).toBe(12);
  });

  it('killed in the middle is finished by the same command: no row lost, none doubled', async () => {
    const file = join(dir, 'killed.csv');
    await writeRoster(file, roster(5, 240));
    const before = (await waiting()).length;
    const child = spawn(process.execPath, importing(file, '--batch', '10'), { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    const journal = `${file}.xueji-journal.jsonl`;
    while (!existsSync(journal) || readFileSync(journal, 'utf8').split('\n').length < 4) {
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const { stdout, code } = await run(importing(file, '--batch', '10', '--result', join(dir, 'result.csv')));
    expect(JSON.parse(stdout)).toMatchObject({ rowsIn: 240, accepted: 240, refused: 0 });
    expect(code).toBe(0);
    expect((await waiting()).length).toBe(before + 240);
    // The header, one line for each row, and the line end.
    expect(readFileSync(join(dir, 'result.csv'), 'utf8').trim().split(/\r?\n/).length).toBe(241);
  });

  it('with faults refuses just the faulty rows, each with its code, and the graph refuses what only it can know', async () => {
    const [good, wrongSum, tooYoung, noClass] = newRoster({
      institutionCode: GARDEN,
      classes: [{ name: '小一班', level: 'SMALL' }],
      children: 4,
      schoolYear: 2026,
      pool: 1,
    });
    const last = wrongSum!.documentNumber.at(-1) === '1' ? '2' : '1';
    const rows = [
      good!,
      {
        ...wrongSum!,
        documentKind: '居民身份证',
        documentNumber: wrongSum!.documentNumber.slice(0, 17).padEnd(17, '0') + last,
      },
      { ...tooYoung!, documentKind: '护照', documentNumber: 'E00000019', bornOn: '2025-01-01' },
      { ...noClass!, className: '小九班' },
    ];
    const file = join(dir, 'faulty.csv');
    await writeRoster(file, rows);
    const { rowsIn, accepted, refused, outcomes } = await importRoster({
      file,
      graph: { url: world.url, token: await world.token(garden) },
    });
    expect({ rowsIn, accepted, refused }).toEqual({ rowsIn: 4, accepted: 0, refused: 4 });
    expect(
      [...outcomes]
        .sort((a, b) => a.row - b.row)
        .map(({ row, faults }) => [
          row,
          faults.filter(({ severity }) => severity === 'ERROR').map(({ code }) => code),
        ]),
    ).toEqual([
      [2, ['ALREADY_ENROLLED']],
      [3, ['ID_CHECKSUM_WRONG']],
      [4, ['TOO_YOUNG']],
      [5, ['CLASS_UNKNOWN']],
    ]);
  });
});
