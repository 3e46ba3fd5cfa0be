import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { NATION, ROLES, type Viewer } from '../../kernel/rules/viewer.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { newId } from '../../kernel/store/ids.ts';
import { openChildren } from '../../subgraphs/children/main.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  aChild,
  county,
  institutions,
  inventedId,
  kindergarten,
  MOON,
  NOW,
  province,
  service,
  STAR,
  SUN,
} from './support.ts';

const REGISTER = `mutation($input: RegisterChildInput!) { registerChild(input: $input) { child { id } } }`;
const CORRECT = `mutation($input: CorrectChildInput!) { correctChild(input: $input) { userErrors { code } } }`;
const MOVE = `mutation($input: MoveHoldersInput!) { moveHolders(input: $input) { userErrors { code } } }`;
const UPDATE = `mutation($input: UpdateChildInput!) { updateChild(input: $input) {
  child { nationality ethnicity householdRegion { code } guardians { name phone } } warnings { code } userErrors { code field } } }`;
const HISTORY = `query($id: ID!) { child(id: $id) { name
  history { until changed name sex bornOn document { kind number } applicationId decidedBy }
  changes { at account changed nationality ethnicity householdRegion { code } guardians { name phone } institution { code } child { name } } } }`;
const CHANGES = `query($filter: ChildChangeFilter, $first: Int, $after: String) {
  childChanges(filter: $filter, first: $first, after: $after) {
    nodes { changed ethnicity institution { code } child { name } } pageInfo { hasNextPage endCursor } totalCount } }`;

interface Seen {
  readonly child: { readonly history: { readonly name: string }[]; readonly changes: object[] } | null;
}

eachDatabase('What a child was', (databases) => {
  let subgraph: Subgraph;
  let id: string;
  let n = 0;
  const ask = (viewer: Viewer, query: string, variables: Record<string, unknown> = {}) =>
    executeSubgraph(
      subgraph,
      { query, variables },
      { viewer, requestId: 'request-1', purpose: 'CORRECTION' },
    );
  const data = async (viewer: Viewer, query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await ask(viewer, query, variables);
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data)) as never;
  };
  const faults = async (...args: Parameters<typeof ask>) =>
    (await ask(...args)).errors?.map(({ extensions }) => extensions?.['code']);
  const register = async (code: string, child = aChild()) => {
    const input = { idempotencyKey: `r-${n++}`, child };
    const answer: { registerChild: { child: { id: string } } } = await data(kindergarten(code), REGISTER, { input }); // prettier-ignore
    return answer.registerChild.child.id;
  };
  const applicationId = newId();
  const correct = (name: string, application = newId()) => {
    const order = { applicationId: application, decidedBy: 'county-330105-1', institutionCode: SUN };
    const input = { idempotencyKey: application, correction: { childId: id, name }, ...order };
    return data(service, CORRECT, { input });
  };
  const update = (code: string, change: object) =>
    data(kindergarten(code), UPDATE, { input: { idempotencyKey: `u-${n++}`, childId: id, ...change } });
  const seen = async (viewer: Viewer): Promise<[string[], number] | null> => {
    const { child }: Seen = await data(viewer, HISTORY, { id });
    return child && [child.history.map(({ name }) => name), child.changes.length];
  };

  beforeAll(async () => {
    const location = await databases.fresh('children-history');
    let clock = NOW.getTime();
    subgraph = await openChildren({ location, peers: institutions, now: () => new Date(clock++) });
    id = await register(SUN);
    await correct('某中满', applicationId);
    await register(MOON, aChild({ name: '某中满', ethnicity: null, guardians: [] }));
    await correct('某大小');
    await update(SUN, { ethnicity: '02', guardians: [] });
    await update(MOON, { ethnicity: '03' });
  });
  afterAll(() => subgraph.close());

  it('is told with what changed, until when, by which application and whom, masked like the present', async () => {
    const { child }: { child: { history: object[]; changes: object[] } } = await data(kindergarten(SUN), HISTORY, { id }); // prettier-ignore
    const document = { kind: 'RESIDENT_ID', number: `**************${inventedId('2022-05-20', 'FEMALE', 1).slice(-4)}` }; // prettier-ignore
    const until = expect.stringMatching(/^2026-09-01T02:00:00/) as string;
    expect(child.history[0]).toEqual({
      until,
      changed: ['NAME'],
      name: '某小满',
      sex: 'FEMALE',
      bornOn: '2022-05-20',
      document,
      applicationId,
      decidedBy: 'county-330105-1',
    });
    expect(child.history[1]).toMatchObject({ changed: ['NAME'], name: '某中满' });
    expect(child.changes).toEqual([
      {
        at: until,
        account: `kindergarten-${SUN}`,
        changed: ['ETHNICITY', 'GUARDIANS'],
        nationality: 'CHN',
        ethnicity: '01',
        householdRegion: { code: '330105' },
        guardians: [{ name: '某大满', phone: '138****8000' }],
        institution: { code: SUN },
        child: { name: '某大小' },
      },
    ]);
  });

  it('is known to a kindergarten since it registered the child, to the county of both wholly', async () => {
    expect(await seen(kindergarten(SUN))).toEqual([['某小满', '某中满'], 1]);
    expect(await seen(kindergarten(MOON))).toEqual([['某中满'], 1]);
    expect(await seen(county('330105'))).toEqual([['某小满', '某中满'], 2]);
    expect(await seen(kindergarten(STAR))).toBeNull();
    expect(await seen(county('440305'))).toBeNull();
  });

  it.each(ROLES.filter((role) => role !== 'KINDERGARTEN' && role !== 'COUNTY'))(
    'is told to no %s, by no way',
    async (role) => {
      const viewer: Viewer = { account: 'x', role, area: NATION };
      const keys = [{ __typename: 'Child', id }];
      for (const field of ['history { until }', 'changes { at }']) {
        const query = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child { ${field} } } }`;
        expect(await faults(viewer, query, { keys })).toEqual(['FORBIDDEN']);
      }
      expect(await faults(viewer, CHANGES)).toEqual(['FORBIDDEN']);
      const input = { idempotencyKey: 'x', childId: id, ethnicity: '02' };
      expect(await faults(viewer, UPDATE, { input })).toEqual(['FORBIDDEN']);
    },
  );

  it('is listed for the county, the newest change first, and for nobody else', async () => {
    const all: object[] = [];
    let after: string | null = null;
    for (let page = 0; page < 2; page++) {
      const answer: { childChanges: Page } = await data(county('330105'), CHANGES, { first: 1, after });
      const { nodes, pageInfo, totalCount } = answer.childChanges;
      expect([pageInfo.hasNextPage, totalCount]).toEqual([page === 0, 2]);
      all.push(...nodes);
      after = pageInfo.endCursor;
    }
    const child = { name: '某大小' };
    expect(all).toEqual([
      { changed: ['ETHNICITY'], ethnicity: null, institution: { code: MOON }, child },
      { changed: ['ETHNICITY', 'GUARDIANS'], ethnicity: '01', institution: { code: SUN }, child },
    ]);
    const own: { childChanges: Page } = await data(county('330105'), CHANGES, { filter: { institution: SUN } }); // prettier-ignore
    expect([own.childChanges.nodes.length, own.childChanges.totalCount]).toEqual([1, 1]);
    const elsewhere: { childChanges: Page } = await data(county('440305'), CHANGES);
    expect(elsewhere.childChanges.nodes).toEqual([]);
    expect(await faults(county('440305'), CHANGES, { filter: { institution: SUN } })).toEqual(['FORBIDDEN']);
    for (const viewer of [kindergarten(SUN), province('330000')]) {
      expect(await faults(viewer, CHANGES)).toEqual(['FORBIDDEN']);
    }
  });

  it('is not changed by a kindergarten that does not hold the child, nor in what is key', async () => {
    const refused = (code: string, field: string[]) => ({
      updateChild: { child: null, warnings: [], userErrors: [{ code, field }] },
    });
    expect(await update(STAR, { ethnicity: '02' })).toEqual(refused('CHILD_UNKNOWN', ['childId']));
    expect(await update(SUN, { ethnicity: '04', name: '某' })).toEqual(
      refused('KEY_FIELD_NEEDS_CORRECTION', ['name']),
    );
    expect(await update(SUN, { nationality: 'KAZ', guardians: [{ relation: 'FATHER', name: '某大雪' }] })).toEqual({
      updateChild: {
        child: {
          nationality: 'KAZ',
          ethnicity: '02',
          householdRegion: { code: '330105' },
          guardians: [{ name: '某大雪', phone: null }],
        },
        warnings: [],
        userErrors: [],
      },
    }); // prettier-ignore
  });

  it('comes along wholly where the child is moved, and is closed to whoever it has left', async () => {
    const moves = [{ childId: id, fromInstitutionCode: SUN, toInstitutionCode: STAR, on: '2026-09-01' }];
    await data(service, MOVE, { input: { idempotencyKey: 'move', moves } });
    expect(await seen(kindergarten(STAR))).toEqual([['某小满', '某中满'], 0]);
    expect(await seen(kindergarten(SUN))).toBeNull();
    expect(await seen(kindergarten(MOON))).toEqual([['某中满'], 1]);
  });
});

interface Page {
  readonly nodes: object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly totalCount: number;
}
