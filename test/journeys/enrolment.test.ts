import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const {
  analyst,
  deciding,
  garden,
  GARDEN,
  inventedChild,
  opening,
  otherCounty,
  otherDeciding,
  otherGarden,
  school,
} = story;

everywhere('From a kindergarten to the nation', (start) => {
  let world: World;
  let classes: Map<string, string>;
  let acts: ReturnType<typeof story.acts>;
  beforeAll(async () => {
    world = await start();
    classes = await story.openGardens(world);
    acts = story.acts(world, classes);
  });
  afterAll(() => world.close());

  it('a child is registered, submitted, approved, numbered, resolved and counted', async () => {
    const child = inventedChild(1);
    const registered = await acts.register(garden, [child]);
    expect(registered.results.map(({ created, userErrors }) => [created, userErrors])).toEqual([[true, []]]);
    const submitted = await acts.submit(garden, [registered.results[0]!.child!.id]);
    expect(submitted.results.map(({ record, application }) => [record?.status, application?.state])).toEqual([
      ['PENDING', 'SUBMITTED'],
    ]);
    const approved = await acts.approve(deciding, [submitted.results[0]!.application!.id]);
    expect(approved.results).toEqual([
      {
        application: {
          id: submitted.results[0]!.application!.id,
          state: 'APPROVED',
          decidedBy: 'county-clerk-2',
        },
        record: {
          id: submitted.results[0]!.record!.id,
          status: 'ENROLLED',
          number: `G${child.documentNumber}`,
        },
        userErrors: [],
      },
    ]);
    const { resolveNumber } = await world.data<{ resolveNumber: object }>(
      school,
      `query($number: String!, $bornOn: LocalDate!) { resolveNumber(number: $number, bornOn: $bornOn) { outcome currentNumber status institution { code name } } }`,
      { number: `G${child.documentNumber}`, bornOn: child.bornOn },
    );
    expect(resolveNumber).toEqual({
      outcome: 'FOUND',
      currentNumber: `G${child.documentNumber}`,
      status: 'IN_KINDERGARTEN',
      institution: { code: GARDEN, name: '示例幼儿园1' },
    });
    const { enrolmentCounts } = await world.data<{ enrolmentCounts: object[] }>(
      analyst,
      `{ enrolmentCounts(by: [PROVINCE, AGE, SEX, CLASS_LEVEL, OWNERSHIP, URBAN_RURAL]) { region { name } age sex classLevel ownership urbanRural count } }`,
    );
    expect(enrolmentCounts).toEqual([
      {
        region: { name: '浙江省' },
        age: 3,
        sex: 'MALE',
        classLevel: 'SMALL',
        ownership: 'PUBLIC',
        urbanRural: 'URBAN',
        count: 1,
      },
    ]);
  });

  it('a child without a document gets a temporary number of its county and birth date', async () => {
    const child = inventedChild(0, { name: '阿依古丽·买买提', documentKind: 'NONE', documentNumber: null });
    const [application] = await acts.enrol(garden, [child]);
    const { results } = await acts.approve(deciding, [application!]);
    expect(results[0]!.record!.number).toMatch(/^L33011020221015\d{4}$/);
  });

  it('the history says who did what', async () => {
    const [application] = await acts.enrol(garden, [inventedChild(3)]);
    const { results } = await acts.approve(deciding, [application!]);
    const { record } = await world.data<{ record: { events: object[] } }>(
      garden,
      `query($id: ID!) { record(id: $id) { events { seq type account statusFrom statusTo } } }`,
      { id: results[0]!.record!.id },
    );
    expect(record.events).toEqual([
      { seq: 1, type: 'SUBMIT_ENROLMENT', account: 'garden-entry', statusFrom: null, statusTo: 'PENDING' },
      {
        seq: 2,
        type: 'APPROVE_APPLICATION',
        account: 'county-clerk-2',
        statusFrom: 'PENDING',
        statusTo: 'ENROLLED',
      },
    ]);
  });

  it('a returned application is corrected, submitted again and approved under the same record', async () => {
    const [application] = await acts.enrol(garden, [inventedChild(5)]);
    const returned = await acts.act(deciding, 'returnApplication', {
      applicationId: application,
      reason: '入园日期有误',
    });
    expect([returned.application?.state, returned.record?.status]).toEqual(['RETURNED', 'RETURNED']);
    const refused = await acts.act(deciding, 'approveApplication', { applicationId: application });
    expect(refused.userErrors.map(({ code }) => code)).toEqual(['ACTION_NOT_OPEN']);
    const early = await acts.act(garden, 'resubmitApplication', {
      applicationId: application,
      enteredOn: '2020-08-31',
    });
    // The kindergarten opened on the next day.
    expect(early.userErrors.map(({ code }) => code)).toEqual(['ENTRY_BEFORE_OPENING', 'TOO_YOUNG']);
    const again = await acts.act(garden, 'resubmitApplication', {
      applicationId: application,
      enteredOn: '2026-10-09',
    });
    expect([again.application?.state, again.record?.status, again.userErrors]).toEqual([
      'SUBMITTED',
      'PENDING',
      [],
    ]);
    const approved = await acts.act(deciding, 'approveApplication', { applicationId: application });
    expect(approved.record).toEqual({
      id: returned.record!.id,
      status: 'ENROLLED',
      number: expect.stringMatching(/^G/) as unknown,
    });
  });

  it('a withdrawn enrolment leaves the child free to enrol elsewhere, in the same record', async () => {
    const child = inventedChild(7);
    const [application] = await acts.enrol(garden, [child]);
    const withdrawn = await acts.act(garden, 'withdrawApplication', { applicationId: application });
    expect(withdrawn.record?.status).toBe('WITHDRAWN');
    const [second] = await acts.enrol(otherGarden, [child]);
    const approved = await acts.act(deciding, 'approveApplication', { applicationId: second });
    expect([approved.record?.id, approved.record?.status]).toEqual([withdrawn.record?.id, 'ENROLLED']);
  });

  it('a refused enrolment is over for good', async () => {
    const [application] = await acts.enrol(garden, [inventedChild(9)]);
    const refused = await acts.act(deciding, 'refuseApplication', {
      applicationId: application,
      reason: '重复申请',
    });
    expect([refused.application?.state, refused.record?.status]).toEqual(['REFUSED', 'WITHDRAWN']);
    const late = await acts.act(deciding, 'approveApplication', { applicationId: application });
    expect(late.userErrors.map(({ code }) => code)).toEqual(['ALREADY_DECIDED']);
  });

  it('moving to another class keeps one open placement and the counts right', async () => {
    const [application] = await acts.enrol(garden, [inventedChild(11)]);
    const approved = await acts.act(deciding, 'approveApplication', { applicationId: application });
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      opening,
      `mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }`,
      {
        input: {
          idempotencyKey: 'middle',
          items: [{ institutionCode: GARDEN, name: '中一班', level: 'MIDDLE', schoolYear: 2026 }],
        },
      },
    );
    const classId = openClasses.results[0]!.class.id;
    const count = async () => {
      const query = `{ enrolmentCounts(by: [CLASS_LEVEL], filter: { classLevel: MIDDLE }) { classLevel count } }`;
      return (await world.data<{ enrolmentCounts: object[] }>(analyst, query)).enrolmentCounts;
    };
    expect(await count()).toEqual([]);
    const moved = await world.data<{ moveClass: object }>(
      garden,
      `mutation($input: MoveClassInput!) { moveClass(input: $input) { userErrors { code } record { placements { fromOn untilOn class { name } } } } }`,
      { input: { idempotencyKey: 'move', recordId: approved.record!.id, classId, on: '2026-11-02' } },
    );
    expect(moved.moveClass).toEqual({
      userErrors: [],
      record: {
        placements: [
          { fromOn: '2026-10-08', untilOn: '2026-11-02', class: { name: '小一班' } },
          { fromOn: '2026-11-02', untilOn: null, class: { name: '中一班' } },
        ],
      },
    });
    expect(await count()).toEqual([{ classLevel: 'MIDDLE', count: 1 }]);
  });

  describe('refuses', () => {
    it('a second enrolment of a child that is enrolled elsewhere', async () => {
      const child = inventedChild(13);
      await acts.enrol(garden, [child]);
      const again = await acts.register(otherGarden, [child]);
      expect(again.results.map(({ created }) => created)).toEqual([false]);
      const submitted = await acts.submit(otherGarden, [again.results[0]!.child!.id]);
      expect(submitted.results[0]!.userErrors).toEqual([
        { code: 'ALREADY_ENROLLED', field: ['items', '0', 'childId'] },
      ]);
    });

    it('approval by the account that submitted, by another county, and of what is not there, which look alike', async () => {
      const [application] = await acts.enrol(garden, [inventedChild(15)]);
      const elsewhere = await acts.act(otherCounty, 'approveApplication', { applicationId: application });
      const nowhere = await acts.act(otherCounty, 'approveApplication', {
        applicationId: '01930000-0000-7000-8000-000000000000',
      });
      expect(elsewhere).toEqual(nowhere);
      expect(elsewhere.userErrors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
      const role = await world.ask(garden, story.APPROVE, {
        input: { idempotencyKey: 'x', applicationIds: [application] },
      });
      expect(role.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    });

    it('an application named twice in one approval, the second time, by a code of its own', async () => {
      const ids = await acts.enrol(garden, [inventedChild(91), inventedChild(93)]);
      const [first, other] = ids;
      const nowhere = '01930000-0000-7000-8000-000000000000';
      const { results } = await acts.approve(deciding, [first!, nowhere, first!, other!, nowhere]);
      const told = results.map(({ application, userErrors }) => [
        application?.id ?? null,
        application?.state ?? null,
        ...userErrors.map(({ code, field }) => `${code} ${field!.join('.')}`),
      ]);
      expect(told).toEqual([
        [first, 'APPROVED'],
        [null, null, 'NOT_FOUND applicationIds.1.applicationId'],
        [first, 'APPROVED', 'APPLICATION_NAMED_TWICE applicationIds.2.applicationId'],
        [other, 'APPROVED'],
        [null, null, 'NOT_FOUND applicationIds.4.applicationId'],
      ]);
    });

    it("another kindergarten's child and record", async () => {
      const registered = await acts.register(garden, [inventedChild(17)]);
      const id = registered.results[0]!.child!.id;
      expect(
        await world.data(otherGarden, `query($id: ID!) { child(id: $id) { name record { id } } }`, { id }),
      ).toEqual({ child: null });
      const submitted = await acts.submit(otherGarden, [id]);
      expect(submitted.results[0]!.userErrors.map(({ code }) => code)).toEqual(['CHILD_UNKNOWN']);
    });

    it('children and records to an analyst, also through the side door of institutions', async () => {
      const answer = await world.ask<{ institution: { placements: null } }>(
        analyst,
        `query($code: String!) { institution(code: $code) { headcount placements(first: 1) { nodes { record { number child { name } } } } } }`,
        { code: GARDEN },
      );
      expect(answer.data?.institution.placements).toBeNull();
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    });

    it("another kindergarten's application, words and accounts, also in the history of a child it has taken in", async () => {
      const child = inventedChild(41);
      const [first] = await acts.enrol(garden, [child]);
      const withdrawn = await acts.act(garden, 'withdrawApplication', {
        applicationId: first,
        reason: '只给本园看的话',
      });
      const [second] = await acts.enrol(otherGarden, [child]);
      const query = `query($id: ID!) { record(id: $id) { applications { id } events { type account reason } } }`;
      const seen = await world.data<{ record: object }>(otherGarden, query, { id: withdrawn.record!.id });
      expect(seen.record).toEqual({
        applications: [{ id: second }],
        events: [
          { type: 'SUBMIT_ENROLMENT', account: null, reason: null },
          { type: 'WITHDRAW_APPLICATION', account: null, reason: null },
          {
            type: 'SUBMIT_ENROLMENT',
            account: 'other-garden-entry',
            reason: null,
          },
        ],
      });
      const county = await world.data<{
        record: { applications: object[]; events: { reason: string | null }[] };
      }>(deciding, query, { id: withdrawn.record!.id });
      expect([county.record.applications.length, county.record.events[1]!.reason]).toEqual([
        2,
        '只给本园看的话',
      ]);
    });

    it('a class filter that is no class, instead of dropping it', async () => {
      for (const id of ['nonsense', '', classes.get(GARDEN)!.toUpperCase()]) {
        const answer = await world.ask(
          garden,
          `query($id: ID!) { records(filter: { class: $id }) { totalCount } }`,
          { id },
        );
        expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      }
    });

    it('a look-up by number to those who see numbers masked', async () => {
      const ministry = { account: 'ministry-1', role: 'MINISTRY' } as const;
      const answer = await world.ask(ministry, `{ recordByNumber(number: "G190101202210150017") { id } }`);
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    });

    it('an account that would come as another kindergarten than it was filed with', async () => {
      const input = { idempotencyKey: 'moved-clerk', items: [inventedChild(43)] };
      await world.data(garden, story.REGISTER, { input });
      const moved = { ...garden, institution: story.OTHER_GARDEN };
      const { status, errors } = await world.ask(moved, story.REGISTER, { input });
      expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    });

    it("head counts beyond the viewer's area, of institutions, classes and regions alike", async () => {
      const query = `query($code: String!, $region: String!) { institution(code: $code) { headcount classes { headcount } } region(code: $region) { headcount } }`;
      const variables = { code: GARDEN, region: story.COUNTY };
      const beyond = await world.ask(otherCounty, query, variables);
      expect(beyond.data).toEqual({
        institution: { headcount: null, classes: [{ headcount: null }, { headcount: null }] },
        region: { headcount: null },
      });
      expect(new Set(beyond.errors?.map(({ extensions }) => extensions.code))).toEqual(
        new Set(['FORBIDDEN']),
      );
      const own = await world.data<{ institution: { headcount: number }; region: { headcount: number } }>(
        deciding,
        query,
        variables,
      );
      expect(own.institution.headcount).toBeGreaterThan(0);
      const nation = await world.data<typeof own>(analyst, query, variables);
      expect(nation).toEqual(own);
    });

    it("a list of a region that is not the viewer's, instead of narrowing it", async () => {
      const answer = await world.ask(otherCounty, `{ records(filter: { region: "330110" }) { totalCount } }`);
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    });
  });

  it('a replay gets the same answer and has no second effect', async () => {
    const child = inventedChild(19);
    const first = await acts.register(garden, [child], 'same-key');
    expect(await acts.register(garden, [child], 'same-key')).toEqual(first);
    const ids = [first.results[0]!.child!.id];
    const submitted = await acts.submit(garden, ids, {}, 'same-submit');
    expect(await acts.submit(garden, ids, {}, 'same-submit')).toEqual(submitted);
    const other = await acts.submit(garden, ids, { enteredOn: '2026-10-10' }, 'same-submit');
    expect(other.userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('two clerks who approve at once get one success, one refusal, one number and one event', async () => {
    const serials = [21, 23, 25, 27, 29, 31, 33, 35];
    const applications = await acts.enrol(
      garden,
      serials.map((serial) => inventedChild(serial)),
    );
    for (const application of applications) {
      const both = await Promise.all([
        acts.act(deciding, 'approveApplication', { applicationId: application }),
        acts.act(otherDeciding, 'approveApplication', { applicationId: application }),
      ]);
      expect(both.map(({ userErrors }) => userErrors.map(({ code }) => code)).sort()).toEqual([
        [],
        ['ALREADY_DECIDED'],
      ]);
      expect(new Set(both.map(({ record }) => record?.number)).size).toBe(1);
      const { record } = await world.data<{ record: { events: { type: string }[]; placements: object[] } }>(
        deciding,
        `query($id: ID!) { record(id: $id) { events { type } placements { id } } }`,
        { id: both[0].record!.id },
      );
      expect(record.events.map(({ type }) => type)).toEqual(['SUBMIT_ENROLMENT', 'APPROVE_APPLICATION']);
      expect(record.placements.length).toBe(1);
    }
  });

  it('twenty kindergarten clerks who submit one child at once make one record', async () => {
    const registered = await acts.register(garden, [inventedChild(37)]);
    const id = registered.results[0]!.child!.id;
    const all = await Promise.all(Array.from({ length: 20 }, () => acts.submit(garden, [id])));
    const codes = all.map(({ results }) => results[0]!.userErrors.map(({ code }) => code).join());
    expect(codes.filter((code) => code === '').length).toBe(1);
    expect(new Set(codes)).toEqual(new Set(['', 'ALREADY_ENROLLED']));
  });
});
