import { type ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApollo } from '../../../gateway/apollo.ts';
import type { GatewayContext } from '../../../gateway/context.ts';
import type { CompilingGateway } from '../../../gateway/execution/gateway.ts';
import { createExecutor } from '../../../gateway/executor.ts';
import { REQUEST_DEADLINES } from '../../../kernel/serve/deadline.ts';
import type { DataSource } from '../../../kernel/serve/data-source.ts';
import type { SubgraphRequest } from '../../../kernel/serve/execute.ts';
import { inProcess } from '../../../kernel/serve/in-process.ts';
import { createLog } from '../../../kernel/serve/log.ts';
import { childrenSubgraph, CLERK, recordsSubgraph, supergraphSdl } from '../fixture.ts';

const asked: SubgraphRequest[] = [];
const overheard = (source: DataSource): DataSource => ({
  ...source,
  ask: (request, call) => {
    asked.push(request);
    return source.ask(request, call);
  },
});

describe('the compiling gateway', () => {
  let gateway: CompilingGateway;
  let apollo: ApolloServer<GatewayContext>;
  const log = createLog('test');
  beforeAll(async () => {
    const sources = [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())].map(overheard);
    const executor = createExecutor({ supergraph: supergraphSdl, sources, log });
    gateway = executor as CompilingGateway;
    apollo = createApollo({ executor, deadlines: REQUEST_DEADLINES, log }).server;
    await apollo.start();
  });
  afterAll(() => apollo.stop());

  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    asked.length = 0;
    const { body } = await apollo.executeOperation(
      { query, variables },
      { contextValue: { viewer: CLERK, requestId: 'gateway-test' } },
    );
    return body.kind === 'single' ? body.singleResult : undefined;
  };

  it("finds in Apollo's gateway what it plans with", async () => {
    expect((await ask('{ record(id: "1") { status child { label } } }'))?.data).toEqual({
      record: { status: 'ENROLLED', child: { label: 'child c1' } },
    });
    expect([gateway.counts.compiled.total, gateway.counts.fallbacks.size]).toEqual([1, 0]);
  });

  it('asks for each entity once, however often a list names it', async () => {
    const query =
      '{ a: records(first: 2) { child { label } } b: records(first: 2) { child { label } } record(id: "1") { child { record { child { label } } } } }';
    const answer = await ask(query);
    expect(answer?.errors).toBeUndefined();
    const sent = asked.map(
      ({ variables }) => (variables?.['representations'] as unknown[] | undefined)?.length ?? 0,
    );
    expect(sent.filter((count) => count > 0).every((count) => count <= 2)).toBe(true);
  });

  it('does one mutation after another', async () => {
    const answer = await ask(
      'mutation { a: rename(id: "1", to: "x") { label } b: rename(id: "2", to: "y") { record { status } } c: rename(id: "3", to: "z") { label } }',
    );
    expect(answer?.data).toEqual({
      a: { label: 'child 1' },
      b: { record: { status: 'ENROLLED' } },
      c: { label: 'child 3' },
    });
  });

  it.each([
    ['introspection', '{ __type(name: "Child") { name } }', { __type: { name: 'Child' } }],
    [
      'introspection',
      '{ childrenCount __schema { queryType { name } } }',
      { childrenCount: 3, __schema: { queryType: { name: 'Query' } } },
    ],
    ['name', '{ toString: childrenCount }', { toString: 3 }],
  ] as const)('leaves %s to Apollo, answers all the same, and counts it', async (reason, query, data) => {
    const before = gateway.counts.fallbacks.get(reason) ?? 0;
    expect({ ...(await ask(query))?.data }).toEqual(data);
    expect(gateway.counts.fallbacks.get(reason)).toBe(before + 1);
  });

  it('refuses variables that do not fit before anything is asked', async () => {
    const answer = await ask('query($id: ID!) { record(id: $id) { id } }', { id: [1] });
    expect([answer?.data, answer?.errors?.length, asked.length]).toEqual([undefined, 1, 0]);
  });
});
