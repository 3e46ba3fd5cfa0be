/** What becomes of children and their records when institutions and regions change. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { analyst, COUNTY, deciding, GARDEN, garden, inventedChild, opening, OTHER_GARDEN, otherGarden } =
  story;
const ministry: ViewerSpec = { account: 'ministry-1', role: 'MINISTRY' };
const city: ViewerSpec = { account: 'city-1', role: 'CITY', region: '330100' };
const farCounty: ViewerSpec = {
  account: 'far-county-1',
  role: 'COUNTY',
  purpose: 'CASE_HANDLING',
  region: '330106',
};

interface Acted {
  readonly institution: { readonly code: string; readonly status: string } | null;
  readonly moved?: number;
  readonly userErrors: readonly { code: string; messageEn: string }[];
}

interface Shown {
  readonly status: string;
  readonly institution: { readonly code: string };
  readonly county: { readonly code: string };
  readonly placements: readonly { fromOn: string; untilOn: string | null; institution: { code: string } }[];
  readonly events: readonly { type: string; account: string | null; effectiveOn: string }[];
}

const RECORD = `query($id: ID!) { record(id: $id) { status institution { code } county { code } child { name }
  placements { fromOn untilOn institution { code } } events { type account effectiveOn } } }`;

function telling(world: World) {
  let calls = 0;
  return {
    async change(as: ViewerSpec, name: string, input: object): Promise<Acted> {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const shown = name === 'reorganiseRegions' ? 'moved' : 'institution { code status }';
      const query = `mutation($input: ${type}!) { act: ${name}(input: $input) { ${shown} userErrors { code messageEn } } }`;
      const data = { input: { idempotencyKey: `${name}-${++calls}`, on: '2026-11-10', ...input } };
      return (await world.data<{ act: Acted }>(as, query, data)).act;
    },
    record: async (as: ViewerSpec, id: string) =>
      (await world.data<{ record: Shown | null }>(as, RECORD, { id })).record,
    async counted(region: string): Promise<number> {
      const query =
        'query($region: String!) { enrolmentCounts(by: [], filter: { region: $region }) { count } }';
      const { enrolmentCounts } = await world.data<{ enrolmentCounts: { count: number }[] }>(analyst, query, {
        region,
      });
      return enrolmentCounts[0]?.count ?? 0;
    },
  };
}

const codesOf = ({ userErrors }: Pick<Acted, 'userErrors'>) => userErrors.map(({ code }) => code);
const stays = (record: Shown | null) =>
  record!.placements.map(({ institution, fromOn, untilOn }) => `${institution.code} ${fromOn} ${untilOn}`);

everywhere('When an institution or its region changes', (start) => {
  let world: World;
  let clock: number;
  let acts: ReturnType<typeof story.acts>;
  let tells: ReturnType<typeof telling>;
  let serial = 0;
  /** The record of a child that has left a kindergarten which was closed. */
  let archived: string;

  beforeAll(async () => {
    clock = Date.parse('2026-11-23T02:00:00Z');
    world = await start({ now: () => new Date(clock) });
    acts = story.acts(world, await story.openGardens(world));
    tells = telling(world);
  });
  afterAll(() => world.close());

  /** Enrolled children of a kindergarten since 8 October: the ids of their records. */
  async function enrolled(as: ViewerSpec, count: number, by = deciding): Promise<string[]> {
    const children = Array.from({ length: count }, () => inventedChild((serial += 1)));
    const applications = await acts.enrol(as, children);
    const approved = await acts.approve(by, applications);
    return approved.results.map(({ record }) => record!.id);
  }

  it('a renamed kindergarten keeps its code, its children and what it was called', async () => {
    const [id] = await enrolled(garden, 1);
    const renamed = await tells.change(opening, 'renameInstitution', {
      institutionCode: GARDEN,
      name: '实验幼儿园',
      on: '2026-11-02',
    });
    expect(renamed).toEqual({ institution: { code: GARDEN, status: 'OPEN' }, userErrors: [] });
    const query = `query($code: String!) { now: institution(code: $code) { name history { name fromOn untilOn act account } } then: institution(code: $code, asOf: "2026-11-01") { name status } before: institution(code: $code, asOf: "2020-08-31") { name } }`;
    expect(await world.data(deciding, query, { code: GARDEN })).toEqual({
      now: {
        name: '实验幼儿园',
        history: [
          {
            name: '示例幼儿园1',
            fromOn: '2020-09-01',
            untilOn: '2026-11-02',
            act: 'OPEN',
            account: 'county-clerk-1',
          },
          {
            name: '实验幼儿园',
            fromOn: '2026-11-02',
            untilOn: null,
            act: 'RENAME',
            account: 'county-clerk-1',
          },
        ],
      },
      then: { name: '示例幼儿园1', status: 'OPEN' },
      before: null,
    });
    expect(stays(await tells.record(garden, id!))).toEqual([`${GARDEN} 2026-10-08 null`]);
  });

  it('a merger takes records, children and undecided applications along; then and now are kept, counts follow', async () => {
    const third = '1133990031';
    const item = { code: third, name: '示例幼儿园3', kind: 'KINDERGARTEN', founder: 'PRIVATE', urbanRuralClass: '111', region: COUNTY, openedOn: '2020-09-01' }; // prettier-ignore
    await world.data(opening, `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { userErrors { code } } } }`, { input: { idempotencyKey: 'third', items: [item] } }); // prettier-ignore
    const { openClasses } = await world.data<{ openClasses: { results: { class: { id: string } }[] } }>(
      opening,
      `mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { id } } } }`,
      {
        input: {
          idempotencyKey: 'third-class',
          items: [{ institutionCode: third, name: '小一班', level: 'SMALL', schoolYear: 2026 }],
        },
      },
    );
    const thirdGarden: ViewerSpec = {
      account: 'third-entry',
      role: 'KINDERGARTEN',
      purpose: 'CASE_HANDLING',
      institution: third,
    };
    const thirdActs = story.acts(
      { data: (as, query, variables) => world.data(as, query, renamed(variables)) },
      new Map([[third, openClasses.results[0]!.class.id]]),
    );
    const [child, pending] = [inventedChild((serial += 1)), inventedChild((serial += 1))];
    const [enrolment] = await thirdActs.enrol(thirdGarden, [child]);
    const approved = await thirdActs.approve(deciding, [enrolment!]);
    const id = approved.results[0]!.record!.id;
    const [waiting] = await thirdActs.enrol(thirdGarden, [pending]);
    const before = await tells.counted(COUNTY);

    const merged = await tells.change(opening, 'mergeInstitutions', {
      institutionCodes: [third],
      into: GARDEN,
    });
    expect(merged).toEqual({ institution: { code: GARDEN, status: 'OPEN' }, userErrors: [] });
    const record = await tells.record(garden, id);
    expect(record).toMatchObject({
      status: 'ENROLLED',
      institution: { code: GARDEN },
      child: { name: '甲乙' },
    });
    expect(stays(record)).toEqual([`${third} 2026-10-08 2026-11-10`, `${GARDEN} 2026-11-10 null`]);
    expect(record!.events.at(-1)).toMatchObject({ type: 'MERGE_INSTITUTION', effectiveOn: '2026-11-10' });
    // The archive went along, with its words.
    const archive = 'query($id: ID!) { record(id: $id) { applications { kind state } events { account } } }';
    expect(await world.data(garden, archive, { id })).toEqual({
      record: {
        applications: [{ kind: 'ENROLMENT', state: 'APPROVED' }],
        events: ['third-entry', deciding.account, opening.account].map((account) => ({ account })),
      },
    });
    expect(await tells.record(thirdGarden, id)).toBeNull();
    expect(await tells.counted(COUNTY)).toBe(before);
    // Nobody takes children in under a void code; what waited is decided for the one that remains.
    const refused = await thirdActs.register(thirdGarden, [inventedChild((serial += 1))]);
    expect(
      [...refused.userErrors, ...refused.results.flatMap(({ userErrors }) => userErrors)].map(
        ({ code }) => code,
      ),
    ).toEqual(['INSTITUTION_NOT_LAWFUL']);
    const decided = await acts.approve(deciding, [waiting!]);
    expect(decided.results[0]!.userErrors).toEqual([]);
    expect(stays(await tells.record(garden, decided.results[0]!.record!.id))).toEqual([
      `${GARDEN} 2026-10-08 null`,
    ]);
    const old = await world.data(
      analyst,
      `query($code: String!) { institution(code: $code) { status successor { code classes { name } } } }`,
      { code: third },
    );
    expect(old).toEqual({
      institution: {
        status: 'CLOSED',
        successor: { code: GARDEN, classes: [{ name: '小一班' }, { name: `小一班（${third}）` }] },
      },
    });
  });

  /** Keys of this second set of acts must not meet those of the first. */
  const renamed = (variables: object | undefined) => {
    const { input } = variables as { input: { idempotencyKey: string } };
    return { ...variables, input: { ...input, idempotencyKey: `third-${input.idempotencyKey}` } };
  };

  it('a closing kindergarten takes nobody in and closes when it is empty, not before and not at once', async () => {
    const [id] = await enrolled(otherGarden, 1);
    const begun = await tells.change(opening, 'beginClosing', { institutionCode: OTHER_GARDEN });
    expect(begun.institution).toEqual({ code: OTHER_GARDEN, status: 'CLOSING' });
    const entering = await acts.register(otherGarden, [inventedChild((serial += 1))]);
    expect(
      [...entering.userErrors, ...entering.results.flatMap(({ userErrors }) => userErrors)].map(
        ({ code }) => code,
      ),
    ).toEqual(['INSTITUTION_NOT_LAWFUL']);
    const closer = { ...opening, account: 'county-keeper', named: ['seeSealedChildren'] as const };
    const close = (on = '2026-11-23') =>
      tells.change(closer, 'closeInstitution', { institutionCode: OTHER_GARDEN, on });
    expect(codesOf(await close())).toEqual(['CLOSING_TOO_EARLY']);
    clock += 61_000;
    const full = await close();
    expect([codesOf(full), full.userErrors[0]!.messageEn]).toEqual([
      ['CHILDREN_REMAIN'],
      '1 children and 0 undecided applications remain; they must be transferred or decided first.',
    ]);
    await acts.act(otherGarden, 'leave', { recordId: id, reason: 'MOVED_AWAY', on: '2026-11-20' });
    expect(codesOf(await close('2026-11-19'))).toEqual(['CLOSED_WITH_CHILDREN']);
    expect((await close()).institution).toEqual({ code: OTHER_GARDEN, status: 'CLOSED' });
    archived = id!;
    // The archive of who has left stays with the county.
    expect(await tells.record(deciding, id!)).toMatchObject({
      status: 'LEFT',
      institution: { code: OTHER_GARDEN },
    });
  });

  it('what is told while records is down arrives later, once, and a repeated delivery changes nothing', async () => {
    const [id] = await enrolled(garden, 1);
    const records = world.subgraphs.find(({ name }) => name === 'records')!;
    const down = vi.spyOn(records, 'context').mockImplementation(() => {
      throw new Error('down');
    });
    const moved = await tells.change(city, 'moveInstitution', { institutionCode: GARDEN, region: '330106' });
    expect(moved.userErrors).toEqual([]);
    down.mockRestore();
    expect(await tells.record(farCounty, id!)).toBeNull();
    const institutions = world.subgraphs.find(({ name }) => name === 'institutions')!;
    await institutions.tick!();
    const record = await tells.record(farCounty, id!);
    expect([record!.county.code, await tells.record(deciding, id!)]).toEqual(['330106', null]);
    expect(stays(record)).toEqual([`${GARDEN} 2026-10-08 2026-11-10`, `${GARDEN} 2026-11-10 null`]);
    expect([(await tells.counted('330106')) > 0, await tells.counted(COUNTY)]).toEqual([true, 0]);
    // Told once more a minute and a half later, and by whoever starts anew.
    clock += 120_000;
    await institutions.tick!();
    expect(await tells.record(farCounty, id!)).toEqual(record);
  });

  describe('of regions', () => {
    it('the new county decides what the abolished ones had before them, and the old codes lead to it', async () => {
      const [enrolment] = await acts.enrol(garden, [inventedChild((serial += 1))]);
      const before = (await tells.counted('330106')) + (await tells.counted(COUNTY));
      const refused = await tells.change(ministry, 'reorganiseRegions', {
        ...{
          on: '2026-11-20',
          founded: [{ code: '330199', name: '新区', level: 'COUNTY', parent: '330100' }],
        },
        abolished: [{ code: '330106', successors: ['330199'] }],
      });
      expect(codesOf(refused)).toEqual(['INSTITUTIONS_WITHOUT_PLACE']);
      const done = await tells.change(ministry, 'reorganiseRegions', {
        ...{
          on: '2026-11-20',
          founded: [{ code: '330199', name: '新区', level: 'COUNTY', parent: '330100' }],
        },
        abolished: ['330106', COUNTY].map((code) => ({
          code,
          successors: ['330199'],
          institutionsTo: '330199',
        })),
      });
      // The one that stands, the closed one and the one that was merged.
      expect(done).toEqual({ moved: 3, userErrors: [] });
      const old = await acts.approve(farCounty, [enrolment!]);
      expect(old.results[0]!.userErrors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
      const newCounty: ViewerSpec = {
        account: 'new-county-1',
        role: 'COUNTY',
        purpose: 'CASE_HANDLING',
        region: '330199',
      };
      const decided = await acts.approve(newCounty, [enrolment!]);
      expect(decided.results[0]!.userErrors).toEqual([]);
      // The archive of the closed one has a county in charge, the new one.
      const archive = { status: 'LEFT', institution: { code: OTHER_GARDEN }, county: { code: '330199' } };
      expect(await tells.record(newCounty, archived)).toMatchObject(archive);
      expect(await tells.record(deciding, archived)).toBeNull();
      expect(await tells.counted('330199')).toBe(before + 1);
      expect([await tells.counted('330106'), await tells.counted(COUNTY)]).toEqual([0, 0]);
      const query = `{ old: region(code: "330106") { validTo successors { code } } new: region(code: "330199") { validFrom fullName predecessors { code } } }`;
      expect(await world.data(analyst, query)).toEqual({
        old: { validTo: '2026-11-20', successors: [{ code: '330199' }] },
        new: {
          validFrom: '2026-11-20',
          fullName: '浙江省杭州市新区',
          predecessors: [{ code: '330106' }, { code: COUNTY }],
        },
      });
    });
  });
});
