import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NATION } from '../../../kernel/rules/viewer.ts';
import { newId, toBytes } from '../../../kernel/store/ids.ts';
import { many, raw, sql } from '../../../kernel/store/sql.ts';
import type { Placement, Record } from '../../../subgraphs/records/model.ts';
import { recordService, type RecordService } from '../../../subgraphs/records/service.ts';
import { openRecordStore, type RecordStore } from '../../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { county, kindergarten, town } from '../town/town.ts';

const BORN = '2021-05-01';
const COUNTED = { by: ['COUNTY', 'CLASS_LEVEL', 'SEX'] as const, area: NATION, where: {} };

interface Child {
  readonly level: 'SMALL' | 'LARGE';
  readonly deferred: boolean;
  readonly excluded: boolean;
  /** Between the freezing and the run. */
  readonly before: 'nothing' | 'leaves' | 'changes class';
  /** Between the run and its undoing. */
  readonly after: 'nothing' | 'is cancelled' | 'is corrected';
}
const children = fc.array(
  fc.record<Child>({
    level: fc.constantFrom('LARGE', 'LARGE', 'SMALL'),
    deferred: fc.boolean(),
    excluded: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
    before: fc.constantFrom('nothing', 'nothing', 'nothing', 'leaves', 'changes class'),
    after: fc.constantFrom('nothing', 'nothing', 'nothing', 'is cancelled', 'is corrected'),
  }),
  { minLength: 1, maxLength: 8 },
);

eachDatabase('A graduation', (databases) => {
  const here = town(0);
  const runs = databases.kind === 'embedded' ? 25 : 10;
  let gardens = 0;
  let day = '2026-11-23';
  let store: RecordStore;
  let service: RecordService;
  beforeAll(async () => {
    store = await openRecordStore(await databases.fresh('graduation'));
    service = recordService(store, here.peers, () => new Date(`${day}T04:00:00Z`));
  });
  afterAll(() => store.close());

  /** A kindergarten nobody has used before, with the peers knowing it. */
  function freshGarden() {
    const garden = { ...here.gardens[0]!, id: newId(), code: `113388${String(++gardens).padStart(4, '0')}`, classIds: [newId(), newId()] as const, nextClassIds: [newId(), newId()] as const };
    here.gardens.push(garden);
    return garden;
  } // prettier-ignore
  type Garden = ReturnType<typeof freshGarden>;

  /** Children that are in the kindergarten since September, put there without their enrolments. */
  async function put({ id: institutionId, code, provinceCode, cityCode, countyCode, classIds }: Garden, some: readonly Pick<Child, 'level' | 'deferred'>[]) {
    const place = { institutionId, institutionCode: code, provinceCode, cityCode, countyCode };
    const records = some.map(({ level, deferred }, i): Record => ({
      ...{ id: newId(), childId: newId(), status: deferred ? 'DEFERRED' : 'ENROLLED', number: null, ...place },
      ...{ classId: classIds[level === 'SMALL' ? 0 : 1], bornOn: BORN, birthCohort: 2021, sex: i % 2 === 0 ? 'MALE' : 'FEMALE' },
      ...{ enteredOn: '2026-09-01', deferredUntil: deferred ? '2027-08-31' : null, mergedInto: null, events: 0, version: 1 },
    }));
    const placements = records.map((record, i): Placement => ({
      ...{ id: newId(), recordId: record.id, ...place, classId: record.classId, birthCohort: 2021, sex: record.sex },
      ...{ classLevel: some[i]!.level, ownership: 'PUBLIC', urbanRural: 'URBAN', fromOn: '2026-09-01', untilOn: null, version: 1 },
    }));
    const deltas = placements.map(({ id: _, ...rest }) => ({ id: newId(), ...rest, delta: 1 }));
    await store.transaction(async (tx) => {
      await tx.insert(store.tables.record, records);
      await tx.insert(store.tables.placement, placements);
      await tx.insert(store.tables.countDelta, deltas);
    });
    return records.map(({ id }) => id);
  } // prettier-ignore

  async function seen(ids: readonly string[]) {
    const records = await service.recordsById(ids);
    const placements = await service.placementsByRecord(ids);
    return new Map(
      records.map(({ id, status, deferredUntil, classId, institutionCode }) => [
        id,
        {
          ...{ status, deferredUntil, classId, institutionCode },
          stays: placements
            .filter(({ recordId }) => recordId === id)
            .map(({ version: _, openKey: __, ...stay }: Placement & { openKey?: unknown }) => stay),
        },
      ]),
    );
  }
  const counts = async () => {
    const [now, again] = [await service.countNow(COUNTED), await service.recount(COUNTED, day)];
    const positive = now.filter(({ count }) => count > 0);
    expect(positive).toEqual(again.filter(({ count }) => count > 0));
    return positive.reduce((sum, { count }) => sum + count, 0);
  };

  const freeze = async (garden: Garden, exclude: readonly string[] = []) => {
    const wish = { institutionCode: garden.code, schoolYear: 2026, exclude: exclude.map((recordId) => ({ recordId, reason: '病假' })) };
    return (await service.freezeGraduation(kindergarten(garden), newId(), wish)).results[0]!;
  }; // prettier-ignore
  const graduate = async (garden: Garden, runId: string, account?: string) => {
    const graduating = { runId, on: '2027-08-31' };
    const answer = await service.graduate(kindergarten(garden, account), newId(), graduating);
    return answer.results[0]!.userErrors.map(({ code }) => code);
  };
  const undo = async (garden: Garden, runId: string) => {
    const answer = await service.undoGraduation(county(garden), newId(), { runId });
    return answer.results[0]!.userErrors.map(({ code }) => code);
  };
  const states = async (runId: string) =>
    new Map(
      (await service.graduationRows({ runId, state: null }, 2000, null)).map((row) => [
        row.recordId,
        row.state,
      ]),
    );

  /** What another act would leave behind; the version moves on, as with every act. */
  const become = (ids: readonly string[], change: string) =>
    ids.length === 0
      ? Promise.resolve(0)
      : store.transaction((tx) =>
          tx.execute(
            sql`UPDATE record SET ${raw(change)}, version = version + 1 WHERE id IN (${many(ids.map(toBytes))})`,
          ),
        );

  it('frozen, run and undone gives back exactly what was, but where a record has moved on', async () => {
    await fc.assert(
      fc.asyncProperty(children, async (some) => {
        day = '2027-06-01';
        const garden = freshGarden();
        const ids = await put(garden, some);
        const of = (which: (child: Child) => boolean) => ids.filter((_, i) => which(some[i]!));
        const would = (child: Child) => child.deferred || child.level === 'LARGE';
        const frozen = await freeze(garden, of((child) => would(child) && child.excluded));
        const listed = of((child) => would(child) && !child.excluded);
        expect(frozen.userErrors.map(({ code }) => code)).toEqual(listed.length === 0 ? ['GRADUATION_NOBODY'] : []);
        if (listed.length === 0) return;
        const clerk = kindergarten(garden);
        for (const recordId of of(({ before }) => before === 'leaves'))
          await service.leave(clerk, newId(), { recordId, reason: 'MOVED_AWAY', on: '2027-06-01' });
        for (const [i, recordId] of ids.entries()) {
          if (some[i]!.before !== 'changes class') continue;
          const classId = garden.classIds[some[i]!.level === 'SMALL' ? 1 : 0];
          await service.moveClass(clerk, newId(), { recordId, classId, on: '2027-06-01' });
        }
        day = '2027-08-31';
        const [before, counted] = [await seen(ids), await counts()];
        expect(await graduate(garden, frozen.runId!)).toEqual([]);
        const graduated = of((child) => would(child) && !child.excluded && child.before === 'nothing');
        expect(await counts()).toBe(counted - graduated.length);
        for (const [id, state] of await states(frozen.runId!))
          expect(state).toBe(graduated.includes(id) ? 'GRADUATED' : listed.includes(id) ? 'REFUSED' : 'EXCLUDED');
        const cancelled = graduated.filter((id) => some[ids.indexOf(id)]!.after === 'is cancelled');
        await become(cancelled, `status = 'CANCELLED'`);
        await become(graduated.filter((id) => some[ids.indexOf(id)]!.after === 'is corrected'), 'events = events');
        day = '2027-09-30';
        expect(await undo(garden, frozen.runId!)).toEqual([]);
        expect(await counts()).toBe(counted - cancelled.length);
        const [after, ended] = [await seen(ids), await states(frozen.runId!)];
        for (const id of ids) {
          if (cancelled.includes(id)) {
            expect([ended.get(id), after.get(id)!.status]).toEqual(['KEPT', 'CANCELLED']);
            continue;
          }
          expect(after.get(id)).toEqual(before.get(id));
          if (graduated.includes(id)) expect(ended.get(id)).toBe('UNDONE');
        }
      }),
      { numRuns: runs },
    );
  }, 120_000); // prettier-ignore

  it('takes 1000 children and not one more, and undoes them in one step', async () => {
    day = '2027-08-31';
    const garden = freshGarden();
    const ids = await put(garden, Array.from({ length: 1001 }, () => ({ level: 'LARGE', deferred: false })));
    expect((await freeze(garden)).userErrors.map(({ code }) => code)).toEqual(['TOO_MANY_ITEMS']);
    await service.leave(kindergarten(garden), newId(), { recordId: ids[0]!, reason: 'MOVED_AWAY', on: day });
    const { runId } = await freeze(garden);
    const before = await counts();
    expect(await graduate(garden, runId!)).toEqual([]);
    expect(await counts()).toBe(before - 1000);
    expect(await undo(garden, runId!)).toEqual([]);
    expect(await counts()).toBe(before);
  }, 60_000); // prettier-ignore

  it('is run once by two clerks at the same moment, and undone once by two', async () => {
    for (let round = 0; round < (databases.kind === 'embedded' ? 2 : 6); round++) {
      day = '2027-08-31';
      const garden = freshGarden();
      const ids = await put(garden, Array.from({ length: 20 }, () => ({ level: 'LARGE', deferred: false })));
      const { runId } = await freeze(garden);
      const before = await counts();
      const both = await Promise.all(['one', 'two'].map((account) => graduate(garden, runId!, account)));
      expect(both.sort()).toEqual([[], ['GRADUATION_RUN_STATE']]);
      expect(await counts()).toBe(before - 20);
      const undone = await Promise.all([undo(garden, runId!), undo(garden, runId!)]);
      expect(undone.sort()).toEqual([[], ['GRADUATION_RUN_STATE']]);
      expect(await counts()).toBe(before);
      const events = await service.eventsByRecord(ids);
      expect(events).toHaveLength(40);
    }
  }, 60_000); // prettier-ignore

  const promote = async (garden: Garden, from: number, to: number, reason: string | null = null) => {
    const item = { fromClassId: garden.classIds[from]!, toClassId: garden.nextClassIds[to]!, reason };
    const answer = await service.promoteClasses(kindergarten(garden), newId(), [item], '2027-09-01');
    const [{ moved, stayed, userErrors }] = answer.results as [(typeof answer.results)[0]];
    const codes = [...userErrors, ...stayed.flatMap((one) => one.userErrors)].map(({ code }) => code);
    // Records come in the order of their ids, which is no order of theirs.
    return [moved, ...codes.sort()] as const;
  };
  const undoPromotion = async (garden: Garden, from: number, to: number, account?: string) => {
    const item = { fromClassId: garden.classIds[from]!, toClassId: garden.nextClassIds[to]! };
    const answer = await service.undoPromotions(county(garden, account), newId(), [item], '误升');
    const [{ moved, stayed, userErrors }] = answer.results as [(typeof answer.results)[0]];
    const codes = [...userErrors, ...stayed.flatMap((one) => one.userErrors)].map(({ code }) => code);
    // Records come in the order of their ids, which is no order of theirs.
    return [moved, ...codes.sort()] as const;
  };

  it('that was refused keeps its child from the next year until it is settled', async () => {
    day = '2027-08-31';
    const garden = freshGarden();
    const [id, other] = await put(garden, [
      { level: 'LARGE', deferred: false },
      { level: 'LARGE', deferred: false },
    ]);
    const { runId } = await freeze(garden, [other!]);
    await become([id!], `class_id = x'00000000000000000000000000000001'`);
    expect(await graduate(garden, runId!)).toEqual([]);
    expect((await states(runId!)).get(id!)).toBe('REFUSED');
    await store.transaction((tx) =>
      tx.execute(sql`UPDATE record SET class_id = ${toBytes(garden.classIds[1])}, version = version + 1 WHERE id = ${toBytes(id!)}`),
    );
    day = '2027-09-02';
    expect(await promote(garden, 1, 1, '留级')).toEqual([1, 'GRADUATION_NOT_SETTLED']);
    const again = await freeze(garden);
    expect(again.userErrors).toEqual([]);
    expect(await graduate(garden, again.runId!)).toEqual([]);
    expect((await service.recordsById([id!]))[0]!.status).toBe('GRADUATED');
  }); // prettier-ignore

  it('has nothing to do with a promotion, which the county takes back in one step within its days', async () => {
    day = '2027-09-02';
    const garden = freshGarden();
    const ids = await put(
      garden,
      Array.from({ length: 4 }, () => ({ level: 'SMALL', deferred: false }) as const),
    );
    const before = await counts();
    const classes = async () => {
      const found = await service.recordsById(ids);
      return ids.map((id) => found.find((one) => one.id === id)!.classId);
    };
    expect(await promote(garden, 0, 0)).toEqual([4]);
    await service.moveClass(kindergarten(garden), newId(), {
      ...{ recordId: ids[0]!, classId: garden.nextClassIds[1], on: '2027-09-02' },
    });
    expect(await undoPromotion(garden, 0, 0, kindergarten(garden).account)).toEqual([
      ...[0, 'PROMOTED_SINCE', 'SAME_ACCOUNT', 'SAME_ACCOUNT', 'SAME_ACCOUNT', 'SAME_ACCOUNT'],
    ]);
    expect(await undoPromotion(garden, 0, 0)).toEqual([3, 'PROMOTED_SINCE']);
    const [small, large] = [garden.classIds[0], garden.nextClassIds[1]];
    expect(await classes()).toEqual([large, small, small, small]);
    expect(await counts()).toBe(before);
    const stays = await service.placementsByRecord([ids[1]!]);
    expect(stays.map(({ fromOn, untilOn, classId, classLevel }) => [fromOn, untilOn, classId, classLevel])).toEqual([
      ['2026-09-01', '2027-09-01', small, 'SMALL'],
      ['2027-09-01', null, small, 'SMALL'],
    ]);
    expect((await service.eventsByRecord([ids[1]!])).map(({ type }) => type)).toEqual(['promoteClasses', 'undoPromotion']);
    // Promoted anew, and too late to be taken back.
    expect(await promote(garden, 0, 0)).toEqual([3]);
    day = '2027-10-03';
    expect((await undoPromotion(garden, 0, 0))[1]).toBe('GRADUATION_UNDO_TOO_LATE');
    expect(await counts()).toBe(before);
  }); // prettier-ignore

  it('leaves who has graduated anew to the later run', async () => {
    day = '2027-08-31';
    const garden = freshGarden();
    const [id] = await put(garden, [{ level: 'LARGE', deferred: false }]);
    const first = (await freeze(garden)).runId!;
    const second = (await freeze(garden)).runId!;
    expect(await graduate(garden, first)).toEqual([]);
    // Reinstated by the county, and graduated from the other list.
    await become([id!], `status = 'ENROLLED'`);
    await store.transaction((tx) =>
      tx.execute(sql`UPDATE placement SET until_on = NULL, version = version + 1 WHERE record_id = ${toBytes(id!)}`),
    );
    expect(await graduate(garden, second)).toEqual([]);
    expect(await undo(garden, first)).toEqual([]);
    const [row] = await service.graduationRows({ runId: first, state: null }, 10, null);
    expect([row!.state, row!.reasons.map(({ code }) => code)]).toEqual(['KEPT', ['GRADUATED_AGAIN']]);
    expect(await undo(garden, second)).toEqual([]);
    expect((await service.recordsById([id!]))[0]!.status).toBe('ENROLLED');
  }); // prettier-ignore

  it('voids the lists that were frozen before it was undone, so that nobody graduates by an old one', async () => {
    day = '2027-08-31';
    const garden = freshGarden();
    await put(garden, [{ level: 'LARGE', deferred: false }]);
    const [first, second] = [(await freeze(garden)).runId!, (await freeze(garden)).runId!];
    expect(await graduate(garden, first)).toEqual([]);
    expect(await undo(garden, first)).toEqual([]);
    expect(await graduate(garden, second)).toEqual(['GRADUATION_RUN_STATE']);
    const runs = await service.graduationRunsById([first, second]);
    expect(runs.map(({ state }) => state).sort()).toEqual(['UNDONE', 'VOID']);
    const third = (await freeze(garden)).runId!;
    expect(await graduate(garden, third)).toEqual([]);
  });

  it('is undone also for whom its kindergarten has asked something since, and nothing stays stuck', async () => {
    day = '2027-08-31';
    const garden = freshGarden();
    const [id] = await put(garden, [{ level: 'LARGE', deferred: false }]);
    const { runId } = await freeze(garden);
    expect(await graduate(garden, runId!)).toEqual([]);
    const wish = { recordId: id!, reason: '误', evidence: [] };
    const asked = (await service.requestReinstatement(kindergarten(garden), newId(), wish)).results[0]!;
    expect(asked.userErrors).toEqual([]);
    expect(await undo(garden, runId!)).toEqual([]);
    expect((await states(runId!)).get(id!)).toBe('UNDONE');
    expect((await service.recordsById([id!]))[0]!.status).toBe('ENROLLED');
    const [application] = await service.applicationsById([asked.applicationId!]);
    expect([application!.state, application!.task]).toEqual(['WITHDRAWN', null]);
    const [step] = await service.stepsByApplication([application!.id]);
    expect(step!.outcome).toBe('WITHDRAWN');
  });

  it('stays where its kindergarten has closed since', async () => {
    day = '2027-08-31';
    const garden = freshGarden();
    await put(garden, [{ level: 'LARGE', deferred: false }]);
    const { runId } = await freeze(garden);
    expect(await graduate(garden, runId!)).toEqual([]);
    garden.status = 'CLOSED';
    expect(await undo(garden, runId!)).toEqual([]);
    const [row] = await service.graduationRows({ runId: runId!, state: null }, 10, null);
    expect([row!.state, row!.reasons.map(({ code }) => code)]).toEqual(['KEPT', ['INSTITUTION_CHANGED']]);
  });
});
