/** What is on its way while an institution moves or is merged: it lands where the institution is by then. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { eachDatabase } from '../support/databases.ts';
import * as story from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const { APPROVE, COUNTY, deciding, GARDEN, garden, inventedChild, opening, otherCounty, otherGarden } = story;
const city: ViewerSpec = { account: 'city-1', role: 'CITY', region: '330100' };
const farCounty = otherCounty.region!;
type Loaders = Record<string, { load?: (key: unknown) => Promise<unknown> }>;

eachDatabase('While an institution changes', (databases) => {
  let world: World;
  let acts: ReturnType<typeof story.acts>;
  const classes = new Map<string, string>();
  let serial = 0;
  const key = () => `in-flight-${++serial}`;
  const child = () => inventedChild(++serial);
  const subgraph = (name: string): Subgraph => world.subgraphs.find((one) => one.name === name)!;

  beforeAll(async () => {
    world = await startWorld({
      databases,
      wiring: 'in one process',
      now: () => new Date('2026-11-23T02:00:00Z'),
    });
    for (const [code, id] of await story.openGardens(world)) classes.set(code, id);
    acts = story.acts(world, classes);
  });
  afterAll(() => world.close());

  /** Another kindergarten, its class and its clerk. */
  async function opened(code: string): Promise<ViewerSpec> {
    const item = { code, name: `示例${code}`, kind: 'KINDERGARTEN', founder: 'PRIVATE', urbanRuralClass: '111', region: COUNTY, openedOn: '2020-09-01' }; // prettier-ignore
    await world.data(opening, `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { userErrors { code } } } }`, { input: { idempotencyKey: key(), items: [item] } }); // prettier-ignore
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      opening,
      `mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }`,
      { input: { idempotencyKey: key(), items: [{ institutionCode: code, name: '小一班', level: 'SMALL', schoolYear: 2026 }] } }, // prettier-ignore
    );
    classes.set(code, openClasses.results[0]!.class.id);
    return { account: `entry-${code}`, role: 'KINDERGARTEN', purpose: 'CASE_HANDLING', institution: code };
  }
  async function change(as: ViewerSpec, name: string, input: object): Promise<void> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { act: ${name}(input: $input) { userErrors { code } } }`;
    const data = { input: { idempotencyKey: key(), on: '2026-11-21', ...input } };
    expect(await world.data(as, query, data)).toEqual({ act: { userErrors: [] } });
  }
  const move = (code: string) =>
    change(city, 'moveInstitution', { institutionCode: code, region: farCounty });
  const merge = (code: string, into: string) =>
    change(opening, 'mergeInstitutions', { institutionCodes: [code], into });

  /** Begins an act; what it asked institutions for reaches it only when something else has been done. */
  async function meanwhile<Answer>(
    begin: () => Promise<Answer>,
    other: () => Promise<void>,
  ): Promise<Answer> {
    const institutions = subgraph('institutions');
    const context = institutions.context.bind(institutions);
    let open = () => {};
    let hit = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const reached = new Promise<void>((resolve) => (hit = resolve));
    institutions.context = (call) => {
      const made = context(call) as { loaders: Loaders };
      if (call.viewer.role !== 'SERVICE') return made;
      const held = (loader: Loaders[string]) => ({
        load: async (value: unknown) => {
          const answer = await loader.load!(value);
          hit();
          await gate;
          return answer;
        },
      });
      const loaders = new Proxy(made.loaders, {
        get: (target, name: string) => (target[name]?.load ? held(target[name]) : target[name]),
      });
      return { ...made, loaders };
    };
    const act = begin();
    await reached;
    await new Promise((resolve) => setTimeout(resolve, 100));
    institutions.context = context;
    await other();
    open();
    return act;
  }
  const record = async (as: ViewerSpec, id: string) =>
    (await world.data<{ record: object | null }>(as, 'query($id: ID!) { record(id: $id) { institution { code } county { code } } }', { id })).record; // prettier-ignore
  const sees = async (as: ViewerSpec, id: string): Promise<boolean> =>
    (await world.data<{ child: object | null }>(as, 'query($id: ID!) { child(id: $id) { id } }', { id })).child !== null; // prettier-ignore

  it('a child that is registered is the new county’s when the kindergarten moves', async () => {
    const here = await opened('1133990031');
    const registered = await meanwhile(() => acts.register(here, [child()]), () => move(here.institution!)); // prettier-ignore
    const { id } = registered.results[0]!.child!;
    expect([await sees(otherCounty, id), await sees(deciding, id)]).toEqual([true, false]);
  });

  it('no child is registered under a code that a merger has made void', async () => {
    const here = await opened('1133990041');
    const registered = await meanwhile(() => acts.register(here, [child()]), () => merge(here.institution!, GARDEN)); // prettier-ignore
    expect(registered.userErrors.map(({ code }) => code)).toEqual(['INSTITUTION_NOT_LAWFUL']);
  });

  it('an enrolment that is submitted is the new county’s to decide when the kindergarten moves', async () => {
    const here = await opened('1133990051');
    const registered = await acts.register(here, [child()]);
    const ids = [registered.results[0]!.child!.id];
    const submitted = await meanwhile(() => acts.submit(here, ids), () => move(here.institution!)); // prettier-ignore
    const { application, record: made } = submitted.results[0]!;
    expect(await record(otherCounty, made!.id)).toMatchObject({ county: { code: farCounty } });
    expect((await acts.approve(deciding, [application!.id])).results[0]!.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]); // prettier-ignore
    expect((await acts.approve(otherCounty, [application!.id])).results[0]!.userErrors).toEqual([]);
  });

  it('no enrolment is submitted under a code that a merger has made void', async () => {
    const here = await opened('1133990061');
    const registered = await acts.register(here, [child()]);
    const ids = [registered.results[0]!.child!.id];
    const submitted = await meanwhile(() => acts.submit(here, ids), () => merge(here.institution!, GARDEN)); // prettier-ignore
    expect(submitted.results[0]!.userErrors.map(({ code }) => code)).toContain('INSTITUTION_NOT_LAWFUL');
    expect((await acts.submit(garden, ids, { classId: classes.get(GARDEN)! })).results[0]!.userErrors).toEqual([]); // prettier-ignore
  });

  it.each([
    ['the kindergarten the child has left', '1133990071', '1133990081', (from: string) => from],
    ['the kindergarten the child has come to', '1133990091', '1133990101', (_: string, to: string) => to],
  ])('a hand-over that comes late goes on when %s is merged', async (_, fromCode, toCode, going) => {
    const [from, to] = [await opened(fromCode), await opened(toCode)];
    const papers = child();
    const [enrolment] = await acts.enrol(from, [papers]);
    await acts.approve(deciding, [enrolment!]);
    const { id } = (await acts.register(to, [papers])).results[0]!.child!;
    const evidence = [{ kind: 'GUARDIAN_APPLICATION', reference: 'ZY-1', digest: 'ab'.repeat(32) }];
    const transfer = { childId: id, institutionCode: toCode, classId: classes.get(toCode), enteredOn: '2026-11-20', evidence }; // prettier-ignore
    const { application } = await acts.act(to, 'requestTransfer', transfer);
    await acts.act(from, 'agreeToTransfer', { applicationId: application!.id });
    await world.down('children', 1);
    const input = { idempotencyKey: key(), applicationIds: [application!.id] };
    const failed = await world.ask(deciding, APPROVE, { input });
    expect(failed.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    await world.up('children');
    await merge(going(fromCode, toCode), GARDEN);
    await subgraph('records').tick!();
    const present = [from, to, garden, otherGarden];
    expect(await Promise.all(present.map((as) => sees(as, id)))).toEqual(
      present.map(
        ({ institution }) => institution === (going(fromCode, toCode) === toCode ? GARDEN : toCode),
      ),
    );
  });
});
