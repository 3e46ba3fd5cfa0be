import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { analyst, deciding, garden, inventedChild, otherGarden, school } = story;

/** A kindergarten in another province. */
const FAR_GARDEN = '1111990001';
const FAR_COUNTY = '110105';
const farOpening: ViewerSpec = {
  account: 'far-county-1',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: FAR_COUNTY,
};
const farDeciding: ViewerSpec = {
  account: 'far-county-2',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: FAR_COUNTY,
};
const farProvince: ViewerSpec = { account: 'far-province-1', role: 'PROVINCE', region: '110000' };
const farGarden: ViewerSpec = {
  account: 'far-entry',
  role: 'KINDERGARTEN',
  purpose: 'CASE_HANDLING',
  institution: FAR_GARDEN,
};
const city: ViewerSpec = { account: 'city-1', role: 'CITY', region: '330100' };
const province: ViewerSpec = { account: 'province-1', role: 'PROVINCE', region: '330000' };

const PAPER = { kind: 'GUARDIAN_APPLICATION', reference: 'ZY-2026-0017', digest: 'ab'.repeat(32) };

const RECORD = `query($id: ID!) { record(id: $id) {
  status number enteredOn institution { code } county { code }
  placements { fromOn untilOn institution { code } }
  events { type statusFrom statusTo effectiveOn account institution { code } }
} }`;
interface Shown {
  readonly status: string;
  readonly number: string;
  readonly institution: { code: string };
  readonly county: { code: string };
  readonly placements: { fromOn: string; untilOn: string | null; institution: { code: string } }[];
  readonly events: { type: string; effectiveOn: string; account: string | null }[];
}

const SET = `mutation($input: SetSettingInput!) { setSetting(input: $input) { userErrors { code } } }`;

const QUEUE = `query { applications(filter: { mine: true }) { totalCount nodes {
  id kind state task dueOn answer objection { ground remark } holder { level code }
  institution { code } from { code } child { id } record { id } } } }`;
interface Queue {
  readonly applications: {
    readonly totalCount: number;
    readonly nodes: {
      id: string;
      task: string;
      dueOn: string;
      answer: string | null;
      objection: { ground: string } | null;
      holder: { level: string; code: string };
      child: { id: string } | null;
      record: { id: string } | null;
    }[];
  };
}

everywhere('A child that goes to another kindergarten', (start) => {
  let world: World;
  let classes: Map<string, string>;
  let acts: ReturnType<typeof story.acts>;
  let today = '2026-11-23';
  beforeAll(async () => {
    world = await start({ now: () => new Date(`${today}T02:00:00Z`) });
    classes = await story.openGardens(world);
    classes.set(FAR_GARDEN, await openFarGarden());
    acts = story.acts(world, classes);
  });
  afterAll(() => world.close());

  async function openFarGarden(): Promise<string> {
    const institution = {
      code: FAR_GARDEN, name: '示例幼儿园4', kind: 'KINDERGARTEN', founder: 'PRIVATE',
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

  const child = (serial: number) => inventedChild(serial);

  /** A child enrolled at the first kindergarten, which another one has registered as well. */
  async function enrolledChild(serial: number, receiving: ViewerSpec) {
    const ids = await acts.enrol(garden, [child(serial)]);
    const { results } = await acts.approve(deciding, ids);
    const again = await acts.register(receiving, [child(serial)]);
    const { id, number } = results[0]!.record!;
    return { recordId: id, number: number!, childId: again.results[0]!.child!.id };
  }

  const request = (as: ViewerSpec, childId: string, changes: object = {}) =>
    acts.act(as, 'requestTransfer', {
      childId,
      institutionCode: as.institution,
      classId: classes.get(as.institution!),
      enteredOn: '2026-11-20',
      evidence: [PAPER],
      ...changes,
    });

  const codes = ({ userErrors }: { userErrors: readonly { code: string }[] }) =>
    userErrors.map(({ code }) => code);
  const shown = async (as: ViewerSpec, id: string) =>
    (await world.data<{ record: Shown | null }>(as, RECORD, { id })).record;
  const queueOf = async (as: ViewerSpec) => (await world.data<Queue>(as, QUEUE)).applications.nodes;
  const applicationOf = ({ application }: { application: unknown }) => (application as { id: string }).id;
  const headcount = async (region: string) => {
    const query = `query($region: String!) { enrolmentCounts(by: [], filter: { region: $region }) { count } }`;
    const answer = await world.data<{ enrolmentCounts: { count: number }[] }>(analyst, query, { region });
    return answer.enrolmentCounts[0]?.count ?? 0;
  };
  const childSeen = async (as: ViewerSpec, id: string) =>
    (
      await world.data<{ child: { id: string } | null }>(as, `query($id: ID!) { child(id: $id) { id } }`, {
        id,
      })
    ).child !== null;
  const tick = async () => {
    for (const subgraph of world.subgraphs) await subgraph.tick?.();
  };

  it('within its county: asked for, agreed to, decided, and seen by the new kindergarten only', async () => {
    const { recordId, number, childId } = await enrolledChild(201, otherGarden);
    const asked = await request(otherGarden, childId);
    expect([asked.userErrors, asked.record]).toEqual([[], null]);
    expect((await shown(garden, recordId))!.status).toBe('TRANSFERRING');
    expect(await shown(otherGarden, recordId)).toBeNull();

    const [waiting] = await queueOf(garden);
    expect(waiting).toMatchObject({
      ...{ id: applicationOf(asked), kind: 'TRANSFER', state: 'SUBMITTED', task: 'ANSWER', answer: null },
      // Ten working days from Monday 23 November.
      ...{ dueOn: '2026-12-07', holder: { level: 'INSTITUTION', code: story.GARDEN } },
      ...{ institution: { code: story.OTHER_GARDEN }, from: { code: story.GARDEN }, child: { id: childId } },
    });
    const agreed = await acts.act(garden, 'agreeToTransfer', { applicationId: waiting!.id });
    expect([agreed.userErrors, agreed.application!.state]).toEqual([[], 'SUBMITTED']);
    expect(await queueOf(garden)).toEqual([]);

    const approved = await acts.act(deciding, 'approveApplication', { applicationId: waiting!.id });
    expect([approved.userErrors, approved.record]).toMatchObject([[], { status: 'ENROLLED', number }]);
    const record = (await shown(otherGarden, recordId))!;
    expect(record).toMatchObject({ status: 'ENROLLED', number, institution: { code: story.OTHER_GARDEN } });
    expect(record.placements).toMatchObject([
      { fromOn: '2026-10-08', untilOn: '2026-11-20', institution: { code: story.GARDEN } },
      { fromOn: '2026-11-20', untilOn: null, institution: { code: story.OTHER_GARDEN } },
    ]);
    expect(record.events.map(({ type, effectiveOn }) => [type, effectiveOn])).toEqual([
      ['SUBMIT_ENROLMENT', '2026-11-23'],
      ['APPROVE_APPLICATION', '2026-10-08'],
      ['REQUEST_TRANSFER', '2026-11-23'],
      ['AGREE_TO_TRANSFER', '2026-11-23'],
      ['APPROVE_APPLICATION', '2026-11-20'],
    ]);
    expect(await shown(garden, recordId)).toBeNull();
    expect([await childSeen(garden, childId), await childSeen(otherGarden, childId)]).toEqual([false, true]);
  });

  it('to another province, over the objection of the old kindergarten', async () => {
    const { recordId, number, childId } = await enrolledChild(202, farGarden);
    const before = [await headcount('330000'), await headcount('110000')];
    const applicationId = applicationOf(await request(farGarden, childId));
    const objection = { applicationId, ground: 'CUSTODY_DISPUTED', remark: '以法院文书为准' };
    expect(codes(await acts.act(garden, 'objectToTransfer', objection))).toEqual([]);

    const [waiting] = await queueOf(farDeciding);
    expect(waiting).toMatchObject({
      ...{ id: applicationId, task: 'DECIDE', answer: 'OBJECTED', objection: { ground: 'CUSTODY_DISPUTED' } },
      // The county of the destination decides about a child it may see, whose record is not yet there.
      ...{ holder: { level: 'COUNTY', code: FAR_COUNTY }, child: { id: childId }, record: null },
    });
    expect(codes(await acts.act(deciding, 'approveApplication', { applicationId }))).toEqual([
      'NOT_WITH_YOU',
    ]);
    expect(codes(await acts.act(farDeciding, 'approveApplication', { applicationId }))).toEqual([
      'REASON_REQUIRED',
    ]);
    const reason = '监护人已出具生效判决';
    expect(codes(await acts.act(farDeciding, 'approveApplication', { applicationId, reason }))).toEqual([]);

    expect(await shown(farDeciding, recordId)).toMatchObject({
      ...{ status: 'ENROLLED', number, institution: { code: FAR_GARDEN }, county: { code: FAR_COUNTY } },
    });
    expect(await shown(deciding, recordId)).toBeNull();
    expect([await headcount('330000'), await headcount('110000')]).toEqual([before[0]! - 1, before[1]! + 1]);
    const { resolveNumber } = await world.data<{ resolveNumber: object }>(
      school,
      `query($number: String!, $bornOn: LocalDate!) { resolveNumber(number: $number, bornOn: $bornOn) { outcome currentNumber status institution { code } } }`,
      { number, bornOn: '2022-10-15' },
    );
    expect(resolveNumber).toEqual({
      ...{ outcome: 'FOUND', currentNumber: number, status: 'IN_KINDERGARTEN' },
      institution: { code: FAR_GARDEN },
    });
  });

  it('is not held back by silence: the work goes to the county, the city and the province', async () => {
    const { recordId, childId } = await enrolledChild(203, otherGarden);
    const applicationId = applicationOf(await request(otherGarden, childId));
    const held = async (as: ViewerSpec) => (await queueOf(as)).map(({ id, answer }) => [id, answer]);
    today = '2026-12-07';
    await tick();
    expect(await held(garden)).toEqual([[applicationId, null]]);

    today = '2026-12-08';
    await tick();
    expect([await held(garden), await held(deciding)]).toEqual([[], [[applicationId, 'SILENT']]]);
    expect(codes(await acts.act(garden, 'agreeToTransfer', { applicationId }))).toEqual(['ACTION_NOT_OPEN']);

    // Ten working days each, over the New Year holiday of 2027 as far as it is known.
    today = '2026-12-23';
    await tick();
    expect([await held(deciding), await held(city)]).toEqual([[], [[applicationId, 'SILENT']]]);
    expect(codes(await acts.act(deciding, 'approveApplication', { applicationId }))).toEqual([
      'NOT_WITH_YOU',
    ]);
    today = '2027-01-20';
    await tick();
    await tick();
    expect([await held(city), await held(province)]).toEqual([[], [[applicationId, 'SILENT']]]);
    expect(codes(await acts.act(province, 'approveApplication', { applicationId }))).toEqual([]);
    expect((await shown(otherGarden, recordId))!.status).toBe('ENROLLED');
    today = '2026-11-23';
  });

  it('stays where it is when the county refuses, or the new kindergarten thinks better of it', async () => {
    const { recordId, childId } = await enrolledChild(204, otherGarden);
    const first = applicationOf(await request(otherGarden, childId));
    await acts.act(garden, 'agreeToTransfer', { applicationId: first });
    const reason = '材料不符';
    expect(codes(await acts.act(deciding, 'refuseApplication', { applicationId: first, reason }))).toEqual(
      [],
    );
    expect((await shown(garden, recordId))!.status).toBe('ENROLLED');

    const second = applicationOf(await request(otherGarden, childId));
    expect(codes(await acts.act(garden, 'withdrawApplication', { applicationId: second }))).toEqual([
      'NOT_THE_APPLICANT',
    ]);
    expect(codes(await acts.act(otherGarden, 'withdrawApplication', { applicationId: second }))).toEqual([]);
    const record = (await shown(garden, recordId))!;
    expect([record.status, record.placements]).toMatchObject([
      'ENROLLED',
      [{ fromOn: '2026-10-08', untilOn: null, institution: { code: story.GARDEN } }],
    ]);
  });

  it('is returned for completion and comes back to whoever returned it', async () => {
    const { recordId, childId } = await enrolledChild(205, otherGarden);
    const applicationId = applicationOf(await request(otherGarden, childId));
    await acts.act(garden, 'agreeToTransfer', { applicationId });
    await acts.act(deciding, 'returnApplication', { applicationId, reason: '缺户口簿' });
    expect(await queueOf(otherGarden)).toMatchObject([{ id: applicationId, task: 'COMPLETE' }]);
    expect(codes(await acts.act(deciding, 'approveApplication', { applicationId }))).toEqual([
      'ACTION_NOT_OPEN',
    ]);
    const evidence = [PAPER, { ...PAPER, kind: 'HOUSEHOLD_REGISTER', reference: 'HK-2026-1' }];
    expect(codes(await acts.act(otherGarden, 'resubmitApplication', { applicationId, evidence }))).toEqual(
      [],
    );
    expect(await queueOf(deciding)).toMatchObject([{ id: applicationId, task: 'DECIDE', answer: 'AGREED' }]);
    expect(codes(await acts.act(deciding, 'approveApplication', { applicationId }))).toEqual([]);
    expect((await shown(otherGarden, recordId))!.status).toBe('ENROLLED');
  });

  it('is never decided by an account that submitted it, the first time or again', async () => {
    const { childId } = await enrolledChild(211, otherGarden);
    const colleague = { ...otherGarden, account: 'other-garden-2' };
    // An account is filed for one place: at another it is nobody (`records/deciding` has the rule behind that).
    const elsewhere = async ({ account }: ViewerSpec, place: ViewerSpec) =>
      (await world.ask({ ...place, account }, '{ viewer { account } }')).errors?.[0]?.extensions.code;
    const applicationId = applicationOf(await request(otherGarden, childId));
    expect(await elsewhere(otherGarden, garden)).toBe('UNAUTHENTICATED');
    expect(codes(await acts.act(garden, 'agreeToTransfer', { applicationId }))).toEqual([]);
    await acts.act(deciding, 'returnApplication', { applicationId, reason: '缺户口簿' });
    expect(codes(await acts.act(colleague, 'resubmitApplication', { applicationId }))).toEqual([]);
    for (const submitter of [otherGarden, colleague])
      expect(await elsewhere(submitter, deciding)).toBe('UNAUTHENTICATED');
    expect(codes(await acts.act(deciding, 'approveApplication', { applicationId }))).toEqual([]);
  });

  it('lets nobody read more than concerns them, neither meanwhile nor afterwards', async () => {
    const { recordId, childId } = await enrolledChild(212, otherGarden);
    const APPLICATION = `query($id: ID!) { application(id: $id) {
      kind state submittedBy decidedBy reason objection { ground remark } evidence { reference } changes { name } } }`;
    const read = async (as: ViewerSpec, id: string) =>
      (await world.data<{ application: object | null }>(as, APPLICATION, { id })).application;
    const evidence = [PAPER, { ...PAPER, kind: 'HOUSEHOLD_REGISTER' }];
    const correction = await acts.act(garden, 'requestCorrection', {
      ...{ recordId, evidence, changes: { name: '甲丙' } },
    });
    const corrected = applicationOf(correction);
    const mended = { applicationId: corrected, reason: '材料属实' };
    expect(codes(await acts.act(deciding, 'approveApplication', mended))).toEqual([]);
    expect(await read(garden, corrected)).toMatchObject({
      ...{ decidedBy: deciding.account, reason: '材料属实', changes: { name: '甲丙' } },
    });

    const applicationId = applicationOf(await request(otherGarden, childId));
    const ground = 'CUSTODY_DISPUTED';
    await acts.act(garden, 'objectToTransfer', { applicationId, ground, remark: '家庭情况复杂' });
    const remark = async (as: ViewerSpec) =>
      ((await read(as, applicationId)) as { objection: { remark: string | null } }).objection;
    const told = { ground, remark: '家庭情况复杂' };
    expect([await remark(garden), await remark(deciding)]).toEqual([told, told]);
    for (const other of [otherGarden, city, province])
      expect(await remark(other)).toEqual({ ground, remark: null });

    const reason = '监护人已出具生效判决';
    expect(codes(await acts.act(deciding, 'approveApplication', { applicationId, reason }))).toEqual([]);
    const decided = { kind: 'TRANSFER', state: 'APPROVED' };
    const accounts = { submittedBy: otherGarden.account, decidedBy: deciding.account };
    expect(await read(otherGarden, applicationId)).toMatchObject({ ...decided, ...accounts, reason });
    expect(await read(city, applicationId)).toMatchObject({ ...decided, ...accounts, reason: null });
    expect(await read(garden, applicationId)).toEqual({
      ...{ ...decided, submittedBy: null, decidedBy: null, reason: null, objection: told, evidence: [] },
      changes: null,
    });
    // Of a child it no longer has, the old kindergarten reads what it said itself and nothing else.
    expect(await read(garden, corrected)).toMatchObject({
      ...{ kind: 'CORRECTION', state: 'APPROVED', submittedBy: garden.account },
      ...{ decidedBy: null, reason: null, changes: null, evidence: [{}, {}] },
    });
    const reasons = async (as: ViewerSpec) => {
      const query = `query($id: ID!) { record(id: $id) { events { reason } } }`;
      const { record } = await world.data<{ record: { events: { reason: string | null }[] } }>(as, query, {
        id: recordId,
      });
      return record.events.flatMap((event) => event.reason ?? []);
    };
    expect([await reasons(deciding), await reasons(city), await reasons(province)]).toEqual([
      ['材料属实', '家庭情况复杂', reason],
      [],
      [],
    ]);
  });

  it('tells a kindergarten that does not get the child why', async () => {
    const { childId } = await enrolledChild(213, otherGarden);
    const applicationId = applicationOf(await request(otherGarden, childId));
    await acts.act(garden, 'agreeToTransfer', { applicationId });
    await acts.act(deciding, 'refuseApplication', { applicationId, reason: '材料不符' });
    const query = `query($id: ID!) { application(id: $id) { state reason } }`;
    const { application } = await world.data<{ application: object }>(otherGarden, query, {
      id: applicationId,
    });
    expect(application).toEqual({ state: 'REFUSED', reason: '材料不符' });
  });

  it('is held back by nothing the old kindergarten asks for itself', async () => {
    const { recordId, childId } = await enrolledChild(214, otherGarden);
    const evidence = [PAPER, { ...PAPER, kind: 'HOUSEHOLD_REGISTER' }];
    const correct = () =>
      acts.act(garden, 'requestCorrection', { recordId, evidence, changes: { name: '甲丙' } });
    const held = applicationOf(await correct());
    const applicationId = applicationOf(await request(otherGarden, childId));
    const query = `query($id: ID!) { application(id: $id) { state reason decidedBy steps { outcome } } }`;
    const { application } = await world.data<{ application: object }>(garden, query, { id: held });
    expect(application).toEqual({
      ...{ state: 'WITHDRAWN', decidedBy: 'system:gave-way', steps: [{ outcome: 'WITHDRAWN' }] },
      reason:
        '另一机构已申请接收该儿童，本业务自动撤回 / withdrawn: another institution has asked for the child',
    });
    expect(codes(await correct())).toEqual(['ACTION_NOT_OPEN']);
    await acts.act(garden, 'agreeToTransfer', { applicationId });
    expect(codes(await acts.act(deciding, 'approveApplication', { applicationId }))).toEqual([]);
    expect((await shown(otherGarden, recordId))!.status).toBe('ENROLLED');
  });

  it('may enter anew whatever its last kindergarten asks for', async () => {
    const { recordId } = await enrolledChild(215, otherGarden);
    const leaving = { recordId, reason: 'MOVED_AWAY', on: '2026-11-20' };
    expect(codes(await acts.act(garden, 'leave', leaving))).toEqual([]);
    const evidence = [PAPER, { ...PAPER, kind: 'HOUSEHOLD_REGISTER' }];
    const changes = { name: '甲丙' };
    const held = applicationOf(await acts.act(garden, 'requestCorrection', { recordId, evidence, changes }));
    const [child215] = (await acts.register(otherGarden, [child(215)])).results;
    const entering = { enteredOn: '2026-11-23' };
    const { results } = await acts.submit(otherGarden, [child215!.child!.id], entering);
    expect(results[0]!.userErrors).toEqual([]);
    const query = `query($id: ID!) { application(id: $id) { state } }`;
    const state = await world.data<object>(garden, query, { id: held });
    expect(state).toEqual({ application: { state: 'WITHDRAWN' } });
    const { results: decided } = await acts.approve(deciding, [results[0]!.application!.id]);
    expect(decided[0]!.record).toMatchObject({ id: recordId, status: 'ENROLLED' });
  });

  it('is refused without the guardians, without having registered the child, to itself, and twice', async () => {
    const { childId } = await enrolledChild(206, otherGarden);
    expect(codes(await request(otherGarden, childId, { evidence: [] }))).toEqual(['EVIDENCE_MISSING']);
    expect(codes(await request(farGarden, childId))).toEqual(['CHILD_UNKNOWN']);
    expect(codes(await request(garden, childId))).toEqual(['TRANSFER_SAME_INSTITUTION']);
    const named = { ...PAPER, reference: '身份证190101202210152061' };
    expect(codes(await request(otherGarden, childId, { evidence: [named] }))).toEqual(['EVIDENCE_REFERENCE']);
    expect(codes(await request(otherGarden, childId, { enteredOn: '2026-10-07' }))).toEqual([
      'TRANSFER_BEFORE_STAY',
    ]);
    expect(codes(await request(otherGarden, childId))).toEqual([]);
    const [again] = (await request(otherGarden, childId)).userErrors;
    expect([again!.code, again!.messageEn.includes('TRANSFERRING')]).toEqual(['ACTION_NOT_OPEN', true]);
    expect(codes(await acts.act(garden, 'leave', {
      recordId: await recordOf(childId), reason: 'MOVED_AWAY', on: '2026-11-20',
    }))).toEqual(['ACTION_NOT_OPEN']); // prettier-ignore
  });

  const recordOf = async (childId: string) =>
    (
      await world.data<{ child: { record: { id: string } } }>(
        garden,
        `query($id: ID!) { child(id: $id) { record { id } } }`,
        { id: childId },
      )
    ).child.record.id;

  it('is asked for once, whatever the network repeats', async () => {
    const { childId } = await enrolledChild(207, otherGarden);
    const idempotencyKey = 'transfer-207';
    const [first, second] = [
      await request(otherGarden, childId, { idempotencyKey }),
      await request(otherGarden, childId, { idempotencyKey }),
    ];
    expect(second).toEqual(first);
    const applicationId = applicationOf(first);
    await acts.act(garden, 'agreeToTransfer', { applicationId });
    const key = { applicationId, idempotencyKey: 'transfer-207-approve' };
    const done = await acts.act(deciding, 'approveApplication', key);
    expect(await acts.act(deciding, 'approveApplication', key)).toEqual(done);
    expect(codes(await acts.act(story.otherDeciding, 'approveApplication', { applicationId }))).toEqual([
      'ALREADY_DECIDED',
    ]);
    expect(codes(await acts.act(farProvince, 'approveApplication', { applicationId }))).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('is decided by both counties where a province wants that, the old one first', async () => {
    const { recordId, childId } = await enrolledChild(208, farGarden);
    expect(await set(farProvince, 'TRANSFER_BOTH_COUNTIES', { flag: true })).toEqual([]);
    const applicationId = applicationOf(await request(farGarden, childId));
    await acts.act(garden, 'agreeToTransfer', { applicationId });
    expect(await queueOf(deciding)).toMatchObject([
      { id: applicationId, task: 'RELEASE', holder: { level: 'COUNTY', code: story.COUNTY } },
    ]);
    expect(codes(await acts.act(farDeciding, 'approveApplication', { applicationId }))).toEqual([
      'NOT_WITH_YOU',
    ]);
    const released = await acts.act(deciding, 'approveApplication', { applicationId });
    expect([codes(released), released.application!.state, released.record!.status]).toEqual([
      [],
      'SUBMITTED',
      'TRANSFERRING',
    ]);
    expect(codes(await acts.act(farDeciding, 'approveApplication', { applicationId }))).toEqual([]);
    expect((await shown(farGarden, recordId))!.status).toBe('ENROLLED');
  });

  it('does not begin while either province keeps a window closed', async () => {
    const { childId } = await enrolledChild(209, otherGarden);
    const { childId: farChild } = await enrolledChild(210, farGarden);
    const windows = [{ from: '11-20', until: '11-30', scope: 'CROSS_PROVINCE' }];
    expect(await set(province, 'TRANSFER_CLOSED', { windows })).toEqual([]);
    const [refusal] = (await request(farGarden, farChild)).userErrors;
    expect([refusal!.code, refusal!.messageEn]).toEqual([
      'TRANSFER_WINDOW_CLOSED',
      'No transfers begin from 11-20 to 11-30.',
    ]);
    expect(codes(await request(otherGarden, childId))).toEqual([]);
  });

  let settings = 0;
  async function set(as: ViewerSpec, name: string, value: object) {
    const input = { idempotencyKey: `set-${++settings}`, name, value, validFrom: today, reason: '省级细则' };
    const { setSetting } = await world.data<{ setSetting: { userErrors: { code: string }[] } }>(as, SET, {
      input,
    });
    return setSetting.userErrors.map(({ code }) => code);
  }
});
