/** What Apollo Server let in before is answered past it, and nobody can tell from the answer. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowancesOf } from '../../gateway/allowances.ts';
import { createApollo, type Apollo } from '../../gateway/apollo.ts';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { PlanningBudget } from '../../gateway/execution/budget.ts';
import { createExecutor, type Executor } from '../../gateway/executor.ts';
import { createRates, type Rates } from '../../gateway/rates.ts';
import { Tally } from '../../gateway/tally.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import { REQUEST_DEADLINES } from '../../kernel/serve/deadline.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { createLog } from '../../kernel/serve/log.ts';
import { CONTEXT, REAL_SUBGRAPHS, schemaOf, troubled, TROUBLES } from '../support/generated/executors.ts';
import { generatedOperation } from '../support/generated/operations.ts';
import { generatedSubgraph } from '../support/generated/subgraphs.ts';
import {
  childrenSubgraph,
  CLERK,
  recordsSubgraph,
  send,
  startFixture,
  supergraphSdl,
  type Question,
} from './fixture.ts';

const MANY = Number(process.env['GENERATED_OPERATIONS'] ?? 1_000);
const log = createLog('test');

describe('Generated operations, asked twice', () => {
  let apollo: Apollo;
  let now = TROUBLES[0]!;
  beforeAll(async () => {
    // By graphql-js both times: of errors that leave the same nothing behind, one or all may be told.
    const sources = REAL_SUBGRAPHS.map((text) =>
      troubled(inProcess(generatedSubgraph(text, { nulls: 80, errors: 12 }), Infinity), () => now),
    );
    const executor = createExecutor({ supergraph: readSupergraph(), sources, log });
    apollo = await started(executor);
  });
  afterAll(() => apollo.server.stop());

  it('are answered past Apollo Server as it answered them', async () => {
    const schema = schemaOf(readSupergraph());
    const seen = { past: 0, faults: 0 };
    for (let i = 0; i < MANY; i++) {
      const { query, variables } = generatedOperation(schema, 7_000_000 + i);
      now = TROUBLES[i % TROUBLES.length]!;
      const { body, http } = await apollo.server.executeOperation(
        { query, variables },
        { contextValue: CONTEXT },
      );
      if (body.kind !== 'single') throw new Error('An answer in parts.');
      const { data, errors } = body.singleResult;
      const again = await apollo.again.answer({ query, variables }, CONTEXT);
      if (!again) continue;
      expect(plain(again), query).toEqual(plain({ status: http.status ?? 200, answer: { data, errors } }));
      seen.past++;
      if (errors) seen.faults++;
    }
    expect(seen.past).toBeGreaterThan(MANY * 0.5);
    expect(seen.faults).toBeGreaterThan(MANY * 0.1);
  }, 600_000);
});

describe('A query that may not begin', () => {
  const texts = REAL_SUBGRAPHS.map((text) => inProcess(generatedSubgraph(text, { nulls: 0, errors: 0 })));
  const spend = (minute: number) => createRates().spend('nobody', minute, minute);
  const tallyOf = (operation: number, rates: Rates) =>
    new Tally(() => 'somebody', { operation, minute: 1_000, persisted: 'off', introspection: true }, rates);

  it.each([
    ['costs too much', 400, 'COST_LIMIT_EXCEEDED', tallyOf(0, createRates())],
    [
      'cannot be paid',
      429,
      'RATE_LIMITED',
      tallyOf(1_000, { spend: async () => ({ ...(await spend(1))!, refused: true }) }),
    ],
  ])('because it %s has its variables read no further', async (_, status, code, tally) => {
    const { server, again } = await started(
      createExecutor({ supergraph: readSupergraph(), sources: texts, log }),
    );
    const query = 'query R($id: ID!) { record(id: $id) { id status } }';
    await server.executeOperation({ query, variables: { id: '1' } }, { contextValue: CONTEXT });
    let reads = 0;
    const variables = {
      get id() {
        return String(++reads);
      },
    };
    const answered = await again.answer({ query, variables }, { ...CONTEXT, tally });
    expect([answered?.status, answered?.answer.errors?.[0]?.extensions?.['code'], reads]).toEqual([
      status,
      code,
      0,
    ]);
    await again.answer({ query, variables }, CONTEXT);
    expect(reads).toBeGreaterThan(0);
    await server.stop();
  });
});

describe('What is kept to be answered again', () => {
  const few = () => [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())];
  const over = (budget?: PlanningBudget) =>
    started(createExecutor({ supergraph: supergraphSdl, sources: few(), log, ...(budget && { budget }) }));

  it.each([
    ['a query', '{ childrenCount }', 1],
    ['a query of a name', 'query A { childrenCount }', 1],
    ['a mutation', 'mutation { rename(id: "1", to: "2") { id } }', 0],
    ['one query of two', 'query A { childrenCount } query B { whoAmI }', 0],
    ['what asks of the schema, too', '{ childrenCount __schema { queryType { name } } }', 0],
    ['what has conditions', 'query A($no: Boolean!) { childrenCount whoAmI @skip(if: $no) }', 0],
    ['what does not fit', '{ gone }', 0],
    ['a text nobody writes', `{ childrenCount } #${'-'.repeat(16 * 1024)}`, 0],
  ])('%s: %s', async (_, query, size) => {
    const { server, again } = await over();
    const named: { operationName?: string } = query.startsWith('query A') ? { operationName: 'A' } : {};
    await server.executeOperation({ query, variables: { no: false }, ...named }, { contextValue: CONTEXT });
    expect(again.size).toBe(size);
    await server.stop();
  });

  it('is nothing that somebody without a token asked', async () => {
    const { server, again } = await over();
    await server.executeOperation({ query: '{ __typename }' }, { contextValue: { requestId: 'open-0001' } });
    expect(again.size).toBe(0);
    await server.stop();
  });

  it('is nothing that was refused for planning', async () => {
    const spent = new PlanningBudget({ now: () => 0, worked: () => 0 });
    spent.took('somebody', 3_000);
    const { server, again } = await over(spent);
    const tally = new Tally(
      () => 'somebody',
      { operation: 100, minute: 1_000, persisted: 'off', introspection: true },
      createRates(),
    );
    const { body } = await server.executeOperation(
      { query: '{ childrenCount }' },
      { contextValue: { ...CONTEXT, tally } },
    );
    expect([JSON.stringify(body).includes('RATE_LIMITED'), again.size]).toEqual([true, 0]);
    await server.stop();
  });

  it('is one query, whether it is named or not', async () => {
    const { server, again } = await over();
    const query = 'query A { childrenCount }';
    await server.executeOperation({ query }, { contextValue: CONTEXT });
    const answer = { status: 200, answer: { data: { childrenCount: 3 } } };
    expect(plain(await again.answer({ query }, CONTEXT))).toEqual(answer);
    expect(plain(await again.answer({ query, operationName: 'A' }, CONTEXT))).toEqual(answer);
    expect(await again.answer({ query, operationName: 'B' }, CONTEXT)).toBeUndefined();
    await server.stop();
  });
});

async function started(executor: Executor): Promise<Apollo> {
  const apollo = createApollo({ executor, deadlines: REQUEST_DEADLINES, log });
  await apollo.server.start();
  return apollo;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('A request that came before', () => {
  const directory = mkdtempSync(join(tmpdir(), 'xueji-again-'));
  let gateway: RunningHttp;
  let token: string;
  let dark = new Set<string>();
  beforeAll(async () => {
    const issuer = await openDevIssuer(directory);
    token = await issuer.mint(CLERK);
    gateway = await startFixture({
      sources: [childrenSubgraph(), recordsSubgraph()].map((one) =>
        troubled(inProcess(one), () => ({ dark, broken: 0 })),
      ),
      callers: issuer.callers,
      allowances: allowancesOf({
        rateLimits: true,
        persisted: 'log',
        introspection: true,
        differences: { COUNTY: { operation: 100, minute: 1_000_000 } },
      }),
    });
  });
  afterAll(() => gateway.stop());

  /** `accept`: Apollo Server decides what is meant by it, so that it is the long way every time. */
  async function asked(question: Question, accept: string) {
    const { status, headers, body } = await send(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, accept },
      body: JSON.stringify(question),
    });
    const kept = [...headers].filter(([name]) => !CHANGING.has(name));
    const text = JSON.stringify(body).replaceAll(headers.get('x-request-id')!, 'ID');
    return { status, headers: Object.fromEntries(kept), text };
  }
  const CHANGING = new Set(['date', 'x-request-id', 'ratelimit-remaining', 'ratelimit-reset']);

  const SKIPPED = 'query Q($no: Boolean!) { record(id: "1") { id status @skip(if: $no) } }';
  const TWO = 'query A { childrenCount } query B { record(id: "1") { id } }';
  it.each<[string, Question]>([
    ['of one subgraph', { query: '{ record(id: "1") { id status } }' }],
    ['of two', { query: '{ records { id child { label sibling { label } } } }' }],
    ['with a variable', { query: 'query R($id: ID!) { record(id: $id) { id } }', variables: { id: '7' } }],
    [
      'with a number that is none',
      { query: 'query R($n: Int) { records(first: $n) { id } }', variables: { n: 'X' } },
    ],
    ['without a variable it needs', { query: 'query R($id: ID!) { record(id: $id) { id } }' }],
    ['with what is skipped', { query: SKIPPED, variables: { no: true } }],
    ['with what is not', { query: SKIPPED, variables: { no: false } }],
    ['by one name', { query: TWO, operationName: 'A' }],
    ['by another', { query: TWO, operationName: 'B' }],
    ['by a name nobody has', { query: TWO, operationName: 'C' }],
    ['without the name it needs', { query: TWO }],
    ['by a name of nothing', { query: '{ childrenCount }', operationName: '' }],
    ['of what may not be seen', { query: '{ fails(how: "forbidden") childrenCount }' }],
    ['of what nobody foresaw', { query: '{ fails(how: "surprise") childrenCount }' }],
    ['of a code that is none', { query: '{ fails(how: "unknownCode") }' }],
    [
      'that costs too much',
      { query: 'query R($n: Int) { records(first: $n) { id } }', variables: { n: 101 } },
    ],
    ['that does not parse', { query: '{ record(' }],
    ['that does not fit', { query: '{ gone }' }],
    ['of the schema', { query: '{ __typename __schema { queryType { name } } }' }],
    ['that changes something', { query: 'mutation { rename(id: "1", to: "2") { id label } }' }],
  ])('is answered the same, %s', async (_, question) => {
    const first = await asked(question, 'application/json, */*;q=0.1');
    for (let i = 0; i < 3; i++) expect(await asked(question, 'application/json')).toEqual(first);
    expect(await asked(question, 'application/json, */*;q=0.1')).toEqual(first);
  });

  it('is answered in part while a subgraph is dark, and whole after', async () => {
    const question = { query: '{ records { id child { label } } }' };
    const whole = await asked(question, 'application/json');
    dark = new Set(['children']);
    const part = await asked(question, 'application/json');
    expect(part).toEqual(await asked(question, 'application/json, */*;q=0.1'));
    expect(part.text).toContain('SUBGRAPH_UNAVAILABLE');
    dark = new Set();
    expect(await asked(question, 'application/json')).toEqual(whole);
  });
});
