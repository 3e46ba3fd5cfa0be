import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { NATION, ROLES, type Viewer } from '../../kernel/rules/viewer.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { newId } from '../../kernel/store/ids.ts';
import { openChildren } from '../../subgraphs/children/main.ts';
import { eachDatabase } from '../support/databases.ts';
import { aChild, institutions, inventedId, kindergarten, NOW, service, STAR, SUN } from './support.ts';

const REGISTER = `mutation($child: ChildInput!) { registerChild(input: { idempotencyKey: "r", child: $child }) { child { id } } }`;
const FAULTS = `query($items: [CorrectionInput!]!) { correctionFaults(items: $items) { userErrors { code field } } }`;
const CORRECT = `mutation($input: CorrectChildInput!) { correctChild(input: $input) {
  child { id bornOn sex residentIdForNumber } userErrors { code field } } }`;
const MOVE = `mutation($input: MoveHoldersInput!) { moveHolders(input: $input) { userErrors { code field } } }`;

eachDatabase('What the life of a record asks of children', (databases) => {
  let subgraph: Subgraph;
  let id: string;
  const ask = (viewer: Viewer, query: string, variables: Record<string, unknown> = {}) =>
    executeSubgraph(subgraph, { query, variables }, { viewer, requestId: 'request-1' });
  const data = async (query: string, variables: Record<string, unknown>, viewer = service) => {
    const { data, errors } = await ask(viewer, query, variables);
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data)) as never;
  };
  const right = inventedId('2022-05-21', 'FEMALE', 5);
  const correction = () => ({ childId: id, bornOn: '2022-05-21', documentKind: 'RESIDENT_ID', documentNumber: right }); // prettier-ignore
  const order = { applicationId: newId(), decidedBy: 'county-330105-1', institutionCode: SUN };
  const orders = () => [
    [FAULTS, { items: [correction()] }],
    [CORRECT, { input: { idempotencyKey: 'x', correction: correction(), ...order } }],
    [MOVE, { input: { idempotencyKey: 'x', moves: [{ childId: id, toInstitutionCode: STAR, on: '2026-09-01' }] } }], // prettier-ignore
  ] as const; // prettier-ignore

  beforeAll(async () => {
    const location = await databases.fresh('children-neighbours');
    subgraph = await openChildren({ location, peers: institutions, now: () => NOW });
    const answer = await data(REGISTER, { child: aChild() }, kindergarten(SUN));
    id = (answer as { registerChild: { child: { id: string } } }).registerChild.child.id;
  });
  afterAll(() => subgraph.close());

  it.each(ROLES.filter((role) => role !== 'SERVICE'))('is refused to %s', async (role) => {
    for (const [query, variables] of orders()) {
      const { errors } = await ask({ account: 'x', role, area: NATION }, query, variables);
      expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN']);
    }
  });

  it('is answered before deciding, for each correction in order', async () => {
    const items = [correction(), { childId: id, name: '某小满' }, { childId: newId(), name: '某' }];
    expect(await data(FAULTS, { items })).toEqual({
      correctionFaults: [
        { userErrors: [] },
        { userErrors: [{ code: 'CORRECTION_CHANGES_NOTHING', field: [] }] },
        { userErrors: [{ code: 'CHILD_UNKNOWN', field: ['childId'] }] },
      ],
    });
    const many = Array.from({ length: 201 }, () => ({ childId: id, name: '某' }));
    expect((await ask(service, FAULTS, { items: many })).errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT'); // prettier-ignore
  });

  it('is what the record needs of a corrected child', async () => {
    const input = { idempotencyKey: order.applicationId, correction: correction(), ...order };
    const corrected = {
      correctChild: {
        child: { id, bornOn: '2022-05-21', sex: 'FEMALE', residentIdForNumber: right },
        userErrors: [],
      },
    };
    expect(await data(CORRECT, { input })).toEqual(corrected);
    expect(await data(CORRECT, { input })).toEqual(corrected);
    const other = { ...input, idempotencyKey: 'other', applicationId: newId() };
    expect(await data(CORRECT, { input: other })).toEqual({
      correctChild: {
        child: null,
        userErrors: [{ code: 'CORRECTION_CHANGES_NOTHING', field: ['correction'] }],
      },
    });
  });

  it('is who holds a child that has moved', async () => {
    const moves = [{ childId: id, fromInstitutionCode: SUN, toInstitutionCode: STAR, on: '2026-09-01' }];
    expect(await data(MOVE, { input: { idempotencyKey: 'move', moves } })).toEqual({
      moveHolders: { userErrors: [] },
    });
    const entity = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child { id holderCodes } } }`;
    const keys = [{ __typename: 'Child', id }];
    expect(await data(entity, { keys })).toEqual({ _entities: [{ id, holderCodes: [STAR] }] });
    const own = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Child { id } } }`;
    expect(await data(own, { keys }, kindergarten(SUN))).toEqual({ _entities: [null] });
    expect(await data(own, { keys }, kindergarten(STAR))).toEqual({ _entities: [{ id }] });
  });
});
