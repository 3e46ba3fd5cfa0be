/** What has not been asked before: planning ahead, replacing the supergraph while serving, and a flood of new texts. */
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { openDevIssuer } from '../../../gateway/dev-issuer.ts';
import { PlanningBudget } from '../../../gateway/execution/budget.ts';
import type { CompilingGateway } from '../../../gateway/execution/gateway.ts';
import { OPERATION_BOUNDS } from '../../../gateway/execution/operations.ts';
import { createExecutor } from '../../../gateway/executor.ts';
import { createRates } from '../../../gateway/rates.ts';
import { Tally } from '../../../gateway/tally.ts';
import { inProcess } from '../../../kernel/serve/in-process.ts';
import { createLog } from '../../../kernel/serve/log.ts';
import {
  ask,
  childrenSubgraph,
  CLERK,
  codesOf,
  recordsSubgraph,
  startFixture,
  supergraphSdl,
} from '../fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'xueji-cold-'));
const sources = () => [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())];
const ALLOWANCE = { operation: 100, persisted: 'off', introspection: true } as const;
const log = createLog('test');

describe('what is known at start', () => {
  it('is planned before anybody asks, and what does not fit is left out', async () => {
    const known = [
      '{ childrenCount }',
      'query A { record(id: "1") { status } } query B { childrenCount }',
      '{ gone }',
    ];
    const gateway = createExecutor({
      supergraph: supergraphSdl,
      sources: sources(),
      log,
      known,
    }) as CompilingGateway;
    await gateway.load();
    expect(gateway.kept.operations).toBe(3);
    await gateway.stop();
  });
});

describe('a supergraph that is replaced while serving', () => {
  it('loses no request, and one that does not hold leaves the old one', async () => {
    const path = join(directory, 'supergraph.graphql');
    writeFileSync(path, supergraphSdl);
    const issuer = await openDevIssuer(directory);
    const token = await issuer.mint(CLERK);
    const gateway = await startFixture({ sources: sources(), callers: issuer.callers, supergraph: { path } });
    const replace = (text: string) => {
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    };
    const has = async (field: string) =>
      codesOf(await ask(gateway.url, { query: `{ ${field} }` }, token)).length === 0;
    const until = async (condition: () => Promise<boolean>) => {
      for (const end = Date.now() + 20_000; Date.now() < end;) {
        if (await condition()) return true;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return false;
    };
    let serving = true;
    const answers: string[] = [];
    const load = (async () => {
      for (let i = 0; serving; i++) {
        const { body } = await ask(
          gateway.url,
          { query: `query Q${i % 7} { records(first: 3) { child { label } } }` },
          token,
        );
        answers.push(JSON.stringify(body));
      }
    })();
    expect(await has('whoAmI')).toBe(true);
    replace(supergraphSdl.replace('  whoAmI: String @join__field(graph: CHILDREN)\n', ''));
    expect(await until(async () => !(await has('whoAmI')))).toBe(true);
    replace(supergraphSdl.slice(0, 500));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect([await has('childrenCount'), await has('whoAmI')]).toEqual([true, false]);
    replace(supergraphSdl);
    expect(await until(() => has('whoAmI'))).toBe(true);
    expect(await until(() => Promise.resolve(answers.length > 20))).toBe(true);
    serving = false;
    await load;
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('child c2');
    await gateway.stop();
  });
});

describe('texts nobody has sent before', () => {
  it('are kept in a fixed bound, however many come', async () => {
    const gateway = createExecutor({
      supergraph: supergraphSdl,
      sources: sources(),
      log,
    }) as CompilingGateway;
    const { executor, schema } = await gateway.load();
    for (let i = 0; i < 1_050; i++) {
      const text = `query Q${i} { a${i}: childrenCount }`;
      const document = parse(text);
      const operation = getOperationAST(document)!;
      const context = { viewer: { ...CLERK, account: `clerk-${i}` }, requestId: 'flood' };
      await executor({ request: {}, document, operation, queryHash: text, schema, context } as never);
    }
    expect(gateway.kept.operations).toBe(OPERATION_BOUNDS.entries);
    expect(gateway.kept.weight).toBeLessThanOrEqual(OPERATION_BOUNDS.weight);
    expect(gateway.counts.compiled.total).toBe(1_050);
    await gateway.stop();
  });

  it('are refused to whoever sends too many, known ones are not, and time heals', () => {
    const clock = { at: 0, spent: 0, now: () => clock.at, worked: () => clock.spent };
    const budget = new PlanningBudget(clock);
    const plan = (account: string, ms: number) => budget.charge(account, () => void (clock.spent += ms));
    plan('a', 2_000);
    expect(budget.allows('a')).toBe(true);
    plan('a', 1_500);
    expect([budget.allows('a'), budget.allows('b')]).toEqual([false, true]);
    clock.at += 10_000;
    expect(budget.allows('a')).toBe(false);
    clock.at += 1;
    expect(budget.allows('a')).toBe(true);
  });

  it('are then answered with a code and not planned', async () => {
    const none = new PlanningBudget({ now: () => 0, worked: () => 0 });
    none.took('somebody', 3_100);
    const gateway = createExecutor({
      supergraph: supergraphSdl,
      sources: sources(),
      log,
      budget: none,
    }) as CompilingGateway;
    const { executor, schema } = await gateway.load();
    const document = parse('{ childrenCount }');
    const operation = getOperationAST(document)!;
    const tally = new Tally(() => 'somebody', { ...ALLOWANCE, minute: 1 }, createRates());
    const context = { viewer: CLERK, requestId: 'refused', tally };
    const { data, errors } = await executor({
      request: {},
      document,
      operation,
      queryHash: 'x',
      schema,
      context,
    } as never);
    expect([data, errors?.[0]?.extensions]).toEqual([
      undefined,
      { code: 'RATE_LIMITED', http: { status: 429 } },
    ]);
    // A hundred milliseconds too many, of which a twentieth comes back with the time.
    expect(tally.waits).toBe(2);
    expect([gateway.counts.refused.total, gateway.kept.operations]).toEqual([1, 0]);
    await gateway.stop();
  });
});
