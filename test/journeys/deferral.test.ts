import { afterAll, beforeAll, expect, it } from 'vitest';
import { codesOf, lives, paper, type Lives } from '../support/lives.ts';
import { deciding, garden, GARDEN, OTHER_GARDEN, otherGarden, openGardens } from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

/** Six years old on 31 August 2026. */
const BORN = '2020-05-10';

everywhere('A child that stays on by deferral', (start) => {
  let world: World;
  let classes: Map<string, string>;
  let life: Lives;
  let today = '2026-11-23';
  beforeAll(async () => {
    world = await start({ now: () => new Date(`${today}T02:00:00Z`) });
    classes = await openGardens(world);
    life = lives(world, classes);
  });
  afterAll(() => world.close());

  const ask = (recordId: string, changes: object = {}) =>
    life.acts.act(garden, 'requestDeferral', {
      ...{ recordId, on: '2026-11-01', until: '2027-08-31', evidence: [paper('DEFERRAL_PROOF')] },
      ...changes,
    });
  const decide = (act: string, applicationId: string) =>
    life.acts.act(act === 'withdrawApplication' ? garden : deciding, act, {
      applicationId,
      reason: '材料不实',
    });

  async function deferred(serial: number, until = '2027-08-31') {
    const child = await life.enrolled(serial, BORN);
    const asked = await ask(child.id, { until });
    expect(asked.userErrors).toEqual([]);
    const { id } = await life.applied(garden, child.id);
    expect(codesOf(await decide('approveApplication', id))).toEqual([]);
    return child;
  }

  /** The other kindergarten asks for the child; answers the application. */
  async function transferAsked(child: Awaited<ReturnType<typeof deferred>>, enteredOn: string) {
    await life.acts.register(otherGarden, [child.child]);
    const asked = await life.acts.act(otherGarden, 'requestTransfer', {
      ...{ childId: child.childId, institutionCode: OTHER_GARDEN, classId: classes.get(OTHER_GARDEN) },
      ...{ enteredOn, evidence: [paper('GUARDIAN_APPLICATION')] },
    });
    expect(asked.userErrors).toEqual([]);
    return (asked.application as unknown as { id: string }).id;
  }

  it('moves to another kindergarten as deferred as before, and is enrolled again on the day after the last', async () => {
    today = '2026-11-23';
    const child = await life.enrolled(301, BORN);
    const { number } = child;
    const counted = await life.counted();
    await ask(child.id);
    expect(await life.shown(garden, child.id)).toMatchObject({ status: 'ENROLLED', deferral: null });
    const waiting = await life.applied(deciding, child.id);
    expect(waiting).toMatchObject({
      ...{ kind: 'DEFERRAL', state: 'SUBMITTED', task: 'DECIDE', enteredOn: '2026-11-01' },
      ...{ until: '2027-08-31', dueOn: '2026-12-07', holder: { level: 'COUNTY', code: '330110' } },
    });
    await decide('approveApplication', waiting.id);
    expect(await life.shown(garden, child.id)).toMatchObject({
      ...{ status: 'DEFERRED', number, deferredUntil: '2027-08-31' },
      deferral: { until: '2027-08-31', remindOn: '2027-08-01', renewable: true },
    });

    const transfer = await transferAsked(child, '2026-11-20');
    expect(await life.shown(garden, child.id)).toMatchObject({
      ...{ status: 'TRANSFERRING', deferredUntil: '2027-08-31', deferral: { renewable: false } },
    });
    await life.acts.act(garden, 'agreeToTransfer', { applicationId: transfer });
    await decide('approveApplication', transfer);
    expect(await life.shown(otherGarden, child.id)).toMatchObject({
      ...{ status: 'DEFERRED', number, deferredUntil: '2027-08-31', institution: { code: OTHER_GARDEN } },
    });
    expect(await life.counted()).toBe(counted);

    today = '2027-08-31';
    await life.tick();
    expect((await life.shown(otherGarden, child.id))!.status).toBe('DEFERRED');
    today = '2027-09-01';
    await Promise.all([life.tick(), life.tick()]);
    await life.tick();
    const over = (await life.shown(otherGarden, child.id))!;
    expect(over).toMatchObject({ status: 'ENROLLED', number, deferredUntil: null, deferral: null });
    expect(over.events.filter(({ type }) => type === 'LAPSE_DEFERRAL')).toEqual([
      {
        ...{ type: 'LAPSE_DEFERRAL', statusFrom: 'DEFERRED', statusTo: 'ENROLLED', reason: null },
        ...{ effectiveOn: '2027-09-01', account: 'system:clock' },
      },
    ]);
    expect(over.placements.map(({ fromOn, untilOn }) => [fromOn, untilOn])).toEqual([
      ['2026-10-08', '2026-11-20'],
      ['2026-11-20', null],
    ]);
    expect(await life.counted()).toBe(counted);
  });

  it.each(['approveApplication', 'refuseApplication', 'withdrawApplication'])(
    'is enrolled when its deferral lapses during a transfer that comes to %s',
    async (act) => {
      today = '2026-11-23';
      const serial =
        311 + ['approveApplication', 'refuseApplication', 'withdrawApplication'].indexOf(act) * 2;
      const child = await deferred(serial, '2026-11-24');
      const transfer = await transferAsked(child, '2026-11-20');
      today = '2026-11-25';
      await life.tick();
      const during = (await life.shown(garden, child.id))!;
      expect([during.status, during.deferredUntil, during.events.at(-1)!.type]).toEqual([
        'TRANSFERRING',
        null,
        'LAPSE_DEFERRAL',
      ]);
      await life.acts.act(garden, 'agreeToTransfer', { applicationId: transfer });
      const reason = '监护人改变主意';
      const by = act === 'withdrawApplication' ? otherGarden : deciding;
      expect(codesOf(await life.acts.act(by, act, { applicationId: transfer, reason }))).toEqual([]);
      const at = act === 'approveApplication' ? OTHER_GARDEN : GARDEN;
      expect(await life.shown(act === 'approveApplication' ? otherGarden : garden, child.id)).toMatchObject({
        ...{ status: 'ENROLLED', deferredUntil: null, institution: { code: at } },
      });
    },
  );

  it.each(['refuseApplication', 'withdrawApplication'])(
    'is what it was when %s ends the request',
    async (act) => {
      today = '2026-11-23';
      const child = await life.enrolled(act === 'refuseApplication' ? 321 : 323, BORN);
      const { events: history, applications, ...before } = (await life.shown(garden, child.id))!;
      const counted = await life.counted();
      await ask(child.id);
      expect(codesOf(await decide(act, (await life.applied(garden, child.id)).id))).toEqual([]);
      const { events, applications: all, ...after } = (await life.shown(garden, child.id))!;
      expect(after).toEqual(before);
      expect([events.length - history.length, all.length - applications.length]).toEqual([2, 1]);
      expect(await life.counted()).toBe(counted);
    },
  );

  it('is renewed from the day after, and goes on if it lapses while the renewal is undecided', async () => {
    today = '2026-11-23';
    const child = await deferred(331, '2026-11-30');
    const queue = async (before: string) => {
      const query = `query($before: LocalDate!) { records(filter: { deferralEndsBefore: $before }, first: 100) { totalCount nodes { id } } }`;
      const { records } = await world.data<{ records: { nodes: { id: string }[] } }>(deciding, query, {
        before,
      });
      return records.nodes.map(({ id }) => id).includes(child.id);
    };
    expect([await queue('2026-11-30'), await queue('2026-12-01')]).toEqual([false, true]);
    expect(codesOf(await ask(child.id, { on: '2026-12-02', until: '2027-11-30' }))).toEqual([
      'DATE_OUTSIDE_STAY',
    ]);
    const early = { on: '2026-12-01', until: '2027-12-01' };
    expect(codesOf(await ask(child.id, early))).toEqual([]);
    expect(codesOf(await ask(child.id, early))).toEqual(['APPLICATION_UNDECIDED']);
    today = '2026-12-01';
    await life.tick();
    expect((await life.shown(garden, child.id))!.status).toBe('ENROLLED');
    await decide('approveApplication', (await life.applied(garden, child.id)).id);
    expect(await life.shown(garden, child.id)).toMatchObject({
      status: 'DEFERRED',
      deferredUntil: '2027-12-01',
    });
  });

  it('is returned, completed with other days and papers, and approved', async () => {
    today = '2026-11-23';
    const child = await life.enrolled(341, BORN);
    await ask(child.id);
    const { id } = await life.applied(garden, child.id);
    await life.acts.act(deciding, 'returnApplication', { applicationId: id, reason: '期限有误' });
    const again = (changes: object) =>
      life.acts.act(garden, 'resubmitApplication', { applicationId: id, ...changes });
    expect(codesOf(await again({ until: '2027-11-24', enteredOn: '2026-11-23' }))).toEqual([
      'DEFERRAL_UNTIL',
    ]);
    expect(codesOf(await again({ evidence: [] }))).toEqual(['EVIDENCE_MISSING']);
    expect(codesOf(await again({ until: '2027-07-31' }))).toEqual([]);
    await decide('approveApplication', id);
    expect(await life.shown(garden, child.id)).toMatchObject({
      status: 'DEFERRED',
      deferredUntil: '2027-07-31',
    });
  });

  it('is of school age, has proof, and is with the kindergarten that asks', async () => {
    today = '2026-11-23';
    const young = await life.enrolled(351, '2020-09-01');
    expect(codesOf(await ask(young.id))).toEqual(['NOT_OF_SCHOOL_AGE']);
    const child = await life.enrolled(353, BORN);
    expect(codesOf(await ask(child.id, { evidence: [paper('OTHER')] }))).toEqual(['EVIDENCE_MISSING']);
    const { id: recordId } = child;
    const rest = { on: '2026-11-01', until: '2027-08-31', evidence: [paper('DEFERRAL_PROOF')] };
    const elsewhere = await life.acts.act(otherGarden, 'requestDeferral', { recordId, ...rest });
    expect(codesOf(elsewhere)).toEqual(['NOT_FOUND']);
  });
});
