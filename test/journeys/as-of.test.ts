import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { analyst, deciding, garden, inventedChild, otherCounty, otherGarden } = story;

const FAR_GARDEN = '1133990003';
const FAR_COUNTY = '330106';
const farOpening: ViewerSpec = {
  account: 'far-county-1',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: FAR_COUNTY,
};
const farGarden: ViewerSpec = {
  account: 'far-entry',
  role: 'KINDERGARTEN',
  purpose: 'CASE_HANDLING',
  institution: FAR_GARDEN,
};
const city: ViewerSpec = { account: 'city-1', role: 'CITY', region: '330100' };

const province: ViewerSpec = { account: 'province-1', role: 'PROVINCE', region: '330000' };

const RECORD = `query($id: ID!, $asOf: LocalDate) { record(id: $id, asOf: $asOf) {
  asOf status number enteredOn institution { code } county { code }
  placement { fromOn untilOn institution { code } }
  placements { fromOn untilOn }
  events { seq type account } applications { kind state } availableActions { action }
} }`;
const RECORDS = `query($filter: RecordFilter, $asOf: LocalDate, $after: String) { records(filter: $filter, asOf: $asOf, first: 1, after: $after) {
  nodes { id status institution { code } } pageInfo { hasNextPage endCursor } totalCount } }`;

interface Page {
  readonly nodes: { id: string; status: string; institution: { code: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  readonly totalCount: number | null;
}

everywhere('A record as of a day', (start) => {
  let world: World;
  let acts: ReturnType<typeof story.acts>;
  let day = '2026-10-10';
  /** Left the first kindergarten on 2 November, and is in another county since 9 November. */
  let moved: { id: string; number: string };
  let stayed: { id: string; number: string };

  beforeAll(async () => {
    world = await start({ now: () => new Date(`${day}T04:00:00Z`) });
    const classes = await story.openGardens(world);
    classes.set(FAR_GARDEN, await openFarGarden());
    acts = story.acts(world, classes);
    day = '2026-10-10';
    const [first, second] = [await registered(garden, 201), await registered(garden, 203)];
    moved = await entered(garden, deciding, first, '2026-10-08');
    stayed = await entered(garden, deciding, second, '2026-10-09');
    day = '2026-11-05';
    await acts.act(garden, 'leave', { recordId: moved.id, reason: 'MOVED_AWAY', on: '2026-11-02' });
    day = '2026-11-20';
    await entered(farGarden, otherCounty, await registered(farGarden, 201), '2026-11-09');
    day = '2026-11-23';
  });
  afterAll(() => world.close());

  async function openFarGarden(): Promise<string> {
    const institution = {
      code: FAR_GARDEN, name: '示例幼儿园3', kind: 'KINDERGARTEN', founder: 'PRIVATE',
      urbanRuralClass: '111', region: FAR_COUNTY, openedOn: '2020-09-01',
    }; // prettier-ignore
    await world.data(
      farOpening,
      `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { userErrors { code } } } }`,
      { input: { idempotencyKey: 'far', items: [institution] } },
    );
    const item = { institutionCode: FAR_GARDEN, name: '小一班', level: 'SMALL', schoolYear: 2026 };
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      farOpening,
      `mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }`,
      { input: { idempotencyKey: 'far-class', items: [item] } },
    );
    return openClasses.results[0]!.class.id;
  }

  async function registered(as: ViewerSpec, serial: number): Promise<string> {
    return (await acts.register(as, [inventedChild(serial)])).results[0]!.child!.id;
  }

  async function entered(as: ViewerSpec, by: ViewerSpec, childId: string, enteredOn: string) {
    const submitted = await acts.submit(as, [childId], { enteredOn });
    const applicationId = submitted.results[0]!.application!.id;
    const { record } = await acts.act(by, 'approveApplication', { applicationId });
    return { id: record!.id, number: record!.number! };
  }

  const on = async (as: ViewerSpec, id: string, asOf: string | null) =>
    (await world.data<{ record: object | null }>(as, RECORD, { id, asOf })).record;

  async function listed(as: ViewerSpec, asOf: string | null, filter: object = {}): Promise<Page[]> {
    const pages: Page[] = [];
    do {
      const after = pages.at(-1)?.pageInfo.endCursor ?? null;
      pages.push((await world.data<{ records: Page }>(as, RECORDS, { filter, asOf, after })).records);
    } while (pages.at(-1)!.pageInfo.hasNextPage);
    return pages;
  }
  const ids = (pages: readonly Page[]) => pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));

  it('shows the county of that day what it was then, without what came after', async () => {
    expect(await on(deciding, moved.id, '2026-10-20')).toEqual({
      asOf: '2026-10-20',
      status: 'ENROLLED',
      number: moved.number,
      enteredOn: '2026-10-08',
      institution: { code: story.GARDEN },
      county: { code: story.COUNTY },
      placement: { fromOn: '2026-10-08', untilOn: null, institution: { code: story.GARDEN } },
      placements: [{ fromOn: '2026-10-08', untilOn: null }],
      events: [
        { seq: 1, type: 'SUBMIT_ENROLMENT', account: garden.account },
        { seq: 2, type: 'APPROVE_APPLICATION', account: deciding.account },
      ],
      applications: [{ kind: 'ENROLMENT', state: 'APPROVED' }],
      availableActions: [],
    });
    expect(await on(deciding, moved.id, '2026-11-02')).toMatchObject({
      ...{ status: 'LEFT', placement: null, placements: [{ fromOn: '2026-10-08', untilOn: '2026-11-02' }] },
    });
    // Since the child came to the other county, the record is that county's.
    expect(await on(deciding, moved.id, '2026-11-09')).toBeNull();
    expect(await on(deciding, moved.id, null)).toBeNull();
  });

  it('shows whoever has the record now its whole past, and a former kindergarten nothing', async () => {
    for (const as of [farGarden, otherCounty, city])
      expect(await on(as, moved.id, '2026-10-20')).toMatchObject({
        ...{ status: 'ENROLLED', institution: { code: story.GARDEN }, county: { code: story.COUNTY } },
      });
    for (const as of [garden, otherGarden]) expect(await on(as, moved.id, '2026-10-20')).toBeNull();
    expect(await on(garden, stayed.id, '2026-10-20')).toMatchObject({ status: 'ENROLLED' });
  });

  it('has no number before the day it was issued, and is nothing before its first day', async () => {
    expect(await on(garden, stayed.id, '2026-10-09')).toMatchObject({
      ...{ status: 'ENROLLED', number: null, enteredOn: '2026-10-09', events: [{ seq: 2 }] },
    });
    expect(await on(garden, stayed.id, '2026-10-08')).toBeNull();
  });

  it('is today what it is now, but for the acts of now', async () => {
    for (const asOf of ['2026-11-23', null])
      expect(await on(garden, stayed.id, asOf)).toMatchObject({ asOf: null, number: stayed.number });
  });

  it('is listed by the seat and status of that day, page by page', async () => {
    const inOctober = await listed(deciding, '2026-10-20');
    expect(ids(inOctober)).toEqual([moved.id, stayed.id].sort());
    expect(inOctober.map(({ totalCount }) => totalCount)).toEqual([null, null]);
    expect(ids(await listed(deciding, '2026-10-08'))).toEqual([moved.id]);
    expect(ids(await listed(deciding, '2026-11-05', { status: 'LEFT' }))).toEqual([moved.id]);
    expect(ids(await listed(deciding, '2026-11-09'))).toEqual([stayed.id]);
    expect(ids(await listed(otherCounty, '2026-11-08'))).toEqual([]);
    expect(ids(await listed(otherCounty, '2026-11-09'))).toEqual([moved.id]);
    expect(ids(await listed(city, '2026-10-20', { region: story.COUNTY }))).toEqual(
      [moved.id, stayed.id].sort(),
    );
    expect(ids(await listed(deciding, '2026-10-20', { institution: story.OTHER_GARDEN }))).toEqual([]);
  });

  it('is listed to a kindergarten only while it is its own', async () => {
    const own = await listed(garden, '2026-10-20');
    expect([ids(own), own[0]!.totalCount]).toEqual([[stayed.id], 1]);
    expect(ids(await listed(farGarden, '2026-10-20'))).toEqual([]);
    expect(ids(await listed(farGarden, '2026-11-10'))).toEqual([moved.id]);
  });

  it('is refused for a day to come, for no day, and for those who may not see children', async () => {
    const asked = (as: ViewerSpec, query: string, asOf: string) =>
      world.ask(as, query, { id: stayed.id, asOf }).then(({ errors }) => errors?.[0]?.extensions.code);
    for (const query of [RECORD, RECORDS]) {
      expect(await asked(garden, query, '2026-11-24')).toBe('BAD_USER_INPUT');
      expect(await asked(garden, query, '2026-02-30')).toBe('BAD_USER_INPUT');
      expect(await asked(analyst, query, '2026-10-20')).toBe('FORBIDDEN');
    }
    const wide = await world.ask(province, RECORDS, { asOf: '2026-10-20' });
    expect(wide.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(ids(await listed(province, '2026-10-08', { region: story.COUNTY }))).toEqual([moved.id]);
    const beyond = await world.ask(deciding, RECORDS, { filter: { region: FAR_COUNTY }, asOf: '2026-10-20' });
    expect(beyond.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('leads a former authority to nothing of today', async () => {
    const { record } = await world.data<{ record: object | null }>(
      deciding,
      'query($id: ID!) { record(id: $id, asOf: "2026-10-20") { child { record { status } } placement { record { status } } } }',
      { id: moved.id },
    );
    expect(record).toEqual({ child: { record: null }, placement: { record: null } });
  });
});
