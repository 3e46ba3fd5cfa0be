/** Looking at a child beyond one's area: opened with a reason, known everywhere in seconds, logged, judged, and over in time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type { BreakGlass } from '../../subgraphs/institutions/model.ts';
import { mayReview } from '../../subgraphs/institutions/rules/break-glass.ts';
import { embedded } from '../support/databases.ts';
import { acts, deciding, garden, inventedChild, inventedId, openGardens } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const HELD = inventedChild(1, { name: '甲子丑' });
const BESIDE = inventedChild(3, { name: '乙寅卯' });

const stranger: ViewerSpec = { account: 'far-county', role: 'COUNTY', region: '330106' };
const saying = (viewer: ViewerSpec, purpose: NonNullable<ViewerSpec['purpose']>) => ({ ...viewer, purpose });
const emergency = saying(stranger, 'EMERGENCY');
const city: ViewerSpec = { account: 'city-above', role: 'CITY', region: '330100' };
const otherCity: ViewerSpec = { account: 'city-elsewhere', role: 'CITY', region: '440300' };
const auditor: ViewerSpec = { account: 'auditor', role: 'AUDITOR' };

const OPEN = `mutation($input: OpenBreakGlassInput!) { openBreakGlass(input: $input) {
  breakGlass { id open overdue childId verdict } userErrors { code field } } }`;
const REVIEW = `mutation($input: ReviewBreakGlassInput!) { reviewBreakGlass(input: $input) {
  breakGlass { id open verdict reviewedBy } userErrors { code field } } }`;

interface Opened {
  readonly openBreakGlass: {
    readonly breakGlass: { readonly id: string; readonly open: boolean; readonly childId: string } | null;
    readonly userErrors: readonly { code: string; field: string[] }[];
  };
}

describe('A break-glass', () => {
  let world: World;
  let shift = 0;
  let calls = 0;
  let childId: string;
  let recordId: string;
  let besideId: string;

  beforeAll(async () => {
    const now = () => new Date(Date.now() + shift);
    world = await startWorld({ databases: embedded(), wiring: 'over HTTP', now });
    const story = acts(world, await openGardens(world));
    const registered = await story.register(garden, [HELD, BESIDE]);
    [childId, besideId] = registered.results.map(({ child }) => child!.id) as [string, string];
    const submitted = await story.submit(garden, [childId, besideId]);
    const ids = submitted.results.map(({ application }) => application!.id);
    recordId = (await story.approve(deciding, ids)).results[0]!.record!.id;
  });
  afterAll(() => world.close());

  const open = (as: ViewerSpec, changes: object = {}) =>
    world.ask<Opened>(as, OPEN, {
      input: {
        ...{ idempotencyKey: `open-${++calls}`, documentKind: 'RESIDENT_ID' },
        ...{ documentNumber: HELD.documentNumber, ground: 'MEDICAL', reason: '送医急需联系监护人', hours: 2 },
        ...changes,
      },
    });
  const opened = async (as: ViewerSpec, changes: object = {}) =>
    (await open(as, changes)).data!.openBreakGlass;
  const review = async (as: ViewerSpec, id: string, verdict: string) =>
    (
      await world.data<{
        reviewBreakGlass: { breakGlass: { open: boolean } | null; userErrors: { code: string }[] };
      }>(as, REVIEW, { input: { idempotencyKey: `review-${++calls}`, id, verdict, remark: '已核' } })
    ).reviewBreakGlass;
  const LOOK = `query($child: ID!, $record: ID!) {
    child(id: $child) { name documents { number } guardians { name phone } record { id } }
    record(id: $record) { id number child { name } } }`;
  interface Look {
    child: {
      name: string;
      documents: { number: string }[];
      guardians: { name: string; phone: string }[];
    } | null;
    record: { number: string; child: { name: string } } | null;
  }
  const look = (as: ViewerSpec) => world.data<Look>(as, LOOK, { child: childId, record: recordId });
  /** Milliseconds until what every service knows has changed. */
  async function until(seen: boolean): Promise<number> {
    const begun = performance.now();
    for (;;) {
      const { child, record } = await look(stranger);
      if ((child !== null) === seen && (record !== null) === seen) return performance.now() - begun;
      if (performance.now() - begun > 10_000) throw new Error(`Not ${seen} within ten seconds.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  let first: string;

  it('is refused where it says too little, and tells nothing of who is not there', async () => {
    expect(await look(emergency)).toEqual({ child: null, record: null });
    const absent = await opened(stranger, { documentNumber: inventedId('2022-10-15', 901) });
    expect(absent).toEqual({
      breakGlass: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['documentNumber'] }],
    });
    // Whatever else is wrong is said before anybody is looked for.
    for (const documentNumber of [HELD.documentNumber, inventedId('2022-10-15', 903)])
      expect(await opened(stranger, { documentNumber, hours: 73, reason: ' ' })).toEqual({
        breakGlass: null,
        userErrors: [
          { code: 'BREAK_GLASS_HOURS', field: ['hours'] },
          { code: 'REQUIRED', field: ['reason'] },
        ],
      });
    const kindergarten = await open(garden);
    expect(kindergarten.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('opens one child to one account, in every service within five seconds', async () => {
    const { breakGlass, userErrors } = await opened(stranger);
    expect(userErrors).toEqual([]);
    expect(breakGlass).toMatchObject({ open: true, childId });
    first = breakGlass!.id;
    expect(await until(true)).toBeLessThan(5_000);
    const other: ViewerSpec = { ...stranger, account: 'far-county-2' };
    expect(await look(other)).toEqual({ child: null, record: null });
    const beside = '{ child(id: "$id") { id } }'.replace('$id', besideId);
    expect(await world.data(stranger, beside)).toEqual({ child: null });
  });

  it('shows it masked for no purpose or an ordinary one, and whole for the emergency', async () => {
    for (const viewer of [stranger, saying(stranger, 'ENROLMENT')])
      expect((await look(viewer)).child).toMatchObject({
        name: '甲*',
        guardians: [{ phone: expect.stringContaining('*') as string }],
      });
    const { child, record } = await look(emergency);
    expect(child).toMatchObject({ name: HELD.name, guardians: [{ name: '丙丁', phone: '19900000000' }] });
    expect(record!.number).toBe(`G${HELD.documentNumber}`);
    // Its own children it opens for its work, not for an emergency nobody has stated.
    const own = await world.data<{ children: { nodes: { name: string }[] } }>(
      saying(deciding, 'EMERGENCY'),
      '{ children(first: 2) { nodes { name } } }',
    );
    for (const { name } of own.children.nodes) expect(name).toContain('*');
  });

  it('adds nothing to lists and counts', async () => {
    const lists = `{ children(first: 10) { totalCount nodes { id } } records(first: 10) { totalCount nodes { id } }
      applications(first: 10) { totalCount nodes { id } } enrolmentCounts(by: []) { count } }`;
    const none = { totalCount: 0, nodes: [] };
    expect(await world.data(emergency, lists)).toEqual({
      ...{ children: none, records: none, applications: none, enrolmentCounts: [{ count: 0 }] },
    });
  });

  it('stands beside every unmasked look in the log', async () => {
    interface Entry {
      readonly account: string;
      readonly action: string;
      readonly caseId: string | null;
      readonly purpose: string;
      readonly fields: string[];
      readonly authority: string;
    }
    const entries = (name: string) =>
      world
        .data<Record<string, { nodes: Entry[] }>>(
          auditor,
          `query($filter: AuditFilter) { ${name}(filter: $filter, first: 100) { nodes { account action caseId purpose fields authority } } }`,
          { filter: { account: stranger.account } },
        )
        .then((data) => data[name]!.nodes);
    // What was just written is shown when it is sealed into its chain.
    let children: Entry[] = [];
    for (let n = 0; n < 100 && children.length === 0; n++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      children = await entries('childAuditEntries');
    }
    expect(children.length).toBeGreaterThan(0);
    for (const entry of children)
      expect(entry).toMatchObject({
        action: 'READ',
        caseId: first,
        purpose: 'EMERGENCY',
        authority: '330110',
      });
    expect(new Set(children.flatMap(({ fields }) => fields))).toEqual(
      new Set(['CHILD_NAME', 'DOCUMENT_NUMBER', 'GUARDIAN_NAME', 'GUARDIAN_PHONE']),
    );
    const records = await entries('recordAuditEntries');
    expect(records).toMatchObject([{ action: 'READ', caseId: first, fields: ['RECORD_NUMBER'] }]);
    const acts = await entries('institutionAuditEntries');
    expect(acts.map(({ action }) => action)).toContain('OPEN_BREAK_GLASS');
  });

  it('shows the level above what was looked at, by name and never by value, and nobody else', async () => {
    interface Looks {
      breakGlassLooks: {
        nodes: { id: string; at: string; fields: string[]; purpose: string; requestId: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      } | null;
    }
    const LOOKS = `query($id: ID!, $first: Int! = 100, $after: String) { breakGlassLooks(breakGlassId: $id, first: $first, after: $after) {
      nodes { id at fields purpose requestId } pageInfo { hasNextPage endCursor } } }`;
    const looks = async (as: ViewerSpec, variables: object = {}) =>
      (await world.data<Looks>(as, LOOKS, { id: first, ...variables })).breakGlassLooks;
    const seen = (await looks(city))!;
    expect(new Set(seen.nodes.flatMap(({ fields }) => fields))).toEqual(
      new Set(['CHILD_NAME', 'DOCUMENT_NUMBER', 'GUARDIAN_NAME', 'GUARDIAN_PHONE', 'RECORD_NUMBER']),
    );
    const ids = seen.nodes.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    for (const { purpose, requestId, at } of seen.nodes)
      expect([purpose, requestId.length > 0, Date.parse(at) > 0]).toEqual(['EMERGENCY', true, true]);
    const text = JSON.stringify(seen);
    for (const value of [HELD.name, HELD.documentNumber!, '丙丁', '19900000000'])
      expect(text).not.toContain(value);

    // Page by page, over both logs, they are the same.
    const paged: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const page: NonNullable<Looks['breakGlassLooks']> = (await looks(city, { first: 1, after }))!;
      paged.push(...page.nodes.map(({ id }) => id));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(paged).toEqual(ids);

    // Another city, another province, the ministry, whose it is not to judge: as where there is no such break-glass.
    const province: ViewerSpec = { account: 'province-above', role: 'PROVINCE', region: '440000' };
    for (const viewer of [otherCity, province, { account: 'ministry', role: 'MINISTRY' } as const])
      expect(await looks(viewer)).toBeNull();
    expect(await looks(city, { id: besideId })).toBeNull();
    for (const viewer of [stranger, deciding, garden, auditor]) {
      const { errors } = await world.ask(viewer, LOOKS, { id: first });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
  });

  it('waits for the level above, is judged by nobody else, and ends at once where it was not justified', async () => {
    const LIST = '{ breakGlasses(filter: { unreviewed: true }) { totalCount nodes { id account overdue } } }';
    const waiting = { totalCount: 1, nodes: [{ id: first, account: stranger.account, overdue: false }] };
    expect(await world.data(city, LIST)).toEqual({ breakGlasses: waiting });
    expect(await world.data(stranger, LIST)).toEqual({ breakGlasses: waiting });
    const nothing = { breakGlasses: { totalCount: 0, nodes: [] } };
    expect(await world.data(otherCity, LIST)).toEqual(nothing);
    expect(await world.data(deciding, LIST)).toEqual(nothing);
    expect((await review(otherCity, first, 'JUSTIFIED')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const county = await world.ask(stranger, REVIEW, {
      input: { idempotencyKey: 'own', id: first, verdict: 'JUSTIFIED', remark: '已核' },
    });
    expect(county.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);

    expect(await review(city, first, 'NOT_JUSTIFIED')).toMatchObject({
      breakGlass: { open: false, verdict: 'NOT_JUSTIFIED', reviewedBy: city.account },
      userErrors: [],
    });
    expect(await until(false)).toBeLessThan(5_000);
    expect((await review(city, first, 'JUSTIFIED')).userErrors).toMatchObject([
      { code: 'BREAK_GLASS_REVIEWED' },
    ]);
  });

  it('runs out by itself, and is then overdue until somebody has judged it', async () => {
    const { breakGlass } = await opened(stranger, { hours: 1 });
    await until(true);
    shift = 61 * 60_000;
    expect(await look(emergency)).toEqual({ child: null, record: null });
    const OVERDUE = '{ breakGlasses(filter: { overdue: true }) { nodes { id open overdue } } }';
    expect(await world.data(city, OVERDUE)).toEqual({ breakGlasses: { nodes: [] } });
    shift = 8 * 86_400_000;
    expect(await world.data(city, OVERDUE)).toEqual({
      breakGlasses: { nodes: [{ id: breakGlass!.id, open: false, overdue: true }] },
    });
  });

  it('is three at once and ten attempts a day, found or not', async () => {
    const answers: (string | undefined)[] = [];
    for (let n = 0; n < 11; n++) {
      const { data, errors } = await open(stranger);
      answers.push(errors?.[0]?.extensions.code ?? data?.openBreakGlass.userErrors[0]?.code);
    }
    const many = Array.from({ length: 7 }, () => 'BREAK_GLASS_TOO_MANY');
    expect(answers).toEqual([undefined, undefined, undefined, ...many, 'RATE_LIMITED']);
  });
});

describe('A review', () => {
  const glass = {
    ...{ id: 'g', account: 'a', holder: 'person-1', role: 'COUNTY', verdict: null },
    ...{ provinceCode: '330000', cityCode: '330100', countyCode: '330106' },
  } as BreakGlass;
  const reviewer: Viewer = { account: 'b', role: 'CITY', area: { level: 'CITY', code: '330100' } };
  const wish = { id: 'g', verdict: 'JUSTIFIED', remark: '已核' } as const;
  const codes = (holder: string, viewer = reviewer) =>
    mayReview(wish, glass, { holder }, viewer).map(({ code }) => code);

  it('is by another person, whatever account that person holds', () => {
    expect(codes('person-2')).toEqual([]);
    expect(codes('person-1')).toEqual(['BREAK_GLASS_IS_YOURS']);
    expect(codes('person-2', { ...reviewer, account: 'a' })).toEqual(['BREAK_GLASS_IS_YOURS']);
    expect(codes('person-2', { ...reviewer, area: { level: 'CITY', code: '330200' } })).toEqual([
      'NOT_FOUND',
    ]);
  });
});
