/**
 * A child under a protection order: to whoever has no right to see it every answer is the one for a child that is not
 * there, on every path; whoever was given the right by name goes on working with it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { today } from '../../kernel/rules/plain-date.ts';
import { embedded } from '../support/databases.ts';
import { openSchools, school } from '../support/schools.ts';
import {
  acts,
  deciding,
  garden,
  GARDEN,
  inventedChild,
  inventedId,
  openGardens,
  OTHER_GARDEN,
  otherGarden,
  REGISTER,
} from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const ABSENT = '019a0000-0000-7000-8000-000000000000';
const NAMED = { named: ['seeSealedChildren'] } as const;
const keeper: ViewerSpec = { ...deciding, account: 'county-keeper', ...NAMED };
const director: ViewerSpec = { ...garden, account: 'garden-director', ...NAMED };
const province: ViewerSpec = { account: 'province-1', role: 'PROVINCE', region: '330000' };
const analyst: ViewerSpec = { account: 'analyst-1', role: 'MINISTRY_ANALYST' };
const fullAnalyst: ViewerSpec = { account: 'analyst-2', role: 'MINISTRY_ANALYST', ...NAMED };
const BLIND = [garden, deciding, province] as const;

const HIDDEN = inventedChild(1, { name: '甲子丑', bornOn: '2022-05-05' });
const SHOWN = inventedChild(3, { name: '乙寅卯' });

describe('A sealed child', () => {
  let world: World;
  let classId: string;
  let child: string;
  let record: string;
  let application: string;
  let number: string;
  let besideRecord: string;
  let calls = 0;
  let shift = 0;
  const clock = () => new Date(Date.now() + shift);

  beforeAll(async () => {
    world = await startWorld({ databases: embedded(), wiring: 'over HTTP', now: clock });
    const classes = await openGardens(world);
    classId = classes.get(GARDEN)!;
    await openSchools(world);
    const story = acts(world, classes);
    const registered = await story.register(garden, [HIDDEN, SHOWN]);
    const ids = registered.results.map((one) => one.child!.id);
    const submitted = await story.submit(garden, ids);
    const applications = submitted.results.map((one) => one.application!.id);
    const approved = await story.approve(deciding, applications);
    [child, application] = [ids[0]!, applications[0]!];
    record = approved.results[0]!.record!.id;
    number = approved.results[0]!.record!.number!;
    besideRecord = approved.results[1]!.record!.id;
  });
  afterAll(() => world.close());

  const SEAL = (name: 'seal' | 'unseal') =>
    `mutation($input: ${name === 'seal' ? 'SealChildInput' : 'UnsealChildInput'}!) { ${name}Child(input: $input) {
      done everywhere userErrors { code field } } }`;
  const seal = async (as: ViewerSpec, name: 'seal' | 'unseal' = 'seal', changes: object = {}) => {
    const input = {
      ...{ idempotencyKey: `seal-${++calls}`, childId: child, ground: 'COURT_ORDER' },
      ...{ reference: '（2026）示例民保令1号', ...changes },
    };
    const data = await world.data<Record<string, unknown>>(as, SEAL(name), { input });
    return data[`${name}Child`];
  };

  const COUNTS = `query($garden: String!) {
    children(first: 10) { totalCount nodes { id } }
    records(first: 10) { totalCount nodes { id } }
    applications(first: 10) { totalCount nodes { record { id } } }
    enrolmentCounts(by: []) { count }
    bySex: enrolmentCounts(by: [SEX]) { sex count }
    institution(code: $garden) {
      headcount placements(first: 10) { totalCount nodes { class { id headcount } } } applications(first: 10) { totalCount }
    } }`;
  interface Counted {
    children: { totalCount: number | null; nodes: { id: string }[] };
    records: { totalCount: number | null; nodes: { id: string }[] };
    applications: { totalCount: number | null; nodes: { record: { id: string } | null }[] };
    enrolmentCounts: { count: number }[];
    institution: {
      headcount: number;
      placements: { totalCount: number; nodes: { class: { headcount: number } }[] };
      applications: { totalCount: number };
    };
  }
  const count = (as: ViewerSpec) => world.data<Counted>(as, COUNTS, { garden: GARDEN });

  it('is sealed by an authority on a named ground, and by nobody else', async () => {
    expect(await seal(keeper, 'seal', { reference: ' ' })).toMatchObject({
      done: false,
      userErrors: [{ code: 'REQUIRED', field: ['reference'] }],
    });
    expect(await seal(keeper, 'seal', { childId: ABSENT })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    const other = { ...deciding, account: 'other-county', region: '330106' };
    expect(await seal(other)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    const refused = await world.ask(director, SEAL('seal'), {
      input: { idempotencyKey: 'k', childId: child, ground: 'POLICE', reference: '1' },
    });
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);

    expect(await seal(deciding)).toEqual({ done: true, everywhere: true, userErrors: [] });
    // Whoever sealed it without the right to see it does not see it either.
    expect(await seal(deciding)).toMatchObject({ done: false, userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await seal(keeper)).toMatchObject({ done: false, userErrors: [{ code: 'CHILD_SEALED_ALREADY' }] });
  });

  it.each(BLIND)('is in no list and no count of $account', async (viewer) => {
    const seen = await count(viewer);
    const text = JSON.stringify(seen);
    for (const id of [child, record]) expect(text).not.toContain(id);
    expect(seen.children.nodes).toHaveLength(1);
    expect(seen.records.nodes).toEqual([{ id: besideRecord }]);
    expect(seen.applications.nodes).toEqual([{ record: { id: besideRecord } }]);
    const total = viewer === province ? null : 1;
    const { children, records, applications } = seen;
    expect([children.totalCount, records.totalCount, applications.totalCount]).toEqual([total, total, total]);
    expect(seen.enrolmentCounts).toEqual([{ count: 1 }]);
    expect(seen.institution).toMatchObject({
      ...{ headcount: 1, placements: { totalCount: 1, nodes: [{ class: { headcount: 1 } }] } },
      applications: { totalCount: 1 },
    });
  });

  it('is there for whoever was given the right by name', async () => {
    for (const viewer of [keeper, director]) {
      const seen = await count(viewer);
      expect(seen.children.nodes.map(({ id }) => id)).toContain(child);
      expect(seen.records.totalCount).toBe(2);
      expect(seen.enrolmentCounts).toEqual([{ count: 2 }]);
      expect(seen.institution.headcount).toBe(2);
    }
    const own = await world.data<{ child: object }>(
      director,
      `{ child(id: "${child}") { name seal { ground } record { id number } } }`,
    );
    expect(own.child).toEqual({
      name: HIDDEN.name,
      seal: { ground: 'COURT_ORDER' },
      record: { id: record, number },
    });
    // Statistics are whole for the analyst who has it, and agree with the lists for the one who has not.
    const sum = '{ enrolmentCounts(by: []) { count } }';
    expect(await world.data(analyst, sum)).toEqual({ enrolmentCounts: [{ count: 1 }] });
    expect(await world.data(fullAnalyst, sum)).toEqual({ enrolmentCounts: [{ count: 2 }] });
    const past = '{ enrolmentCounts(by: [], on: "2026-11-01") { count } }';
    expect(await world.data(analyst, past)).toEqual({ enrolmentCounts: [{ count: 1 }] });
    expect(await world.data(fullAnalyst, past)).toEqual({ enrolmentCounts: [{ count: 2 }] });
  });

  const LOOK_UPS: readonly (readonly [string, (there: boolean) => string])[] = [
    ['child', (there) => `{ child(id: "${there ? child : ABSENT}") { id name record { id } } }`],
    ['record', (there) => `{ record(id: "${there ? record : ABSENT}") { id number child { name } } }`],
    [
      'record as of a day',
      (there) => `{ record(id: "${there ? record : ABSENT}", asOf: "2026-11-01") { id status } }`,
    ],
    [
      'application',
      (there) => `{ application(id: "${there ? application : ABSENT}") { id child { name } } }`,
    ],
    [
      'document',
      (there) =>
        `{ childByDocument(kind: RESIDENT_ID, number: "${there ? HIDDEN.documentNumber : inventedId('2022-05-05', 801)}") { id } }`,
    ],
    [
      'number',
      (there) =>
        `{ recordByNumber(number: "${there ? number : `G${inventedId('2022-05-05', 801)}`}") { id } }`,
    ],
  ];

  it.each(LOOK_UPS)('is looked up by %s like one that is not there', async (_, query) => {
    for (const viewer of [garden, deciding]) {
      const answer = async (there: boolean) => {
        const { status, data, errors } = await world.ask(viewer, query(there));
        return { status, data, errors };
      };
      expect(await answer(true)).toEqual(await answer(false));
    }
  });

  const MUTATIONS: readonly (readonly [string, string, ViewerSpec, (there: boolean) => object])[] = [
    [
      'leave',
      'record { id }',
      garden,
      (there) => ({ recordId: there ? record : ABSENT, reason: 'MOVED_AWAY', on: '2026-11-20' }),
    ],
    [
      'moveClass',
      'record { id }',
      garden,
      (there) => ({ recordId: there ? record : ABSENT, classId, on: '2026-11-20' }),
    ],
    [
      'refuseApplication',
      'application { id }',
      deciding,
      (there) => ({ applicationId: there ? application : ABSENT, reason: '示例' }),
    ],
  ];

  it('meets every act like one that is not there', async () => {
    for (const [name, selection, viewer, input] of MUTATIONS) {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code field message } } }`;
      const act = async (there: boolean) => {
        const { status, data, errors } = await world.ask(viewer, query, {
          input: { idempotencyKey: `act-${++calls}`, ...input(there) },
        });
        return { status, data, errors: errors?.map(({ message }) => message) };
      };
      const absent = await act(false);
      expect([name, absent.status]).toEqual([name, 200]);
      expect([name, await act(true)]).toEqual([name, absent]);
    }
    const story = acts(world, new Map([[GARDEN, classId]]));
    const submit = async (id: string) => (await story.submit(garden, [id], {}, `submit-${++calls}`)).results;
    expect(await submit(child)).toEqual(await submit(ABSENT));
    expect(await submit(child)).toMatchObject([{ userErrors: [{ code: 'CHILD_UNKNOWN' }] }]);
  });

  it("is registered by nobody: its document is somebody else's, and nobody looks like it", async () => {
    const register = async (item: object) =>
      (
        await world.data<{ registerChildren: { results: object[] } }>(otherGarden, REGISTER, {
          input: { idempotencyKey: `register-${++calls}`, items: [item] },
        })
      ).registerChildren.results[0];
    const belongs = await register({ ...SHOWN, name: '戊己庚' });
    expect(belongs).toMatchObject({ child: null, userErrors: [{ code: 'DOCUMENT_BELONGS_TO_ANOTHER' }] });
    expect(await register(HIDDEN)).toEqual(belongs);
    // Same name, sex and birth date, another document: no hint that there is such a child already.
    const twin = { ...HIDDEN, documentNumber: inventedId('2022-05-05', 701) };
    expect(await register(twin)).toMatchObject({
      ...{ created: true, warnings: [{ code: 'ID_REGION_UNKNOWN' }], userErrors: [] },
    });
  });

  it('is known to no primary school by its number', async () => {
    const resolve = (asked: string) =>
      world.data(
        school,
        `{ resolveNumber(number: "${asked}", bornOn: "${HIDDEN.bornOn}") { outcome currentNumber message } }`,
      );
    const unknown = await resolve(`G${inventedId('2022-05-05', 801)}`);
    expect(JSON.stringify(unknown)).toContain('NO_PRESCHOOL_RECORD');
    expect(await resolve(number)).toEqual(unknown);
    const named = { ...school, account: 'school-keeper', ...NAMED };
    const found = await world.data<{ resolveNumber: { outcome: string } }>(
      named,
      `{ resolveNumber(number: "${number}", bornOn: "${HIDDEN.bornOn}") { outcome } }`,
    );
    expect(found.resolveNumber.outcome).toBe('FOUND');
  });

  it('is opened by no break-glass of somebody without the right', async () => {
    const OPEN = `mutation($input: OpenBreakGlassInput!) { openBreakGlass(input: $input) { breakGlass { id } userErrors { code field } } }`;
    const open = (documentNumber: string) =>
      world.data({ account: 'far', role: 'COUNTY', region: '330106' }, OPEN, {
        input: {
          ...{ idempotencyKey: `glass-${++calls}`, documentKind: 'RESIDENT_ID', documentNumber },
          ...{ ground: 'MEDICAL', reason: '示例', hours: 1 },
        },
      });
    expect(await open(HIDDEN.documentNumber!)).toEqual(await open(inventedId('2022-05-05', 801)));
  });

  it('comes back when the seal is lifted by the same level or above, also where a neighbour was away', async () => {
    expect(await seal(deciding, 'unseal')).toMatchObject({
      done: false,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    await world.down('records');
    const lifted = await seal(keeper, 'unseal', { reference: '（2026）示例民保令1号之一' });
    expect(lifted).toEqual({ done: true, everywhere: false, userErrors: [] });
    await world.up('records');
    // It stays hidden where nobody could be told, and is shown when they are.
    const begun = performance.now();
    const there = async () => (await count(deciding)).records.nodes.length;
    while ((await there()) < 2 && performance.now() - begun < 15_000)
      await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await there()).toBe(2);
    const seen = await count(deciding);
    // With the child that was registered meanwhile.
    expect([seen.children.totalCount, seen.enrolmentCounts[0]!.count]).toEqual([3, 2]);
    expect(await world.data(deciding, `{ child(id: "${child}") { seal { at } } }`)).toEqual({
      child: { seal: null },
    });
  });

  it('is out of the county, too, when a province has sealed it', async () => {
    const above = { ...province, account: 'province-keeper', ...NAMED };
    expect(await seal(above, 'seal', { ground: 'POLICE' })).toMatchObject({ done: true });
    expect(await seal(keeper, 'unseal')).toMatchObject({
      userErrors: [{ code: 'SEALED_FROM_ABOVE', field: ['childId'] }],
    });
    expect(await seal(above, 'unseal')).toMatchObject({ done: true });
  });

  it('keeps its kindergarten from closing, and whoever may not see it is told the same with and without it', async () => {
    const change = async (as: ViewerSpec, act: string, institutionCode: string) => {
      const input = { idempotencyKey: `${act}-${++calls}`, institutionCode, on: today(clock()) };
      const type = `${act[0]!.toUpperCase()}${act.slice(1)}Input`;
      const query = `mutation($input: ${type}!) { act: ${act}(input: $input) { institution { status } userErrors { code field message messageEn } } }`;
      return (await world.data<{ act: Closed }>(as, query, { input })).act;
    };
    interface Closed {
      readonly institution: { status: string } | null;
      readonly userErrors: readonly { code: string; messageEn: string }[];
    }
    expect(await seal(keeper)).toMatchObject({ done: true, everywhere: true });
    for (const code of [GARDEN, OTHER_GARDEN])
      expect((await change(deciding, 'beginClosing', code)).userErrors).toEqual([]);
    shift = 61_000;
    const remain = async (as: ViewerSpec) =>
      (await change(as, 'closeInstitution', GARDEN)).userErrors.map(
        ({ messageEn }) => messageEn.split(';')[0],
      );
    expect(await remain(deciding)).toEqual(['1 children and 0 undecided applications remain']);
    expect(await remain(keeper)).toEqual(['2 children and 0 undecided applications remain']);
    await acts(world, new Map()).act(garden, 'leave', {
      ...{ recordId: besideRecord, reason: 'MOVED_AWAY', on: today(clock()) },
    });
    // One has the sealed child in it, the other nobody.
    const [full, empty] = [
      await change(deciding, 'closeInstitution', GARDEN),
      await change(deciding, 'closeInstitution', OTHER_GARDEN),
    ];
    expect(full).toEqual(empty);
    expect(full.userErrors).toMatchObject([{ code: 'CLOSING_NEEDS_SIGHT', field: ['institutionCode'] }]);
    expect(await remain(keeper)).toEqual(['1 children and 0 undecided applications remain']);
    expect(await change(keeper, 'closeInstitution', OTHER_GARDEN)).toEqual({
      institution: { status: 'CLOSED' },
      userErrors: [],
    });
    expect((await change(deciding, 'cancelClosing', GARDEN)).userErrors).toEqual([]);
  });
});
