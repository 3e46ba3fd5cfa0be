import DataLoader from 'dataloader';
import { outsideArea } from '../../../kernel/graph/faults.ts';
import { manyByKey, oneByKey } from '../../../kernel/graph/loaders.ts';
import { sightOf, type Sight } from '../../../kernel/rules/sight.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { seenProblem } from './problem-types.ts';
import type { RecordOn } from '../model.ts';
import type { ProvinceSettings } from '../rules/settings.ts';
import type { RecordService } from '../service.ts';
import type { Headcounts } from '../service/headcounts.ts';

/** Asked once for many, and only within the viewer's area: what is not the viewer's is not there. */
export function loadersOf(service: RecordService, viewer: Viewer) {
  const sight = sightOf(viewer);
  const tally = (find: (keys: readonly string[]) => Promise<Headcounts>) =>
    new DataLoader<string, number>(async (keys) => {
      const counts = await find(keys);
      return keys.map((key) => counts.get(key) ?? outsideArea(viewer.area));
    });
  const applicationsOf = manyByKey(
    (ids) => service.applicationsOfRecordsSeen(sight, ids),
    (application) => application.recordId,
  );
  return {
    record: oneByKey(
      (ids) => service.recordsSeen(sight, ids),
      (record) => record.id,
    ),
    /** The child behind a record, for those who see an application; who may see the child is the child's own rule. */
    childOf: new DataLoader<string, string | null>(async (ids) => {
      const records = new Map((await service.recordsById(ids)).map(({ id, childId }) => [id, childId]));
      return ids.map((id) => records.get(id) ?? null);
    }),
    /** Records as they stood on days; each day asked for is one statement. */
    recordOn: new DataLoader<IdOnDay, RecordOn | null, string>(
      (asked) => recordsOnDays(service, sight, asked),
      { cacheKeyFn: ({ id, on }) => `${id} ${on}` },
    ),
    numbersOf: manyByKey(service.numbersByRecord, (number) => number.recordId),
    /** Not guarded by an area: an offer shows of these only what its own fields say. */
    offeredRecord: oneByKey(service.recordsById, (record) => record.id),
    /** The child of an offered record, to those who see the record anyway, and to whom the child was brought. */
    offeredChild: new DataLoader<string, string | null>(async (ids) => {
      const records = new Map((await service.recordsById(ids)).map((record) => [record.id, record]));
      const foreign = [...records.values()].filter((record) => !covers(viewer.area, record));
      const { level, code } = viewer.area;
      const held =
        level === 'INSTITUTION' && foreign.length > 0
          ? await service.heldBy(
              code,
              foreign.map(({ childId }) => childId),
            )
          : new Set<string>();
      return ids.map((id) => {
        const record = records.get(id);
        return record && (covers(viewer.area, record) || held.has(record.childId)) ? record.childId : null;
      });
    }),
    offersOf: manyByKey(service.standingOffers, (offer) => offer.recordId),
    recordOfChild: oneByKey(
      (ids) => service.recordsOfChildrenSeen(sight, ids),
      (record) => record.childId,
    ),
    application: oneByKey(
      (ids) => service.applicationsSeen(sight, ids),
      (application) => application.id,
    ),
    applicationsOf,
    problemCase: oneByKey(
      async (ids) => (await service.withRecords(await service.problemCasesSeen(sight, ids))).map(seenProblem),
      (problem) => problem.id,
    ),
    stepsOf: manyByKey(
      (ids) => service.timedSteps(ids),
      (step) => step.applicationId,
    ),
    placementsOf: manyByKey(service.placementsByRecord, (placement) => placement.recordId),
    eventsOf: manyByKey(
      // What is not seen does not lie in the area either, so the applications of the same request will do.
      (ids) =>
        service.eventsFor(viewer, ids, (some) =>
          Promise.all(some.map((id) => applicationsOf.load(id))).then((lists) => lists.flat()),
        ),
      (event) => event.recordId,
    ),
    settingsOf: new DataLoader<string, ProvinceSettings>(async (provinces) => {
      const settings = await service.settingsNow(provinces);
      return provinces.map((code) => settings.get(code)!);
    }),
    graduationRun: oneByKey(
      (ids) => service.graduationRunsSeen(sight, ids),
      (run) => run.id,
    ),
    headcountOfInstitution: tally((codes) => service.headcountsIn(viewer, codes)),
    headcountOfClass: tally((ids) => service.headcountsInClasses(viewer, ids)),
  };
}
export type Loaders = ReturnType<typeof loadersOf>;

export interface IdOnDay {
  readonly id: string;
  readonly on: string;
}

async function recordsOnDays(
  service: RecordService,
  sight: Sight,
  asked: readonly IdOnDay[],
): Promise<(RecordOn | null)[]> {
  const found = new Map<string, RecordOn>();
  for (const day of new Set(asked.map(({ on }) => on))) {
    const ids = asked.filter(({ on }) => on === day).map(({ id }) => id);
    for (const one of await service.recordsOnById(ids, sight, day)) found.set(`${one.id} ${day}`, one);
  }
  return asked.map(({ id, on }) => found.get(`${id} ${on}`) ?? null);
}
