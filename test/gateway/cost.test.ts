import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COST_LIMIT } from '../../gateway/allowances.ts';
import { Costs } from '../../gateway/cost.ts';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { readSamples } from '../../gateway/samples.ts';
import { readCosts } from '../../gateway/schema-costs.ts';
import { projectFile } from '../../kernel/paths.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import { ask, childrenSubgraph, CLERK, codesOf, recordsSubgraph, startFixture } from './fixture.ts';

const schema = buildSchema(readSupergraph(projectFile('schema', 'api.graphql')));
const costs = new Costs(readCosts(readSupergraph()));

function cost(query: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!;
  const asked = { schema, document, operation };
  // Other variables first, which must change nothing of what is counted for these.
  costs.of({ ...asked, variables: {} });
  return costs.of({ ...asked, variables });
}

describe('the cost of an operation', () => {
  it.each<[string, number, string, Record<string, unknown>?]>([
    ['an object and its fields', 3, '{ region(code: "000000") { code name } }'],
    [
      'a page by its first',
      1 + 1 + 100 * 2 + 10,
      '{ records(first: 100) { nodes { id number } totalCount } }',
    ],
    ['a page by its default', 1 + 1 + 20, '{ records { nodes { id } } }'],
    ['a page by its edges', 1 + 1 + 7 * 2, '{ records(first: 7) { edges { node { id } } } }'],
    ['a variable', 1 + 1 + 7, 'query($n: Int!) { records(first: $n) { nodes { id } } }', { n: 7 }],
    ['the default of a variable', 1 + 1 + 9, 'query($n: Int! = 9) { records(first: $n) { nodes { id } } }'],
    [
      'a page through a fragment',
      1 + 1 + 7,
      '{ records(first: 7) { ...P } } fragment P on RecordConnection { nodes { id } }',
    ],
    [
      'a number that is none as a list nobody knows the length of',
      1 + 1 + 50,
      'query($n: Int) { records(first: $n) { nodes { id } } }',
      { n: Infinity },
    ],
    [
      'a variable that is not given',
      1 + 1 + 20,
      'query($n: Int) { records(first: $n) { nodes { id } } }',
      {},
    ],
    [
      'more than a number can say',
      Number.MAX_SAFE_INTEGER,
      'query($n: Int) { records(first: $n) { nodes { id number } } }',
      { n: 1e308 },
    ],
    ['lists of plain values as one', 2, '{ viewer { actions } }'],
    ['all regions', 1 + 3_000, '{ regions { code } }'],
    [
      'the provinces and what is below',
      1 + 40 * (1 + 60),
      '{ regions(level: PROVINCE) { children { code } } }',
    ],
    [
      'a batch by its items',
      3 * 10 + 1 + 3 * (1 + 1 + 1 + 3),
      'mutation($ids: [ID!]!) { approveApplications(input: { idempotencyKey: "k", applicationIds: $ids }) { results { record { id } userErrors { code } } } }',
      { ids: ['a', 'b', 'c'] },
    ],
    [
      'a batch by its items, also where their results are not asked for',
      200 * 10 + 1 + 3,
      'mutation($ids: [ID!]!) { approveApplications(input: { idempotencyKey: "k", applicationIds: $ids }) { userErrors { code } } }',
      { ids: Array.from({ length: 200 }, String) },
    ],
    [
      'one act and a name',
      11,
      'mutation { leave(input: { idempotencyKey: "k", recordId: "r", reason: MOVED_ABROAD, on: "2026-09-01" }) { __typename } }',
    ],
    ['a setting, or all it ever was', 1 + 450, '{ settings(history: true) { __typename } }'],
    [
      'numbers to resolve',
      1 + 2,
      'query($items: [NumberQuery!]!) { resolveNumbers(items: $items) { outcome } }',
      { items: [{}, {}] },
    ],
  ])('of %s is %i', (_, expected, query, variables) => {
    expect(cost(query, variables)).toBe(expected);
  });

  it('multiplies through lists within lists', () => {
    const down = (n: number): string => (n === 0 ? 'code' : `parent { children { ${down(n - 1)} } }`);
    const all = `{ regions(level: COUNTY) { ${down(4)} } }`;
    expect(cost(all)).toBeGreaterThan(3_000 * 60 ** 4);
    expect(cost(all.replace('children {', 'children { ... on Region {').replace(/}$/, '} }'))).toBe(
      cost(all),
    );
  });

  it.each(readSamples().map((sample) => [`${sample.group}/${sample.name}`, sample] as const))(
    'leaves room for the sample %s',
    (_, { query, variables }) => {
      expect(cost(query, variables)).toBeLessThan(COST_LIMIT / 2);
    },
  );

  it('leaves room for a batch of 200 children, and for a page with everything of a record', () => {
    const register = readSamples().find(({ name }) => name === '02-register-children')!;
    const items = Array.from({ length: 200 }, () => ({}));
    expect(cost(register.query, { input: { items } })).toBeLessThan(COST_LIMIT / 2);
    const join = readSamples().find(({ name }) => name === '02-join-three-subgraphs')!;
    expect(cost(join.query.replace('first: 50', 'first: 100'), join.variables)).toBeLessThan(COST_LIMIT / 2);
  });

  it('is found at once for the widest operation the limits let pass', () => {
    const query = `{ ${'regions { ...A } '.repeat(20)} } fragment A on Region { ${'children { code } '.repeat(12)} }`;
    const startedAt = performance.now();
    for (let i = 0; i < 100; i++) cost(query);
    expect((performance.now() - startedAt) / 100).toBeLessThan(50);
  });
});

describe('the gateway', () => {
  let gateway: RunningHttp;
  let token: string;
  beforeAll(async () => {
    const issuer = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-cost-')));
    token = await issuer.mint(CLERK);
    gateway = await startFixture({
      sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
      callers: issuer.callers,
    });
  });
  afterAll(() => gateway.stop());

  it('answers an operation of the greatest cost and refuses one more', async () => {
    const query = 'query($n: Int) { records(first: $n) { id } }';
    const held = await ask(gateway.url, { query, variables: { n: COST_LIMIT - 1 } }, token);
    expect([held.status, held.body.errors]).toEqual([200, undefined]);
    const refused = await ask(gateway.url, { query, variables: { n: COST_LIMIT } }, token);
    expect([refused.status, codesOf(refused)]).toEqual([400, ['COST_LIMIT_EXCEEDED']]);
    expect(refused.body.errors?.[0]?.message).toContain(
      `A cost of ${COST_LIMIT} is allowed, this operation has ${COST_LIMIT + 1}`,
    );
  });
});
