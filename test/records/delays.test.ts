import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { eachDatabase } from '../support/databases.ts';
import * as story from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const { analyst, COUNTY, deciding, GARDEN, garden, inventedChild, otherCounty, OTHER_GARDEN, otherGarden } =
  story;
const city: ViewerSpec = { account: 'city-3301', role: 'CITY', region: '330100' };
const province: ViewerSpec = { account: 'province-33', role: 'PROVINCE', region: '330000' };
const ministry: ViewerSpec = { account: 'ministry-1', role: 'MINISTRY' };

const DELAYS = `query($filter: DelayFilter, $first: Int! = 20, $after: String) { delays(filter: $filter, first: $first, after: $after) {
  nodes { holder { level code region { name } institution { name } } steps open pastDue openPastDue daysHeld daysLate oldest { id } }
  totalCount pageInfo { hasNextPage endCursor } } }`;
const STEPS = `query($id: ID!) { application(id: $id) { steps { seq task holder { code } begunOn dueOn endedOn outcome held late pastDue } } }`;

interface Page {
  readonly nodes: readonly { holder: { code: string } }[];
  readonly totalCount: number | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

eachDatabase('Delays over National Day of 2026', (databases) => {
  let day = '2026-09-14';
  let world: World;
  let applications: string[];
  beforeAll(async () => {
    world = await startWorld({ databases, wiring: 'in one process', now: () => new Date(`${day}T02:00:00.000Z`) });
    const classes = await story.openGardens(world);
    const acts = story.acts(world, classes);
    const children = [1, 2, 3].map((serial) => inventedChild(serial));
    const registered = await acts.register(garden, children);
    const ids = registered.results.map(({ child }) => child!.id);
    const submitted = await acts.submit(garden, ids, { enteredOn: '2026-09-07' });
    day = '2026-09-15';
    await acts.approve(deciding, submitted.results.map(({ application }) => application!.id));

    // A Friday; the Sunday after it is worked, 25 to 27 September and the first week of October are not.
    day = '2026-09-18';
    const again = await acts.register(otherGarden, children.slice(0, 2));
    applications = [];
    for (const { child } of again.results) {
      const done = await acts.act(otherGarden, 'requestTransfer', {
        childId: child!.id,
        institutionCode: OTHER_GARDEN,
        classId: classes.get(OTHER_GARDEN),
        enteredOn: day,
        evidence: [{ kind: 'GUARDIAN_APPLICATION', reference: 'F-2026-1', digest: 'a'.repeat(64) }],
      });
      applications.push(done.application!.id);
    }
    day = '2026-09-30';
    await acts.act(garden, 'agreeToTransfer', { applicationId: applications[1] });
  }); // prettier-ignore
  afterAll(() => world.close());

  const delays = async (viewer: ViewerSpec, filter: object = {}, page: object = {}) =>
    (await world.data<{ delays: Page }>(viewer, DELAYS, { filter, ...page })).delays;
  const steps = async (index: number) =>
    (await world.data<{ application: { steps: object[] } }>(deciding, STEPS, { id: applications[index] }))
      .application.steps;

  const gardens = { level: 'INSTITUTION', code: GARDEN, region: null, institution: { name: '示例幼儿园1' } };
  const countys = { level: 'COUNTY', code: COUNTY, region: { name: '余杭区' }, institution: null };

  it('name whoever has something open past its day, on the first working day after it', async () => {
    day = '2026-10-10';
    const { nodes, totalCount } = await delays(deciding);
    expect(nodes).toEqual([
      {
        holder: gardens, steps: 2, open: 1, pastDue: 1, openPastDue: 1,
        // 20 to 24 and 28 to 30 September, 8 to 10 October; and the same without October.
        daysHeld: 11 + 8, daysLate: 1, oldest: { id: applications[0] },
      },
      { holder: countys, steps: 4, open: 1, pastDue: 0, openPastDue: 0, daysHeld: 3 + 3, daysLate: 0, oldest: null },
    ]);
    expect(totalCount).toBe(2);
    expect((await delays(deciding, { overdue: true })).nodes).toEqual([nodes[0]]);
  }); // prettier-ignore

  it('charge what climbs to both, each for its own days', async () => {
    day = '2026-10-12';
    await world.subgraphs.find(({ name }) => name === 'records')!.tick!();
    day = '2026-10-22';
    expect((await delays(deciding)).nodes).toEqual([
      { holder: gardens, steps: 2, open: 0, pastDue: 1, openPastDue: 0, daysHeld: 12 + 8, daysLate: 2, oldest: null },
      {
        holder: countys, steps: 5, open: 2, pastDue: 1, openPastDue: 1,
        daysHeld: 3 + 12 + 8, daysLate: 2, oldest: { id: applications[1] },
      },
    ]);
    expect(await steps(0)).toEqual([
      {
        seq: 1, task: 'ANSWER', holder: { code: GARDEN }, begunOn: '2026-09-18', dueOn: '2026-10-09',
        endedOn: '2026-10-12', outcome: 'CLIMBED', held: 12, late: 2, pastDue: true,
      },
      {
        seq: 2, task: 'DECIDE', holder: { code: COUNTY }, begunOn: '2026-10-12', dueOn: '2026-10-26',
        endedOn: null, outcome: null, held: 8, late: 0, pastDue: false,
      },
    ]);
    expect(await steps(1)).toEqual([
      {
        seq: 1, task: 'ANSWER', holder: { code: GARDEN }, begunOn: '2026-09-18', dueOn: '2026-10-09',
        endedOn: '2026-09-30', outcome: 'AGREED', held: 8, late: 0, pastDue: false,
      },
      {
        seq: 2, task: 'DECIDE', holder: { code: COUNTY }, begunOn: '2026-09-30', dueOn: '2026-10-20',
        endedOn: null, outcome: null, held: 12, late: 2, pastDue: true,
      },
    ]);
  }); // prettier-ignore

  it('are counted of the undecided by city and province, and not of all there ever was', async () => {
    const query = 'query($filter: ApplicationFilter) { applications(filter: $filter) { totalCount nodes { id } } }';
    const count = async (viewer: ViewerSpec, filter: object) => {
      const { applications: queue } = await world.data<{ applications: { totalCount: number | null; nodes: object[] } }>(viewer, query, { filter });
      return [queue.totalCount, queue.nodes.length];
    };
    for (const viewer of [city, province]) {
      expect(await count(viewer, { overdue: true })).toEqual([1, 1]);
      expect(await count(viewer, { state: 'SUBMITTED', kind: 'TRANSFER' })).toEqual([2, 2]);
      expect(await count(viewer, { state: 'APPROVED' })).toEqual([null, 3]);
    }
    expect(await count(ministry, { overdue: true })).toEqual([null, 1]);
    expect(await count(deciding, { state: 'APPROVED' })).toEqual([3, 3]);
  }); // prettier-ignore

  it('are those of the steps that were open on a day or later', async () => {
    const of = async (since: string) =>
      (await delays(deciding, { since })).nodes.map(({ holder, ...node }) => [
        holder.code,
        (node as unknown as { steps: number }).steps,
      ]);
    expect(await of('2026-09-15')).toEqual([[GARDEN, 2], [COUNTY, 5]]);
    expect(await of('2026-10-12')).toEqual([[GARDEN, 1], [COUNTY, 2]]);
    expect(await of('2026-10-13')).toEqual([[COUNTY, 2]]);
  }); // prettier-ignore

  it('come page by page, the same to every authority above, which is not told how many there are', async () => {
    const whole = await delays(deciding);
    const first = await delays(city, {}, { first: 1 });
    expect(first).toEqual({
      nodes: [whole.nodes[0]],
      totalCount: null,
      pageInfo: { hasNextPage: true, endCursor: first.pageInfo.endCursor },
    });
    const second = await delays(city, {}, { first: 1, after: first.pageInfo.endCursor });
    expect([second.nodes, second.pageInfo.hasNextPage]).toEqual([[whole.nodes[1]], false]);
    for (const viewer of [province, ministry]) expect((await delays(viewer)).nodes).toEqual(whole.nodes);
    expect((await delays(ministry, { region: COUNTY })).nodes).toEqual(whole.nodes);
    expect((await delays(otherCounty)).nodes).toEqual([]);
  });

  it.each<[string, ViewerSpec, object, string]>([
    ['another county', otherCounty, { region: COUNTY }, 'FORBIDDEN'],
    ['the whole city, by a county', deciding, { region: '330100' }, 'FORBIDDEN'],
    ['no region there is', city, { region: '190101' }, 'FORBIDDEN'],
    ['its own, by a kindergarten', garden, {}, 'FORBIDDEN'],
    ['anything, by an analyst', analyst, {}, 'FORBIDDEN'],
    ['since a day that does not exist', deciding, { since: '2026-02-29' }, 'BAD_USER_INPUT'],
  ])('are refused for %s', async (_, viewer, filter, code) => {
    const { data, errors } = await world.ask(viewer, DELAYS, { filter });
    expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([{ delays: null }, [code]]);
  });
});
