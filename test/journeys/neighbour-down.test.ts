import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import type { SubgraphName } from '../../kernel/graph/subgraph.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { deciding, garden, inventedChild, otherGarden } = story;
const PAPER = { kind: 'GUARDIAN_APPLICATION', reference: 'ZY-1', digest: 'ab'.repeat(32) };
const RECORD = `query($id: ID!) { record(id: $id) { status number institution { code }
  placements { untilOn institution { code } } events { type } } }`;
const APPLICATION = `query($id: ID!) { application(id: $id) { state } }`;

interface Shown {
  readonly status: string;
  readonly number: string | null;
  readonly institution: { code: string };
  readonly placements: { untilOn: string | null; institution: { code: string } }[];
  readonly events: { type: string }[];
}

/** One of the mutations as it is, without an alias, so that the fault's path is its own name. */
const mutation = (name: string) =>
  `mutation($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
    application { id state } record { id status } userErrors { code } } }`;

everywhere('While a neighbour is down', (start) => {
  let world: World;
  let classes: Map<string, string>;
  let acts: ReturnType<typeof story.acts>;
  let serial = 501;
  let key = 0;
  beforeAll(async () => {
    world = await start({ now: () => new Date('2026-11-23T02:00:00Z') });
    classes = await story.openGardens(world);
    acts = story.acts(world, classes);
  });
  afterAll(() => world.close());

  /** Submitted at the first kindergarten; the other one has registered the child, too. */
  async function submitted() {
    const child = inventedChild(serial++);
    const registered = await acts.register(garden, [child]);
    await acts.register(otherGarden, [child]);
    const childId = registered.results[0]!.child!.id;
    const { results } = await acts.submit(garden, [childId]);
    return { childId, recordId: results[0]!.record!.id, applicationId: results[0]!.application!.id };
  }
  async function enrolled() {
    const life = await submitted();
    await acts.approve(deciding, [life.applicationId]);
    return life;
  }
  const transferOf = ({ childId }: { childId: string }) => ({
    ...{ idempotencyKey: `down-${key++}`, childId, institutionCode: story.OTHER_GARDEN },
    ...{ classId: classes.get(story.OTHER_GARDEN), enteredOn: '2026-11-20', evidence: [PAPER] },
  });
  /** Asked for by the other kindergarten and let go by its own. */
  async function letGo() {
    const life = await enrolled();
    const asked = await acts.act(otherGarden, 'requestTransfer', transferOf(life));
    const applicationId = (asked.application as unknown as { id: string }).id;
    await acts.act(garden, 'agreeToTransfer', { applicationId });
    return { ...life, applicationId };
  }

  const shown = async (id: string) => (await world.data<{ record: Shown }>(deciding, RECORD, { id })).record;
  const stateOf = async (id: string) =>
    (await world.data<{ application: { state: string } }>(deciding, APPLICATION, { id })).application.state;
  const childSeenBy = async (as: ViewerSpec, id: string) => {
    const query = 'query($id: ID!) { child(id: $id) { id } }';
    return (await world.data<{ child: object | null }>(as, query, { id })).child !== null;
  };
  const holdersOf = ({ childId }: { childId: string }) =>
    Promise.all([garden, otherGarden].map((as) => childSeenBy(as, childId)));
  const openPlacements = ({ placements }: Shown) =>
    placements.filter(({ untilOn }) => untilOn === null).map(({ institution }) => institution.code);

  /** The act, which must fail with a fault that may be retried and names its place. */
  async function fails(as: ViewerSpec, name: string, input: object): Promise<void> {
    const answer = await world.ask(as, mutation(name), { input });
    expect([answer.status, answer.data]).toEqual([200, { [name]: null }]);
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [[name], 'SUBGRAPH_UNAVAILABLE'],
    ]);
  }
  async function succeeds(as: ViewerSpec, name: string, input: object) {
    type Answer = { [act: string]: { userErrors: object[]; application: { id: string; state: string } } };
    const answer = await world.data<Answer>(as, mutation(name), { input });
    expect(answer[name]!.userErrors).toEqual([]);
    return answer[name]!.application;
  }
  async function tick(): Promise<void> {
    for (const subgraph of world.subgraphs) await subgraph.tick?.();
  }

  it.each<SubgraphName>(['children', 'institutions'])(
    '%s: an enrolment is not approved, nothing is written, and the retry with the same key does it',
    async (neighbour) => {
      const { recordId, applicationId } = await submitted();
      const input = { idempotencyKey: `down-${key++}`, applicationId };
      await world.down(neighbour);
      await fails(deciding, 'approveApplication', input);
      await fails(deciding, 'approveApplication', input);
      await world.up(neighbour);
      expect(await shown(recordId)).toMatchObject({ status: 'PENDING', number: null, placements: [] });
      expect((await succeeds(deciding, 'approveApplication', input)).state).toBe('APPROVED');
      expect(await shown(recordId)).toMatchObject({ status: 'ENROLLED', placements: [{ untilOn: null }] });
    },
  );

  it.each<SubgraphName>(['children', 'institutions'])(
    '%s: a transfer is not begun, nothing is written, and the retry with the same key begins one',
    async (neighbour) => {
      const life = await enrolled();
      const input = transferOf(life);
      await world.down(neighbour);
      await fails(otherGarden, 'requestTransfer', input);
      await world.up(neighbour);
      expect((await shown(life.recordId)).status).toBe('ENROLLED');
      const { id } = await succeeds(otherGarden, 'requestTransfer', input);
      expect((await succeeds(otherGarden, 'requestTransfer', input)).id).toBe(id);
      const { status, events } = await shown(life.recordId);
      expect([status, events.map(({ type }) => type)]).toEqual([
        'TRANSFERRING',
        ['SUBMIT_ENROLMENT', 'APPROVE_APPLICATION', 'REQUEST_TRANSFER'],
      ]);
    },
  );

  it.each<SubgraphName>(['children', 'institutions'])(
    '%s, from the beginning: a transfer is not approved, nothing is written, and the retry does it',
    async (neighbour) => {
      const life = await letGo();
      const input = { idempotencyKey: `down-${key++}`, applicationId: life.applicationId };
      await world.down(neighbour);
      await fails(deciding, 'approveApplication', input);
      await world.up(neighbour);
      expect(await stateOf(life.applicationId)).toBe('SUBMITTED');
      const before = await shown(life.recordId);
      expect([before.status, openPlacements(before)]).toEqual(['TRANSFERRING', [story.GARDEN]]);
      await succeeds(deciding, 'approveApplication', input);
      const after = await shown(life.recordId);
      expect([after.status, openPlacements(after)]).toEqual(['ENROLLED', [story.OTHER_GARDEN]]);
      expect(await holdersOf(life)).toEqual([false, true]);
    },
  );

  // The approval asks children once and institutions twice before it writes; what comes next is the follow-up.
  const MIDDLE: readonly (readonly [SubgraphName, number])[] = [['children', 1], ['institutions', 2]]; // prettier-ignore

  it.each(MIDDLE)(
    '%s, in the middle: the transfer stands, and the retry with the same key finishes it',
    async (neighbour, answers) => {
      const life = await letGo();
      const input = { idempotencyKey: `down-${key++}`, applicationId: life.applicationId };
      await world.down(neighbour, answers);
      await fails(deciding, 'approveApplication', input);
      await world.down(neighbour);
      await fails(deciding, 'approveApplication', input);
      await world.up(neighbour);
      const before = await shown(life.recordId);
      expect([before.status, openPlacements(before)]).toEqual(['ENROLLED', [story.OTHER_GARDEN]]);
      expect(await holdersOf(life)).toEqual([true, true]);
      expect((await succeeds(deciding, 'approveApplication', input)).state).toBe('APPROVED');
      expect(await holdersOf(life)).toEqual([false, true]);
      // Nothing happened twice.
      expect(await shown(life.recordId)).toEqual(before);
    },
  );

  it.each(MIDDLE)(
    '%s, in the middle: the clock finishes what nobody retries, once the neighbour is back',
    async (neighbour, answers) => {
      const life = await letGo();
      const input = { idempotencyKey: `down-${key++}`, applicationId: life.applicationId };
      await world.down(neighbour, answers);
      await fails(deciding, 'approveApplication', input);
      await world.down(neighbour);
      await expect(tick()).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
      await world.up(neighbour);
      expect(await holdersOf(life)).toEqual([true, true]);
      await tick();
      expect(await holdersOf(life)).toEqual([false, true]);
    },
  );

  it('children: acts that need nobody else go on', async () => {
    const life = await enrolled();
    const away = await letGo();
    await world.down('children');
    await succeeds(garden, 'leave', {
      ...{ idempotencyKey: `down-${key++}`, recordId: life.recordId, reason: 'HEALTH', on: '2026-11-20' },
    });
    await succeeds(otherGarden, 'withdrawApplication', {
      ...{ idempotencyKey: `down-${key++}`, applicationId: away.applicationId },
    });
    await world.up('children');
    expect([(await shown(life.recordId)).status, (await shown(away.recordId)).status]).toEqual([
      'LEFT',
      'ENROLLED',
    ]);
  });
});
