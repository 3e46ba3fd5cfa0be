import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import type { Purpose } from '../../kernel/rules/purposes.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
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

const REGISTER = `mutation($input: RegisterChildrenInput!) { registerChildren(input: $input) {
  results { created child { id name } warnings { code field } userErrors { code field } } userErrors { code field } } }`;
const LIST = `query($filter: ChildFilter, $first: Int, $after: String) { children(filter: $filter, first: $first, after: $after) {
  nodes { id } pageInfo { hasNextPage endCursor } totalCount } }`;
const ENTITIES = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child {
  id sex bornOn name likeChildren residentIdForNumber holderCodes } } }`;

eachDatabase('The children graph', (databases) => {
  let subgraph: Subgraph;
  let ids: string[];

  const askFor = (
    purpose: Purpose | undefined,
    viewer: Viewer,
    query: string,
    variables: Record<string, unknown> = {},
  ) => executeSubgraph(subgraph, { query, variables }, { viewer, requestId: 'request-1', purpose });
  const ask = (viewer: Viewer, query: string, variables: Record<string, unknown> = {}) =>
    askFor('ENROLMENT', viewer, query, variables);
  const data = async (viewer: Viewer, query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await ask(viewer, query, variables);
    expect(errors).toBeUndefined();
    // Results have no prototype, which toEqual would mind.
    return JSON.parse(JSON.stringify(data)) as never;
  };
  const faults = async (viewer: Viewer, query: string, variables: Record<string, unknown> = {}) =>
    (await ask(viewer, query, variables)).errors?.map(({ extensions }) => extensions?.['code']);
  const register = async (code: string, key: string, items: unknown[]) => {
    const answer = await data(kindergarten(code), REGISTER, { input: { idempotencyKey: key, items } });
    return (answer as { registerChildren: { results: { child: { id: string } | null }[] } }).registerChildren;
  };

  beforeAll(async () => {
    const location = await databases.fresh('children-graph');
    subgraph = await openChildren({ location, peers: institutions, now: () => NOW });
    const passport = { documentKind: 'PASSPORT', documentNumber: 'e12345678' };
    const first = await register(SUN, 'a', [
      aChild(),
      { ...aChild({ name: '阿依·古丽' }), ...passport },
      aChild({}, 2),
    ]);
    await register(MOON, 'b', [aChild()]);
    const far = await register(STAR, 'c', [aChild({ name: '某远' }, 9)]);
    ids = [...first.results, ...far.results].map(({ child }) => child!.id);
  });
  afterAll(() => subgraph.close());

  it('says what came of each item, at its place in the input', async () => {
    const items = [aChild(), aChild({ name: '' }, 3), aChild({ name: '某小雪' })];
    expect(await register(SUN, 'd', items)).toEqual({
      results: [
        {
          created: false,
          child: { id: ids[0], name: '某小满' },
          warnings: [
            { code: 'ID_REGION_UNKNOWN', field: ['items', '0', 'documentNumber'] },
            { code: 'POSSIBLE_DUPLICATE', field: ['items', '0'] },
          ],
          userErrors: [],
        },
        {
          created: false,
          child: null,
          warnings: [],
          userErrors: [{ code: 'NAME_EMPTY', field: ['items', '1', 'name'] }],
        },
        {
          created: false,
          child: null,
          warnings: [],
          userErrors: [{ code: 'DOCUMENT_BELONGS_TO_ANOTHER', field: ['items', '2', 'documentNumber'] }],
        },
      ],
      userErrors: [],
    });
  });

  it('registers one child by an input with defaults', async () => {
    const child = { name: '某晴', sex: 'MALE', bornOn: '2023-01-02', documentKind: 'NONE' };
    const mutation = `mutation($input: RegisterChildInput!) { registerChild(input: $input) { created userErrors { code field } } }`;
    expect(await data(kindergarten(STAR), mutation, { input: { idempotencyKey: 'e', child } })).toEqual({
      registerChild: {
        created: false,
        userErrors: [{ code: 'GUARDIAN_REQUIRED', field: ['child', 'guardians'] }],
      },
    });
  });

  it('shows a child whole to its kindergarten that says what for, numbers and phones masked', async () => {
    const query = `query($id: ID!) { child(id: $id) { id name sex bornOn nationality ethnicity registeredAt
      householdRegion { code } documents { kind number issuedBy } guardians { relation name phone } } }`;
    expect(await data(kindergarten(SUN), query, { id: ids[0] })).toEqual({
      child: {
        id: ids[0],
        name: '某小满',
        sex: 'FEMALE',
        bornOn: '2022-05-20',
        nationality: 'CHN',
        ethnicity: '01',
        registeredAt: NOW.toISOString(),
        householdRegion: { code: '330105' },
        documents: [
          {
            kind: 'RESIDENT_ID',
            number: `**************${inventedId('2022-05-20', 'FEMALE', 1).slice(-4)}`,
            issuedBy: null,
          },
        ],
        guardians: [{ relation: 'MOTHER', name: '某大满', phone: '138****8000' }],
      },
    });
  });

  interface Whole {
    readonly child: { readonly name: string; readonly guardians: { name: string; phone: string }[] };
  }
  const WHO = `query($id: ID!) { child(id: $id) { name documents { number } guardians { name phone } } }`;

  it.each<[string, Viewer, Purpose | undefined]>([
    ['its kindergarten, when it does not say what for', kindergarten(SUN), undefined],
    ['its county, when it does not say what for', county('330105'), undefined],
    ['those who supervise, whatever they say', province('330000'), 'ENROLMENT'],
  ])('masks names and whole numbers for %s', async (_, viewer, purpose) => {
    const answer = await askFor(purpose, viewer, WHO, { id: ids[0] });
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      data: {
        child: {
          name: '某*',
          documents: [{ number: '*'.repeat(18) }],
          guardians: [{ name: '某*', phone: '138****8000' }],
        },
      },
    });
  });

  it('opens no more than the purpose needs: guardians to be reached by their kindergarten', async () => {
    const guardian = async (purpose: Purpose, viewer = kindergarten(SUN)) => {
      const { data } = await askFor(purpose, viewer, WHO, { id: ids[0] });
      const { name, guardians } = (data as unknown as Whole).child;
      return [name, guardians[0]!.name, guardians[0]!.phone];
    };
    expect(await guardian('VERIFICATION')).toEqual(['某小满', '某*', '138****8000']);
    expect(await guardian('GUARDIAN_SERVICE')).toEqual(['某小满', '某大满', '13800008000']);
    expect(await guardian('GUARDIAN_SERVICE', county('330105'))).toEqual(['某*', '某*', '138****8000']);
  });

  describe('By id, by document and by reference', () => {
    const byId = `query($id: ID!) { child(id: $id) { id } }`;
    const byDocument = `query($number: String!) { childByDocument(kind: PASSPORT, number: $number) { id } }`;
    const byKey = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child { id } } }`;

    it.each<[string, Viewer, boolean]>([
      ['its kindergarten', kindergarten(SUN), true],
      ['another kindergarten', kindergarten(MOON), false],
      ['its county', county('330105'), true],
      ['another county', county('440305'), false],
    ])('%s finds it or finds nothing, always alike', async (_, viewer, visible) => {
      const found = visible ? { id: ids[1] } : null;
      expect(await data(viewer, byId, { id: ids[1] })).toEqual({ child: found });
      expect(await data(viewer, byDocument, { number: ' Ｅ12345678' })).toEqual({ childByDocument: found });
      const keys = [{ __typename: 'Child', id: ids[1] }];
      expect(await data(viewer, byKey, { keys })).toEqual({ _entities: [found] });
    });

    it.each<[string, Viewer, boolean]>([
      ['its province', province('330000'), true],
      ['another province', province('440000'), false],
    ])('%s finds it by id only, and never by a document', async (_, viewer, visible) => {
      const found = visible ? { id: ids[1] } : null;
      expect(await data(viewer, byId, { id: ids[1] })).toEqual({ child: found });
      const keys = [{ __typename: 'Child', id: ids[1] }];
      expect(await data(viewer, byKey, { keys })).toEqual({ _entities: [found] });
      expect(await faults(viewer, byDocument, { number: 'E12345678' })).toEqual(['FORBIDDEN']);
    });

    it('a child that is not there is null', async () => {
      expect(await data(county('330105'), byId, { id: 'no-such-id' })).toEqual({ child: null });
      expect(await data(county('330105'), byDocument, { number: 'E00000000' })).toEqual({
        childByDocument: null,
      });
    });
  });

  it('lists every child of an area once, page by page, in the order of the ids', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const answer = await data(county('330105'), LIST, { first: 1, after });
      const { nodes, pageInfo, totalCount } = (answer as { children: ChildPage }).children;
      expect([nodes.length, pageInfo.hasNextPage, totalCount]).toEqual([1, page < 2, 3]);
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(ids.slice(0, 3).sort());
  });

  it.each<[string, Viewer, string | null, number, number | null]>([
    ['a kindergarten its own', kindergarten(MOON), null, 1, 1],
    ['a kindergarten its own by name', kindergarten(MOON), MOON, 1, 1],
    ['a county one of its kindergartens', county('330105'), SUN, 3, 3],
    ['a province without a total', province('330000'), null, 3, null],
  ])('lists for %s', async (_, viewer, institution, nodes, totalCount) => {
    const answer = await data(viewer, LIST, { filter: { institution } });
    const page = (answer as { children: ChildPage }).children;
    expect([page.nodes.length, page.totalCount]).toEqual([nodes, totalCount]);
  });

  it.each<[string, Viewer, string]>([
    ['a kindergarten another one', kindergarten(MOON), SUN],
    ['a county one elsewhere', county('330105'), STAR],
    ['a county one that does not exist', county('330105'), '1199999999'],
  ])('refuses to list for %s', async (_, viewer, institution) => {
    expect(await faults(viewer, LIST, { filter: { institution } })).toEqual(['FORBIDDEN']);
  });

  it.each([
    'MINISTRY_ANALYST',
    'PRIMARY_SCHOOL',
    'AUDITOR',
    'GUARDIAN',
    'SYSTEM_ADMIN',
    'SECURITY_ADMIN',
    'AUDIT_ADMIN',
  ] as const)('refuses every way to a child to %s', async (role) => {
    const viewer: Viewer = { account: 'x', role, area: { level: 'NATION', code: '000000' } };
    expect(await faults(viewer, `{ child(id: "x") { id } }`)).toEqual(['FORBIDDEN']);
    expect(await faults(viewer, LIST)).toEqual(['FORBIDDEN']);
    const keys = [{ __typename: 'Child', id: ids[0] }];
    expect(
      await faults(
        viewer,
        `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child { id } } }`,
        { keys },
      ),
    ).toEqual(['FORBIDDEN']);
    expect(await faults(viewer, REGISTER, { input: { idempotencyKey: 'x', items: [] } })).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('tells a neighbour what it needs and keeps the name masked', async () => {
    const keys = [ids[0], ids[1], ids[3]].map((id) => ({ __typename: 'Child', id }));
    expect(await data(service, ENTITIES, { keys })).toEqual({
      _entities: [
        {
          id: ids[0],
          sex: 'FEMALE',
          bornOn: '2022-05-20',
          name: '某*',
          likeChildren: 1,
          residentIdForNumber: inventedId('2022-05-20', 'FEMALE', 1),
          holderCodes: [SUN, MOON],
        },
        {
          id: ids[1],
          sex: 'FEMALE',
          bornOn: '2022-05-20',
          name: '阿*',
          likeChildren: 0,
          residentIdForNumber: null,
          holderCodes: [SUN],
        },
        {
          id: ids[3],
          sex: 'FEMALE',
          bornOn: '2022-05-20',
          name: '某*',
          likeChildren: 0,
          residentIdForNumber: inventedId('2022-05-20', 'FEMALE', 9),
          holderCodes: [STAR],
        },
      ],
    });
  });

  it('keeps the fields for neighbours from everybody else', async () => {
    for (const field of ['likeChildren', 'residentIdForNumber', 'holderCodes']) {
      expect(
        await faults(county('330105'), `query($id: ID!) { child(id: $id) { ${field} } }`, { id: ids[0] }),
      ).toEqual(['FORBIDDEN']);
    }
  });

  it('gives a neighbour neither documents nor guardians', async () => {
    const keys = [{ __typename: 'Child', id: ids[0] }];
    for (const field of ['documents { number }', 'guardians { name }']) {
      const query = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child { ${field} } } }`;
      expect(await faults(service, query, { keys })).toEqual(['FORBIDDEN']);
    }
  });

  it('shows what institutions of one area have stated beside the paper to nobody elsewhere', async () => {
    const query = `query($id: ID!) { child(id: $id) { name nationality ethnicity householdRegion { code } guardians { name } } }`;
    const papers = { name: '阿依·古丽', documentKind: 'PASSPORT', documentNumber: 'E777777' } as const;
    const silent = aChild({ ...papers, ethnicity: null, householdRegion: null, guardians: [] });
    const stated = [{ relation: 'FATHER', name: '某大雪', phone: null }] as const;
    const first = await register(STAR, 'stated', [aChild({ ...papers, guardians: stated })]);
    await register(SUN, 'later', [silent]);
    const id = first.results[0]!.child!.id;
    const later = {
      name: '阿依·古丽',
      nationality: 'CHN',
      ethnicity: null,
      householdRegion: null,
      guardians: [],
    };
    expect(await data(kindergarten(SUN), query, { id })).toEqual({ child: later });
    expect(await data(county('330105'), query, { id })).toEqual({ child: later });
    expect(await data(kindergarten(STAR), query, { id })).toMatchObject({
      child: { ethnicity: '01', householdRegion: { code: '330105' }, guardians: [{ name: '某大雪' }] },
    });
  });
});

interface ChildPage {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
  totalCount: number | null;
}
