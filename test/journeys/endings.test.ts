import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { codesOf, lives, paper, type Lives } from '../support/lives.ts';
import { COUNTY, deciding, GARDEN, garden, openGardens, opening, otherGarden } from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const BORN = '2022-10-15';
const province: ViewerSpec = { account: 'province-1', role: 'PROVINCE', region: '330000' };
const ministry: ViewerSpec = { account: 'ministry-1', role: 'MINISTRY' };
/** A child without a document, which gets an L number; told from the others by its name. */
const withoutId = (serial: number) => ({
  ...{ documentKind: 'NONE', documentNumber: null },
  name: `甲${String.fromCodePoint(0x4e00 + serial)}`,
});

everywhere('A record that ends', (start) => {
  let world: World;
  let life: Lives;
  let today = '2026-11-23';
  beforeAll(async () => {
    world = await start({ now: () => new Date(`${today}T02:00:00Z`) });
    life = lives(world, await openGardens(world));
  });
  afterAll(() => world.close());

  const cancel = (as: ViewerSpec, recordId: string, changes: object = {}) =>
    life.acts.act(as, 'requestCancellation', {
      ...{ recordId, reason: 'DEATH', on: '2026-11-20', evidence: [paper('DEATH_CERTIFICATE')] },
      ...changes,
    });
  const duplicate = (duplicateOf: object | null) => ({
    ...{ reason: 'PROVEN_DUPLICATE', evidence: [paper('DUPLICATE_PROOF')], duplicateOf },
  });
  const decide = async (recordId: string, act = 'approveApplication', by = deciding, reason = '属实') =>
    life.acts.act(by, act, { applicationId: (await life.applied(by, recordId)).id, reason });
  const leave = (recordId: string, on: string) =>
    life.acts.act(garden, 'leave', { recordId, reason: 'MOVED_AWAY', on });
  const reinstate = (recordId: string, changes: object = {}) =>
    life.acts.act(garden, 'requestReinstatement', { recordId, reason: '误操作', evidence: [], ...changes });
  const stays = async (id: string) =>
    (await life.shown(garden, id))!.placements.map(({ fromOn, untilOn }) => [fromOn, untilOn]);

  const secondClass = async () => {
    const items = [{ institutionCode: GARDEN, name: '小二班', level: 'SMALL', schoolYear: 2026 }];
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      opening,
      'mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }',
      { input: { idempotencyKey: 'second-class', items } },
    );
    return openClasses.results[0]!.class.id;
  };

  it('because the child died keeps its number, is counted no more, and the child cannot enrol again', async () => {
    const child = await life.enrolled(401, BORN);
    const counted = await life.counted();
    expect(codesOf(await cancel(garden, child.id, { evidence: [paper('OTHER')] }))).toEqual([
      'EVIDENCE_MISSING',
    ]);
    expect(codesOf(await cancel(garden, child.id, { on: '2026-10-07' }))).toEqual(['DATE_OUTSIDE_STAY']);
    expect(codesOf(await cancel(otherGarden, child.id))).toEqual(['NOT_FOUND']);
    expect(codesOf(await cancel(garden, child.id))).toEqual([]);
    expect(await life.shown(garden, child.id)).toMatchObject({ status: 'ENROLLED' });
    expect(await life.applied(deciding, child.id)).toMatchObject({
      ...{ kind: 'CANCELLATION', dueOn: '2026-12-07', holder: { level: 'COUNTY', code: COUNTY } },
    });
    expect(codesOf(await decide(child.id))).toEqual([]);
    const over = (await life.shown(garden, child.id))!;
    expect([over.status, over.number]).toEqual(['CANCELLED', child.number]);
    expect(over.events.at(-1)).toMatchObject({ statusFrom: 'ENROLLED', effectiveOn: '2026-11-20' });
    expect(await stays(child.id)).toEqual([['2026-10-08', '2026-11-20']]);
    expect(await life.counted()).toBe(counted - 1);
    expect([await life.counted('2026-11-19'), await life.counted('2026-11-20')]).toEqual([
      counted,
      counted - 1,
    ]);
    expect(await life.resolved(child.number, BORN)).toMatchObject({
      outcome: 'FOUND',
      currentNumber: child.number,
    });
    const again = await life.acts.submit(garden, [child.childId], { enteredOn: '2026-11-23' });
    expect(codesOf(again.results[0]!)).toEqual(['RECORD_ENDED']);
  });

  it('because the child died before its last move to another class is counted to that day, and back when it was a mistake', async () => {
    const child = await life.enrolled(479, BORN);
    const [october, late, now] = [await life.counted('2026-10-20'), await life.counted('2026-11-10'), await life.counted()];
    expect(codesOf(await life.acts.act(garden, 'moveClass', { recordId: child.id, classId: await secondClass(), on: '2026-11-02' }))).toEqual([]);
    expect(codesOf(await cancel(garden, child.id, { on: '2026-10-07' }))).toEqual(['DATE_OUTSIDE_STAY']);
    expect(codesOf(await cancel(garden, child.id, { on: '2026-10-21' }))).toEqual([]);
    expect(codesOf(await decide(child.id))).toEqual([]);
    expect(await stays(child.id)).toEqual([['2026-10-08', '2026-10-21'], ['2026-11-02', '2026-11-02']]);
    const counted = async () => [await life.counted('2026-10-20'), await life.counted('2026-11-10'), await life.counted()];
    expect(await counted()).toEqual([october, late - 1, now - 1]);
    expect(codesOf(await reinstate(child.id))).toEqual([]);
    expect(codesOf(await decide(child.id))).toEqual([]);
    expect(await stays(child.id)).toEqual([['2026-10-08', '2026-11-02'], ['2026-11-02', null]]);
    expect(await counted()).toEqual([october, late, now]);
  }); // prettier-ignore

  it('as a proven duplicate still resolves to the record that goes on, also if that one is merged later', async () => {
    const [first, second, third] = [
      await life.enrolled(403, BORN, withoutId(403)),
      await life.enrolled(405, BORN, withoutId(405)),
      await life.enrolled(407, BORN, withoutId(407)),
    ];
    const ask = (changes: object | null) => cancel(garden, first.id, duplicate(changes));
    expect(codesOf(await ask(null))).toEqual(['DUPLICATE_NOT_NAMED']);
    expect(codesOf(await ask({ recordId: first.id }))).toEqual(['DUPLICATE_SAME']);
    expect(codesOf(await ask({ number: second.number, bornOn: '2022-10-16' }))).toEqual([
      'DUPLICATE_UNKNOWN',
    ]);
    expect(codesOf(await ask({ recordId: '01930000-0000-7000-8000-000000000000' }))).toEqual([
      'DUPLICATE_UNKNOWN',
    ]);
    expect(codesOf(await ask({ number: second.number, bornOn: BORN }))).toEqual([]);
    await decide(first.id);
    const resolved = async (number: string) => life.resolved(number, BORN);
    expect(await resolved(first.number)).toMatchObject({
      ...{ outcome: 'FOUND', currentNumber: second.number, status: 'IN_KINDERGARTEN' },
    });
    // It cannot be what another one goes on as.
    expect(codesOf(await cancel(garden, third.id, duplicate({ recordId: first.id })))).toEqual([
      'DUPLICATE_ENDED',
    ]);
    await cancel(garden, second.id, duplicate({ recordId: third.id }));
    await decide(second.id);
    expect(await resolved(first.number)).toMatchObject({ currentNumber: third.number });
    expect(await resolved(second.number)).toMatchObject({ currentNumber: third.number });
    // Undone, the second is itself again, and the first leads to it.
    expect(codesOf(await reinstate(second.id))).toEqual([]);
    expect(codesOf(await decide(second.id))).toEqual([]);
    expect(await resolved(first.number)).toMatchObject({ currentNumber: second.number });
  });

  it.each(['in one request', 'in two'])(
    'never both of two that were taken for each other’s duplicates, %s',
    async (how) => {
      const serial = how === 'in two' ? 411 : 415;
      const [one, two] = [
        await life.enrolled(serial, BORN, withoutId(serial)),
        await life.enrolled(serial + 2, BORN, withoutId(serial + 2)),
      ];
      await cancel(garden, one.id, duplicate({ recordId: two.id }));
      await cancel(garden, two.id, duplicate({ recordId: one.id }));
      const ids = [(await life.applied(deciding, one.id)).id, (await life.applied(deciding, two.id)).id];
      const answers =
        how === 'in two'
          ? await Promise.all(ids.map((id) => life.acts.approve(deciding, [id])))
          : [await life.acts.approve(deciding, ids)];
      const codes = answers.flatMap(({ results }) => results.map(codesOf));
      expect(codes.sort()).toEqual([[], ['DUPLICATE_ENDED']]);
      const statuses = [await life.shown(garden, one.id), await life.shown(garden, two.id)].map(
        (one) => one!.status,
      );
      expect(statuses.sort()).toEqual(['CANCELLED', 'ENROLLED']);
    },
  );

  it('as a duplicate with a G number is asked for by the province and decided by the ministry', async () => {
    const [one, two] = [await life.enrolled(421, BORN), await life.enrolled(423, BORN, withoutId(423))];
    const named = duplicate({ recordId: two.id });
    expect(codesOf(await cancel(garden, one.id, named))).toEqual(['G_NUMBER_BY_PROVINCE']);
    expect(codesOf(await cancel(province, two.id, duplicate({ recordId: one.id })))).toEqual([
      'PROVINCE_FOR_G_NUMBERS',
    ]);
    expect(codesOf(await cancel(province, one.id))).toEqual(['PROVINCE_FOR_G_NUMBERS']);
    expect(codesOf(await cancel(province, one.id, named))).toEqual([]);
    expect(await life.applied(ministry, one.id)).toMatchObject({
      holder: { level: 'NATION', code: '000000' },
    });
    expect(codesOf(await decide(one.id))).toEqual(['NOT_WITH_YOU']);
    expect(codesOf(await decide(one.id, 'withdrawApplication', garden))).toEqual(['NOT_THE_APPLICANT']);
    expect(codesOf(await decide(one.id, 'approveApplication', ministry))).toEqual([]);
    expect(await life.resolved(one.number, BORN)).toMatchObject({ currentNumber: two.number });
    // There is one child: the record that goes on takes over its document, and with it the number, which is never a second one.
    const changes = { documentKind: 'RESIDENT_ID', documentNumber: one.child.documentNumber };
    const proof = [paper('GUARDIAN_APPLICATION'), paper('IDENTITY_DOCUMENT')];
    const request = { recordId: two.id, changes, evidence: proof };
    expect(codesOf(await life.acts.act(garden, 'requestCorrection', request))).toEqual([]);
    expect(codesOf(await decide(two.id))).toEqual([]);
    expect((await life.shown(garden, two.id))!.number).toBe(one.number);
    for (const number of [one.number, two.number])
      expect(await life.resolved(number, BORN)).toMatchObject({
        outcome: 'FOUND',
        currentNumber: one.number,
      });
    expect(codesOf(await life.acts.act(garden, 'requestCorrection', request))).toEqual([
      'CORRECTION_CHANGES_NOTHING',
    ]);
  });

  it('by a leaving that was a mistake goes on with no gap, and every day counts as if it had never left', async () => {
    const child = await life.enrolled(431, BORN);
    const on = async () => [
      await life.counted(),
      await life.counted('2026-11-01'),
      await life.counted('2026-11-10'),
    ];
    const [before, october, november] = (await on()) as [number, number, number];
    await leave(child.id, '2026-11-02');
    expect(await on()).toEqual([before - 1, october, november - 1]);
    expect(codesOf(await reinstate(child.id, { reason: ' ' }))).toEqual(['REASON_REQUIRED']);
    expect(codesOf(await reinstate(child.id))).toEqual([]);
    expect(await on()).toEqual([before - 1, october, november - 1]);
    const again = await life.acts.submit(garden, [child.childId], { enteredOn: '2026-11-23' });
    expect(codesOf(again.results[0]!)).toEqual(['APPLICATION_UNDECIDED']);
    expect(codesOf(await decide(child.id))).toEqual([]);
    expect(await on()).toEqual([before, october, november]);
    const back = (await life.shown(garden, child.id))!;
    expect(back).toMatchObject({ status: 'ENROLLED', number: child.number, enteredOn: '2026-10-08' });
    expect(await stays(child.id)).toEqual([['2026-10-08', null]]);
    expect(back.events.at(-1)).toMatchObject({
      statusFrom: 'LEFT',
      statusTo: 'ENROLLED',
      effectiveOn: '2026-11-02',
    });
    // It may leave again, and that is what a second reinstatement would undo.
    await leave(child.id, '2026-11-16');
    await reinstate(child.id);
    await decide(child.id);
    expect((await life.shown(garden, child.id))!.events.at(-1)!.effectiveOn).toBe('2026-11-16');
  });

  it.each(['refuseApplication', 'withdrawApplication'])(
    'is as it was when %s ends either request',
    async (act) => {
      const serial = act === 'refuseApplication' ? 441 : 445;
      const child = await life.enrolled(serial, BORN);
      const seen = async () => {
        const { events, applications, ...rest } = (await life.shown(garden, child.id))!;
        return [rest, await life.counted(), events.length - applications.length * 2];
      };
      const by = act === 'refuseApplication' ? deciding : garden;
      const enrolled = await seen();
      await cancel(garden, child.id);
      expect(codesOf(await decide(child.id, act, by))).toEqual([]);
      expect(await seen()).toEqual(enrolled);
      await leave(child.id, '2026-11-02');
      const left = await seen();
      await reinstate(child.id);
      expect(codesOf(await decide(child.id, act, by))).toEqual([]);
      expect(await seen()).toEqual(left);
    },
  );

  it('while deferred is deferred again, or enrolled if the deferral has passed meanwhile', async () => {
    today = '2026-11-23';
    const ended = async (serial: number) => {
      const child = await life.enrolled(serial, '2020-05-10');
      await life.acts.act(garden, 'requestDeferral', {
        ...{ recordId: child.id, on: '2026-11-01', until: '2026-12-31', evidence: [paper('DEFERRAL_PROOF')] },
      });
      await decide(child.id);
      await leave(child.id, '2026-11-20');
      expect((await life.shown(garden, child.id))!.deferredUntil).toBeNull();
      await reinstate(child.id);
      return child.id;
    };
    const [soon, late] = [await ended(451), await ended(453)];
    await decide(soon);
    expect(await life.shown(garden, soon)).toMatchObject({ status: 'DEFERRED', deferredUntil: '2026-12-31' });
    today = '2027-01-01';
    // By now the county has let its day pass; whoever is there decides.
    await decide(late);
    expect(await life.shown(garden, late)).toMatchObject({ status: 'ENROLLED', deferredUntil: null });
    expect(await stays(late)).toEqual([['2026-10-08', null]]);
  });

  it('is reinstated within the months of the province', async () => {
    today = '2026-11-23';
    const child = await life.enrolled(461, BORN);
    await leave(child.id, '2026-11-02');
    today = '2027-11-03';
    expect(codesOf(await reinstate(child.id))).toEqual(['REINSTATEMENT_TOO_LATE']);
    today = '2027-11-02';
    expect(codesOf(await reinstate(child.id))).toEqual([]);
  });
});
