import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { loadCalendarYear } from '../../subgraphs/records/service/load-calendar.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase, type Databases } from '../support/databases.ts';
import { noticeOf2027 } from '../support/notice.ts';
import * as story from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const { deciding, garden, inventedChild, otherGarden, OTHER_GARDEN } = story;
const province: ViewerSpec = { account: 'province-33', role: 'PROVINCE', region: '330000' };

const SET = `mutation($input: SetSettingInput!) { setSetting(input: $input) { setting { version } userErrors { code } } }`;
const QUEUE = `{ applications(filter: { kind: TRANSFER }) { nodes { id dueOn dueProvisional steps { dueOn } } } }`;

interface Queue {
  readonly applications: {
    readonly nodes: readonly {
      id: string;
      dueOn: string;
      dueProvisional: boolean;
      steps: { dueOn: string }[];
    }[];
  };
}

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

eachDatabase('A province that shortens the deadline of transfers', (given) => {
  const { databases, place } = remembering(given);
  let day = '2026-12-18';
  const now = () => new Date(`${day}T02:00:00.000Z`);
  let world: World;
  let classes: Map<string, string>;
  let acts: ReturnType<typeof story.acts>;
  const moved: string[] = [];
  const children = [1, 2].map((serial) => inventedChild(serial));
  beforeAll(async () => {
    world = await startWorld({ databases, wiring: 'in one process', now });
    classes = await story.openGardens(world);
    acts = story.acts(world, classes);
    await acts.approve(deciding, await acts.enrol(garden, children));
  });
  afterAll(() => world.close());

  async function transfer(index: number): Promise<void> {
    const registered = await acts.register(otherGarden, [children[index]!]);
    const done = await acts.act(otherGarden, 'requestTransfer', {
      childId: registered.results[0]!.child!.id,
      institutionCode: OTHER_GARDEN,
      classId: classes.get(OTHER_GARDEN),
      enteredOn: day,
      evidence: [{ kind: 'GUARDIAN_APPLICATION', reference: `F-2026-${index}`, digest: 'a'.repeat(64) }],
    });
    expect(done.userErrors).toEqual([]);
    moved.push(done.application!.id);
  }

  /** Due days in the order in which the transfers began, as the queue and as the open step have them. */
  async function due() {
    const { nodes } = (await world.data<Queue>(deciding, QUEUE)).applications;
    return moved.map((id) => {
      const { dueOn, dueProvisional, steps } = nodes.find((node) => node.id === id)!;
      return [dueOn, steps.map((step) => step.dueOn).join(), dueProvisional];
    });
  }

  it('leaves a step that has begun its day, and gives the next the new one', async () => {
    day = '2026-12-21';
    await transfer(0);
    expect(await due()).toEqual([['2027-01-05', '2027-01-05', true]]);
    const input = {
      idempotencyKey: 'shorten',
      name: 'DEADLINE_TRANSFER',
      value: { deadline: { length: 6, unit: 'WORKING_DAYS' } },
      validFrom: '2026-12-24',
      reason: '省实施细则第九条',
    };
    expect(await world.data(province, SET, { input })).toEqual({
      setSetting: { setting: { version: 1001 }, userErrors: [] },
    });
    day = '2026-12-24';
    await transfer(1);
    expect(await due()).toEqual([
      ['2027-01-05', '2027-01-05', true],
      ['2027-01-04', '2027-01-04', true],
    ]);
  });

  it('finds both moved by the notice, each under the version it began with', async () => {
    const store = await openRecordStore(place('records'), { migrate: false });
    expect(await loadCalendarYear({ store, now }, noticeOf2027)).toMatchObject({ moved: 2 });
    await store.close();
    expect(await due()).toEqual([
      ['2027-01-04', '2027-01-04', false],
      ['2027-01-03', '2027-01-03', false],
    ]);
  });
});
