import { expect, it } from 'vitest';
import { sql } from '../../kernel/store/sql.ts';
import { loadCalendarYear } from '../../subgraphs/records/service/load-calendar.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase, type Databases } from '../support/databases.ts';
import { noticeOf2027 } from '../support/notice.ts';
import { acts, deciding, garden, inventedChild, openGardens } from '../support/story.ts';
import { startWorld } from '../support/world.ts';

const now = () => new Date('2026-11-23T02:00:00.000Z');

interface Queue {
  readonly applications: { readonly nodes: readonly { dueOn: string; dueProvisional: boolean }[] };
}
const QUEUE = `{ applications(filter: { state: SUBMITTED }) { nodes { dueOn dueProvisional } } }`;

/** Remembers where the records are, so that an operator can reach them beside the running graph. */
function remembering(databases: Databases) {
  const places = new Map<string, Awaited<ReturnType<Databases['fresh']>>>();
  const fresh = async (name: string) => {
    const place = await databases.fresh(name);
    places.set(name, place);
    return place;
  };
  return { databases: { ...databases, fresh }, place: (name: string) => places.get(name)! };
}

eachDatabase("The State Council's notice", (given) => {
  it('moves a due date that was provisional, while the graph is running', async () => {
    const { databases, place } = remembering(given);
    const world = await startWorld({ databases, wiring: 'in one process', now });
    await acts(world, await openGardens(world)).enrol(garden, [inventedChild(1)]);
    const queue = async () => (await world.data<Queue>(deciding, QUEUE)).applications.nodes;
    expect(await queue()).toEqual([{ dueOn: '2026-12-08', dueProvisional: false }]);

    const store = await openRecordStore(place('records'), { migrate: false });
    await store.transaction((tx) =>
      tx.execute(
        sql`UPDATE application SET due_rule = ${'TRANSFER'}, due_from = ${'2026-12-18'}, due_on = ${'2027-01-04'}, due_provisional = 1`,
      ),
    );
    expect(await queue()).toEqual([{ dueOn: '2027-01-04', dueProvisional: true }]);
    await loadCalendarYear({ store, now }, noticeOf2027);
    expect(await queue()).toEqual([{ dueOn: '2027-01-03', dueProvisional: false }]);
    await store.close();
    await world.close();
  });
});
