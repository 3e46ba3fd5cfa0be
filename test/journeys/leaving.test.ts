import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { analyst, deciding, garden, inventedChild, otherCounty, otherGarden, school } = story;

const FAR_GARDEN = '1133990003';
const farOpening: ViewerSpec = {
  account: 'far-county-1',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: '330106',
};
const farGarden: ViewerSpec = {
  account: 'far-entry',
  role: 'KINDERGARTEN',
  purpose: 'CASE_HANDLING',
  institution: FAR_GARDEN,
};

const RECORD = `query($id: ID!) { record(id: $id) {
  status number enteredOn institution { code }
  placements { fromOn untilOn institution { code } }
  events { type statusFrom statusTo leaveReason reason }
  availableActions { action open reasons { code } }
} }`;

interface Shown {
  readonly status: string;
  readonly number: string;
  readonly enteredOn: string;
  readonly institution: { code: string };
  readonly placements: { fromOn: string; untilOn: string | null; institution: { code: string } }[];
  readonly events: { type: string; leaveReason: string | null; reason: string | null }[];
  readonly availableActions: { action: string; open: boolean; reasons: { code: string }[] }[];
}

/** The acts of this story. */
const OF_STAYS = ['SUBMIT_ENROLMENT', 'MOVE_CLASS', 'LEAVE', 'APPROVE_APPLICATION'];

everywhere('A child that leaves its kindergarten', (start) => {
  let world: World;
  let classes: Map<string, string>;
  let acts: ReturnType<typeof story.acts>;
  beforeAll(async () => {
    world = await start();
    classes = await story.openGardens(world);
    classes.set(FAR_GARDEN, await openFarGarden());
    acts = story.acts(world, classes);
  });
  afterAll(() => world.close());

  async function openFarGarden(): Promise<string> {
    const institution = {
      code: FAR_GARDEN, name: '示例幼儿园3', kind: 'KINDERGARTEN', founder: 'PRIVATE',
      urbanRuralClass: '111', region: '330106', openedOn: '2020-09-01',
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

  /** An enrolled child of the first kindergarten since 8 October: its record's id and number. */
  async function enrolled(serial: number): Promise<{ id: string; number: string; childId: string }> {
    const childId = await registered(garden, serial);
    return { childId, ...(await approved(garden, deciding, childId)) };
  }

  async function registered(as: ViewerSpec, serial: number): Promise<string> {
    return (await acts.register(as, [inventedChild(serial)])).results[0]!.child!.id;
  }

  async function approved(as: ViewerSpec, by: ViewerSpec, childId: string, enteredOn = '2026-10-08') {
    const submitted = await acts.submit(as, [childId], { enteredOn });
    const { record } = await acts.act(by, 'approveApplication', {
      applicationId: submitted.results[0]!.application!.id,
    });
    return { id: record!.id, number: record!.number! };
  }

  const leave = (as: ViewerSpec, recordId: string, changes: object = {}) =>
    acts.act(as, 'leave', { recordId, reason: 'MOVED_AWAY', on: '2026-11-02', ...changes });

  const shown = async (as: ViewerSpec, id: string) =>
    (await world.data<{ record: Shown | null }>(as, RECORD, { id })).record;

  const counted = async () => {
    const { enrolmentCounts } = await world.data<{ enrolmentCounts: { count: number }[] }>(
      analyst,
      '{ enrolmentCounts(by: []) { count } }',
    );
    return enrolmentCounts[0]!.count;
  };

  const resolved = async (number: string) => {
    const { resolveNumber } = await world.data<{ resolveNumber: object }>(
      school,
      'query($number: String!) { resolveNumber(number: $number, bornOn: "2022-10-15") { outcome currentNumber status } }',
      { number },
    );
    return resolveNumber;
  };

  const seen = async (as: ViewerSpec, id: string) => {
    const query = `query($id: ID!) { child(id: $id) { id } }`;
    return (await world.data<{ child: object | null }>(as, query, { id })).child !== null;
  };

  it('keeps its record and number, ends its stay, and is counted no more', async () => {
    const { id, number } = await enrolled(101);
    const before = await counted();
    const left = await leave(garden, id, { reason: 'OTHER', remark: ' 随军 ' });
    expect([left.record, left.userErrors]).toEqual([{ id, status: 'LEFT', number }, []]);
    expect(await counted()).toBe(before - 1);
    const record = await shown(deciding, id);
    expect(record?.placements).toEqual([
      { fromOn: '2026-10-08', untilOn: '2026-11-02', institution: { code: story.GARDEN } },
    ]);
    expect(record?.events.at(-1)).toEqual({
      type: 'LEAVE',
      statusFrom: 'ENROLLED',
      statusTo: 'LEFT',
      leaveReason: 'OTHER',
      reason: '随军',
    });
    expect(await resolved(number)).toEqual({ outcome: 'FOUND', currentNumber: number, status: 'LEFT' });
  });

  it('comes back to the same kindergarten with the same record and number', async () => {
    const { id, number, childId } = await enrolled(103);
    await leave(garden, id);
    const early = await acts.submit(garden, [childId], { enteredOn: '2026-11-01' });
    expect(early.results[0]!.userErrors).toEqual([
      { code: 'ENTRY_BEFORE_LEAVING', field: ['items', '0', 'enteredOn'] },
    ]);
    expect(await approved(garden, deciding, childId, '2026-11-02')).toEqual({ id, number });
    const record = await shown(garden, id);
    expect(record?.placements.map(({ fromOn, untilOn }) => [fromOn, untilOn])).toEqual([
      ['2026-10-08', '2026-11-02'],
      ['2026-11-02', null],
    ]);
    expect(await resolved(number)).toMatchObject({ currentNumber: number, status: 'IN_KINDERGARTEN' });
  });

  it('enrols in another county under the same record and number, and its number resolves all along', async () => {
    const { id, number } = await enrolled(105);
    await leave(garden, id);
    const childId = await registered(farGarden, 105);
    const submitted = await acts.submit(farGarden, [childId], { enteredOn: '2026-11-09' });
    expect(await resolved(number)).toMatchObject({ outcome: 'FOUND', currentNumber: number });
    const { record } = await acts.act(otherCounty, 'approveApplication', {
      applicationId: submitted.results[0]!.application!.id,
    });
    expect(record).toEqual({ id, status: 'ENROLLED', number });
    const moved = await shown(farGarden, id);
    expect(moved?.placements.map(({ institution, untilOn }) => [institution.code, untilOn])).toEqual([
      [story.GARDEN, '2026-11-02'],
      [FAR_GARDEN, null],
    ]);
    // The former kindergarten and county have no more to do with it.
    expect([await shown(garden, id), await shown(deciding, id)]).toEqual([null, null]);
    expect([await seen(garden, childId), await seen(farGarden, childId)]).toEqual([false, true]);
    expect(await resolved(number)).toMatchObject({ currentNumber: number, status: 'IN_KINDERGARTEN' });
  });

  it.each(['refuseApplication', 'withdrawApplication'])(
    'is back with its last kindergarten when another asks for it and it comes to %s',
    async (act) => {
      const serial = act === 'refuseApplication' ? 107 : 109;
      const { id, number } = await enrolled(serial);
      await leave(garden, id);
      const childId = await registered(otherGarden, serial);
      const submitted = await acts.submit(otherGarden, [childId], { enteredOn: '2026-11-09' });
      const applicationId = submitted.results[0]!.application!.id;
      const ended = await acts.act(act === 'refuseApplication' ? deciding : otherGarden, act, {
        applicationId,
        reason: '不再入园',
      });
      expect(ended.userErrors).toEqual([]);
      expect(await shown(garden, id)).toMatchObject({
        ...{ status: 'LEFT', number, enteredOn: '2026-10-08', institution: { code: story.GARDEN } },
      });
      expect(await shown(otherGarden, id)).toBeNull();
      expect(await approved(garden, deciding, childId, '2026-11-16')).toEqual({ id, number });
    },
  );

  it("leaves by its own kindergarten's act only; elsewhere looks like nowhere", async () => {
    const { id } = await enrolled(111);
    const elsewhere = await leave(otherGarden, id);
    expect(elsewhere).toEqual(await leave(otherGarden, '01930000-0000-7000-8000-000000000000'));
    expect(elsewhere.userErrors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
    const input = { idempotencyKey: 'x', recordId: id, reason: 'HEALTH', on: '2026-11-02' };
    const query = 'mutation($input: LeaveInput!) { leave(input: $input) { userErrors { code } } }';
    const role = await world.ask(deciding, query, { input });
    expect(role.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const unknown = await world.ask(garden, query, { input: { ...input, reason: 'BORED' } });
    expect(unknown.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('leaves once: the second act is refused and names what is open, a replay has no second effect', async () => {
    const { id } = await enrolled(113);
    const once = { idempotencyKey: 'leave-once' };
    const left = await leave(garden, id, once);
    expect(await leave(garden, id, once)).toEqual(left);
    const again = await leave(garden, id);
    expect(again.userErrors).toMatchObject([
      {
        code: 'ACTION_NOT_OPEN',
        messageEn: expect.stringMatching(
          /^离园 leave is not possible while 离园 LEFT; open now: submitEnrolment\b/,
        ) as string,
      },
    ]);
    expect((await shown(garden, id))?.events.map(({ type }) => type)).toEqual([
      'SUBMIT_ENROLMENT',
      'APPROVE_APPLICATION',
      'LEAVE',
    ]);
  });

  it('leaves once when two clerks act at the same time', async () => {
    const { id } = await enrolled(115);
    const both = await Promise.all([leave(garden, id), leave({ ...garden, account: 'garden-review' }, id)]);
    expect(both.map(({ userErrors }) => userErrors.map(({ code }) => code)).sort()).toEqual([
      [],
      ['ACTION_NOT_OPEN'],
    ]);
  });

  it('is shown after each act of one request as that act left it', async () => {
    const { id } = await enrolled(117);
    const act = '{ userErrors { code } record { status placements { untilOn } events { type } } }';
    const answer = await world.data<Record<'refused' | 'left', { record: Shown }>>(
      garden,
      `mutation($refused: LeaveInput!, $left: LeaveInput!) { refused: leave(input: $refused) ${act} left: leave(input: $left) ${act} }`,
      {
        refused: { idempotencyKey: 'two-1', recordId: id, reason: 'HEALTH', on: '2026-09-30' },
        left: { idempotencyKey: 'two-2', recordId: id, reason: 'HEALTH', on: '2026-11-02' },
      },
    );
    expect([answer.refused.record.status, answer.left.record.status]).toEqual(['ENROLLED', 'LEFT']);
    expect(answer.left.record.placements).toEqual([{ untilOn: '2026-11-02' }]);
    expect(answer.left.record.events.map(({ type }) => type).at(-1)).toBe('LEAVE');
  });

  it('shows each clerk what may be done next, and why the rest may not', async () => {
    const { id } = await enrolled(119);
    const openTo = async (as: ViewerSpec) =>
      (await shown(as, id))!.availableActions
        .filter(({ open }) => open)
        .map(({ action }) => action)
        // What else may be done is told in stories of its own.
        .filter((action) => OF_STAYS.includes(action));
    expect(await openTo(garden)).toEqual(['MOVE_CLASS', 'LEAVE']);
    expect(await openTo(deciding)).toEqual([]);
    await leave(garden, id);
    expect(await openTo(garden)).toEqual(['SUBMIT_ENROLMENT']);
    for (const [role, region] of [['CITY', '330100'], ['PROVINCE', '330000'], ['MINISTRY', undefined]] as const) {
      const above: ViewerSpec = { account: `above-${role.toLowerCase()}`, role, ...(region ? { region } : {}) };
      expect(await openTo(above)).toEqual([]);
    } // prettier-ignore
    const { availableActions } = (await shown(deciding, id))!;
    expect(availableActions.find(({ action }) => action === 'APPROVE_APPLICATION')).toEqual({
      ...{ action: 'APPROVE_APPLICATION', open: false, reasons: [{ code: 'ACTION_NOT_OPEN' }] },
    });
  });

  it('costs one statement more for a whole page of available actions, not one for each record', async () => {
    const records = world.subgraphs.find(({ name }) => name === 'records')!;
    const cost = async (first: number) => {
      const before = records.stats.statements;
      await world.data(
        deciding,
        `query($first: Int!) { records(filter: { region: "${story.COUNTY}" }, first: $first) { nodes { availableActions { open } } } }`,
        { first },
      );
      return records.stats.statements - before;
    };
    // The least of some, since counts are folded once a second beside it.
    const least = async (first: number) =>
      Math.min(...[await cost(first), await cost(first), await cost(first), await cost(first)]);
    expect(await least(8)).toBe(await least(1));
  });
});
