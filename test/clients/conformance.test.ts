import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from '../../clients/conformance/cases.ts';
import type { Outcome } from '../../clients/conformance/case.ts';
import { readChildren, type TrialChildren } from '../../clients/conformance/children.ts';
import { Party } from '../../clients/conformance/party.ts';
import { GARDEN, prepareChildren, schoolSpec, SCHOOLS } from '../../clients/conformance/prepare.ts';
import { htmlReport, reportOf } from '../../clients/conformance/report.ts';
import { runCases } from '../../clients/conformance/run.ts';
import type { Parties } from '../../clients/conformance/trial.ts';
import { allowancesOf } from '../../gateway/allowances.ts';
import { reviewClerk } from '../../clients/cli/demo/accounts.ts';
import { between, type BetweenOptions } from '../support/between.ts';
import { bundled } from '../support/bundled.ts';
import { noChromium, openChromium, openPage } from '../support/chromium.ts';
import { embedded } from '../support/databases.ts';
import { openGardens } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const failed = (outcomes: readonly Outcome[]) =>
  outcomes.filter(({ passed }) => !passed).map((one) => one.case.id);
const wrong = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap((one) =>
    one.findings.filter(({ holds }) => !holds).map((finding) => ({ id: one.case.id, ...finding })),
  );

/** As in production: budgets are counted. */
const allowances = allowancesOf({ rateLimits: true, persisted: 'log', introspection: false });

describe('The conformance kit', () => {
  const databases = embedded();
  let world: World;
  let children: TrialChildren;
  let dir: string;
  let outcomes: Outcome[];

  const parties = async (url: string): Promise<Parties> => ({
    school: new Party(url, await world.token(schoolSpec(SCHOOLS[0]))),
    rival: new Party(url, await world.token(schoolSpec(SCHOOLS[1]))),
    garden: new Party(url, await world.token(reviewClerk(GARDEN)), false),
  });
  /** Runs some cases against a gateway that does not do as it should. */
  const against = async (spoil: NonNullable<BetweenOptions['spoil']>, ids: readonly string[]) => {
    const wire = await between(world.url, { spoil });
    try {
      const some = CASES.filter(({ id }) => ids.includes(id));
      return await runCases(some, children, await parties(wire.url));
    } finally {
      await wire.close();
    }
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'xueji-conformance-'));
    world = await startWorld({ databases, wiring: 'in one process', allowances });
    await openGardens(world);
    children = await prepareChildren(world.data);
  });
  afterAll(async () => {
    await world?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('has forty cases, each named once and explained in both languages', () => {
    expect(CASES).toHaveLength(40);
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(40);
    for (const { title, why, must } of CASES)
      for (const { zh, en } of [title, why, must])
        expect([/\p{Script=Han}/u.test(zh), en.length > 6]).toEqual([true, true]);
  });

  it('passes whole against the gateway', async () => {
    outcomes = await runCases(CASES, children, await parties(world.url));
    expect(wrong(outcomes)).toEqual([]);
    expect(outcomes.filter(({ passed }) => passed)).toHaveLength(40);
  }, 120_000);

  it('leaves the children as they were: prepared again they are the same, and what needs them free passes again', async () => {
    expect(await prepareChildren(world.data)).toEqual(children);
    const again = CASES.filter(({ id }) => ['T01', 'T11', 'E01', 'P01', 'F01'].includes(id));
    expect(wrong(await runCases(again, children, await parties(world.url)))).toEqual([]);
  });

  it('fails in every single case where the gateway answers nothing, with a good status', async () => {
    const all = CASES.map(({ id }) => id);
    // What nobody answers is not waited for: the feed is asked forty times else.
    const nothing = await against(
      ({ path }) => ({ status: 200, headers: {}, text: path.startsWith('/feed') ? '' : '{"data":{}}' }),
      all,
    );
    expect(failed(nothing)).toEqual(all);
  }, 240_000);

  it.each<[string, string[], NonNullable<BetweenOptions['spoil']>]>([
    ['lets anybody in', ['D01'], ({ authorization }, answered) => (authorization ? answered : { status: 200, text: '{"data":{"viewer":{"role":"PRIMARY_SCHOOL"}}}' })],
    ['says more of a wrong birth date', ['R02'], ({ body }, { status, text }) => ({ status, text: String(body?.variables['bornOn']).endsWith('15') ? text.replace('不影响入学', '生日不符，不影响入学') : text })],
    ['answers a batch in another order', ['R04'], (_, { status, text }) => ({ status, text: text.replace(/("resolveNumbers":\[)(\{.*?\}),(\{.*?\})/, '$1$3,$2') })],
    ['cuts a batch to what it likes', ['R05'], (_, { status, text }) => ({ status, text: text.replace(/,\{[^{}]*\}\](?=\}\}|,"|\})/, ']') })],
    ['makes another take-over of every claim', ['T02'], (() => { let n = 0; return (_, { status, text }) => ({ status, text: text.replace(/"id":"[^"]+","state":"ACCEPTED"/, `"id":"another-${n++}","state":"ACCEPTED"`) }); })()],
    ['shows the child before it is accepted', ['T11'], (_, { status, text }) => ({ status, text: text.replaceAll('"archive":null', '"archive":{"number":"G"}') })],
    ['tells not yours from not there', ['T12'], ({ body }, { status, text }) => ({ status, text: JSON.stringify(body?.variables ?? '').includes('01890000-') ? text.replace('NOT_FOUND', 'UNKNOWN') : text })],
    ['gives one child to two schools', ['E01'], (_, { status, text }) => ({ status, text: text.replaceAll('"CONFLICT"', '"ACCEPTED"') })],
    ['signs another text', ['P01'], (_, { status, text }) => ({ status, text: text.replaceAll('admittedOn\\\\":\\\\"2', 'admittedOn\\\\":\\\\"3').replaceAll('\\"admittedOn\\":\\"2', '\\"admittedOn\\":\\"3') })],
    ['leaves a change out', ['F02'], (_, { status, text }) => ({ status, text: text.includes('recordChanges') ? text.replace(/"seq":(\d+)/g, (_all, n: string) => `"seq":${Number(n) > 1 ? Number(n) + 1 : n}`) : text })],
  ])('sees when the gateway %s', async (_, ids, spoil) => {
    expect(failed(await against(spoil, ids))).toEqual(ids);
  }, 60_000); // prettier-ignore

  it('names no child in its report', () => {
    const text = JSON.stringify(outcomes) + htmlReport(reportOf(world.url, outcomes));
    for (const { number } of children.children) expect(text).not.toContain(number.slice(1));
  });

  it('refuses a file of children that is not whole, before it asks anything', () => {
    const file = join(dir, 'few.json');
    writeFileSync(file, JSON.stringify({ ...children, children: children.children.slice(0, 3) }));
    expect(() => readChildren(file)).toThrow(
      '8 children and one that is too young were expected, each with number, bornOn and recordId; 3 came',
    );
  });

  it.skipIf(noChromium)('reports in a page that a browser opens without asking anybody', async () => {
    const file = join(dir, 'report.html');
    const spoilt = {
      ...outcomes[4]!,
      passed: false,
      findings: [{ what: 'a <b>', holds: false, expected: '1', came: '"2"' }],
    };
    writeFileSync(
      file,
      htmlReport(reportOf(world.url, [...outcomes.slice(0, 4), spoilt, ...outcomes.slice(5)])),
    );
    const browser = await openChromium();
    try {
      const { page, hosts, complaints } = await openPage(browser);
      await page.goto(pathToFileURL(file).href);
      expect(await page.locator('main > table > tbody > tr').count()).toBe(40);
      expect(await page.locator('main > table > tbody > tr.bad > td > details[open]').count()).toBe(1);
      expect(await page.locator('.sum').innerText()).toContain('39 项通过');
      await page.locator('#R02 summary').click();
      expect(await page.locator('#R02 dd').first().isVisible()).toBe(true);
      expect(await page.locator('#R02 .findings tbody tr').count()).toBe(4);
      const shot = process.env['SCREENSHOT'];
      if (shot) await page.screenshot({ path: shot, fullPage: true });
      expect([complaints, [...hosts]]).toEqual([[], []]);
    } finally {
      await browser.close();
    }
  });

  it('is a command that ends with 0 when all passed, 1 when one failed, 2 when it could not be run', async () => {
    const program = await bundled('clients/conformance/main.ts', join(dir, 'program'));
    const file = async (name: string, text: string | Promise<string>) => {
      writeFileSync(join(dir, name), await text);
    };
    await file('school.token', world.token(schoolSpec(SCHOOLS[0])));
    await file('rival.token', world.token(schoolSpec(SCHOOLS[1])));
    await file('kindergarten.token', world.token(reviewClerk(GARDEN)));
    const run = (args: string[]) =>
      new Promise<{ code: number; out: string }>((resolve) => {
        execFile(process.execPath, [program, '--dir', dir, ...args], (error, out, err) =>
          resolve({ code: error ? Number(error.code) : 0, out: out + err }),
        );
      });
    const only = ['--only', 'D01', 'R02', 'T01'];
    const missing = await run(['--gateway', world.url, ...only]);
    expect([missing.code, missing.out]).toEqual([2, expect.stringContaining('children.json') as string]);
    await file('children.json', JSON.stringify(children));
    const good = await run(['--gateway', world.url, ...only]);
    expect([good.code, good.out]).toEqual([
      0,
      expect.stringContaining('3 项通过 / passed, 0 项未通过 / failed') as string,
    ]);
    expect(JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'))).toMatchObject({
      passed: 3,
      failed: 0,
    });
    const wire = await between(world.url, {
      spoil: (_, { status, text }) => ({ status, text: text.replace('NO_PRESCHOOL_RECORD', 'NOTHING') }),
    });
    expect((await run(['--gateway', wire.url, ...only])).code).toBe(1);
    await wire.close();
    expect((await run(['--gateway', 'http://127.0.0.1:9/graphql', '--only', 'D01'])).code).toBe(2);
  }, 60_000);
});
