import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { analyst, deciding, garden, inventedChild, otherCounty, otherGarden } = story;

const QUEUE = `query($filter: ApplicationFilter, $orderBy: ApplicationOrder, $first: Int, $after: String) {
  applications(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount nodes { id kind dueOn } pageInfo { hasNextPage endCursor } } }`;
const QUEUES = '{ applicationQueues { kind task waiting overdue nextDueOn } }';
const ROW = `query($id: ID!) { application(id: $id) {
  kind class { id } warnings { code } institution { code } from { code } record { status } child { id } } }`;

interface Queue {
  readonly applications: {
    readonly totalCount: number | null;
    readonly nodes: { id: string; kind: string; dueOn: string }[];
    readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

everywhere('A work queue', (start) => {
  let world: World;
  let classes: Map<string, string>;
  let acts: ReturnType<typeof story.acts>;
  let day = '2026-11-02';
  /** Two enrolments of the second kindergarten, the later submitted due the earlier, and a transfer there. */
  let slow: string;
  let soon: string;
  let transfer: string;
  let childId: string;

  beforeAll(async () => {
    world = await start({ now: () => new Date(`${day}T04:00:00Z`) });
    classes = await story.openGardens(world);
    acts = story.acts(world, classes);
    day = '2026-11-02';
    // A class of 25 is full.
    const many = Array.from({ length: 25 }, (_, i) => inventedChild(301 + i));
    await acts.approve(deciding, await acts.enrol(otherGarden, many));
    await acts.approve(deciding, await acts.enrol(garden, [inventedChild(401)]));
    slow = await submitted(403, '2026-11-02');
    day = '2026-11-05';
    soon = await submitted(405, '2026-09-01');
    childId = (await acts.register(otherGarden, [inventedChild(401)])).results[0]!.child!.id;
    const asked = await acts.act(otherGarden, 'requestTransfer', {
      childId,
      ...{ institutionCode: story.OTHER_GARDEN, classId: classes.get(story.OTHER_GARDEN) },
      enteredOn: '2026-11-05',
      evidence: [{ kind: 'GUARDIAN_APPLICATION', reference: 'A-1', digest: '0'.repeat(64) }],
    });
    transfer = (asked.application as unknown as { id: string }).id;
    day = '2026-11-20';
  });
  afterAll(() => world.close());

  async function submitted(serial: number, enteredOn: string): Promise<string> {
    const [child] = (await acts.register(otherGarden, [inventedChild(serial)])).results;
    const { results } = await acts.submit(otherGarden, [child!.child!.id], { enteredOn });
    return results[0]!.application!.id;
  }

  const queue = async (as: ViewerSpec, variables: object = {}) =>
    (await world.data<Queue>(as, QUEUE, variables)).applications;
  const ids = ({ nodes }: Queue['applications']) => nodes.map(({ id }) => id);
  const refusal = (as: ViewerSpec, query: string, variables: object = {}) =>
    world.ask(as, query, variables).then(({ errors }) => errors?.[0]?.extensions.code);

  it('lists what waits by the day it is due, page by page, with a total', async () => {
    const first = await queue(deciding, { filter: { mine: true }, orderBy: 'DUE', first: 1 });
    expect([ids(first), first.totalCount, first.pageInfo.hasNextPage]).toEqual([[soon], 2, true]);
    const after = first.pageInfo.endCursor;
    const second = await queue(deciding, { filter: { mine: true }, orderBy: 'DUE', first: 1, after });
    expect([ids(second), second.totalCount, second.pageInfo.hasNextPage]).toEqual([[slow], 2, false]);
    const all = await queue(deciding, { orderBy: 'DUE', filter: { institution: story.OTHER_GARDEN } });
    expect([ids(all), all.totalCount]).toEqual([
      [...all.nodes].sort((a, b) => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1)).map(({ id }) => id),
      3,
    ]);
  });

  it('lists by submission where nothing else is asked, decided ones as well', async () => {
    const all = await queue(deciding, { filter: { state: 'APPROVED' }, first: 100 });
    expect([all.nodes.length, all.totalCount]).toEqual([26, 26]);
    expect(ids(await queue(deciding, { filter: { state: 'SUBMITTED' } }))).toEqual([slow, soon, transfer]);
  });

  it('is filtered by kind, task, day, and who submitted', async () => {
    expect(ids(await queue(garden, { filter: { kind: 'TRANSFER', task: 'ANSWER' } }))).toEqual([transfer]);
    expect(ids(await queue(deciding, { filter: { task: 'ANSWER' } }))).toEqual([transfer]);
    const { dueOn } = (await queue(deciding, { filter: { mine: true }, orderBy: 'DUE' })).nodes[1]!;
    expect(ids(await queue(deciding, { filter: { mine: true, dueBefore: dueOn } }))).toEqual([soon]);
    expect(ids(await queue(deciding, { filter: { overdue: true } }))).toEqual([soon, transfer]);
    const others = { submittedByOthers: true, state: 'SUBMITTED' };
    expect(ids(await queue(otherGarden, { filter: others }))).toEqual([]);
    expect(ids(await queue(garden, { filter: others }))).toEqual([transfer]);
  });

  it('is counted for the own authority or kindergarten, by kind and task', async () => {
    const counted = async (as: ViewerSpec) =>
      (await world.data<{ applicationQueues: object[] }>(as, QUEUES)).applicationQueues;
    expect(await counted(deciding)).toMatchObject([
      { kind: 'ENROLMENT', task: 'DECIDE', waiting: 2, overdue: 1, nextDueOn: '2026-11-19' },
    ]);
    expect(await counted(garden)).toMatchObject([
      { kind: 'TRANSFER', task: 'ANSWER', waiting: 1, overdue: 1 },
    ]);
    expect([await counted(otherGarden), await counted(otherCounty)]).toEqual([[], []]);
  });

  it('refuses what cannot be meant: the cursor of another order, decided work by its day, another area', async () => {
    const { pageInfo } = await queue(deciding, { first: 1 });
    const mixed = { orderBy: 'DUE', after: pageInfo.endCursor };
    expect(await refusal(deciding, QUEUE, mixed)).toBe('BAD_USER_INPUT');
    const due = await queue(deciding, { orderBy: 'DUE', first: 1 });
    expect(await refusal(deciding, QUEUE, { after: due.pageInfo.endCursor })).toBe('BAD_USER_INPUT');
    const decided = { orderBy: 'DUE', filter: { state: 'APPROVED' } };
    expect(await refusal(deciding, QUEUE, decided)).toBe('BAD_USER_INPUT');
    expect(await refusal(otherCounty, QUEUE, { filter: { region: story.COUNTY } })).toBe('FORBIDDEN');
    expect(await refusal(garden, QUEUE, { filter: { institution: story.OTHER_GARDEN } })).toBe('FORBIDDEN');
    for (const query of [QUEUE, QUEUES]) expect(await refusal(analyst, query)).toBe('FORBIDDEN');
  });

  it('shows each side of a transfer its own side only', async () => {
    const row = async (as: ViewerSpec, id = transfer) =>
      (await world.data<{ application: object | null }>(as, ROW, { id })).application;
    const both = {
      kind: 'TRANSFER',
      institution: { code: story.OTHER_GARDEN },
      from: { code: story.GARDEN },
    };
    // The sending side learns where the child goes, not into which class and how full that is.
    expect(await row(garden)).toEqual({
      ...{ ...both, class: null, warnings: [], record: { status: 'TRANSFERRING' }, child: { id: childId } },
    });
    expect(await row(otherGarden)).toEqual({
      ...{ ...both, class: { id: classes.get(story.OTHER_GARDEN) }, record: null, child: { id: childId } },
      warnings: [{ code: 'CLASS_FULL' }],
    });
    expect(await row(deciding)).toMatchObject({ warnings: [{ code: 'CLASS_FULL' }] });
    expect([await row(otherCounty), await row(garden, soon)]).toEqual([null, null]);
  });

  it.each([
    ['headcount', 'application(id: $id) { institution { headcount } }'],
    ['roster', 'application(id: $id) { institution { placements { nodes { id } } } }'],
    ['work queue', 'application(id: $id) { institution { applications { nodes { id } } } }'],
  ])("leads a sending kindergarten to no %s of the receiving one's", async (_, selection) => {
    const answer = await world.ask<Record<string, unknown>>(garden, `query($id: ID!) { ${selection} }`, {
      id: transfer,
    });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const roster = await world.data<{ records: { nodes: object[] } }>(
      garden,
      'query($class: ID!) { records(filter: { class: $class }) { nodes { id } } }',
      { class: classes.get(story.OTHER_GARDEN) },
    );
    expect(roster.records.nodes).toEqual([]);
  });
});
