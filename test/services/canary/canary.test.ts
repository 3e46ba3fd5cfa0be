import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ViewerSpec } from '../../../clients/cli/demo/viewer-spec.ts';
import { SUBGRAPH_NAMES } from '../../../kernel/graph/subgraph.ts';
import { startCollector } from '../../gateway/otlp.ts';
import { freePort } from '../../support/mariadb.ts';
import * as story from '../../support/story.ts';
import type { Answer } from '../../support/world.ts';
import { deploy, type Deployment, type Process } from '../deployment.ts';
import { fileAccounts } from '../file-accounts.ts';
import { startIdentityProvider } from '../identity-provider.ts';
import { failures, whileAway, type Failure } from './failures.ts';
import { found, plantedChildren, plantedIn, spellings, type Planted } from './planted.ts';

/** Of each kind; there are some thirty kinds. */
const ROUNDS = Number(process.env['CANARY_ROUNDS'] ?? 80);
const AT_ONCE = 8;

describe('The search', () => {
  it('finds a value however it is spelt', () => {
    const value = plantedChildren[0]!.name;
    for (const text of [
      `name ${value}!`,
      JSON.stringify({ name: value }),
      encodeURIComponent(value),
      Buffer.from(value).toString('hex'),
      ...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${value}c`).toString('base64')),
    ])
      expect(found(text, [value]).length, text).toBeGreaterThan(0);
    expect(found('nobody', [value])).toEqual([]);
    expect(spellings(value).every((spelling) => spelling.length >= 4)).toBe(true);
  });
});

describe.skipIf(inject('databaseUrl') === null)('Of planted children', () => {
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let deployed: Deployment;
  let planted: Planted;
  let world: story.Asks;
  const processes = new Map<string, Process>();
  const adminPorts = new Map<string, number>();
  const leaks: string[] = [];
  const outcomes = new Map<string, Set<string>>();
  let asked = 0;

  async function start(name: string) {
    const port = await freePort();
    adminPorts.set(name, port);
    processes.set(name, await deployed.start(name, { ADMIN_PORT: String(port) }));
  }

  async function send({ as, body, headers = {}, search = '' }: Omit<Failure, 'own' | 'kind'>) {
    const authorization = typeof as === 'string' ? as : `Bearer ${await provider.token(as)}`;
    const response = await fetch(`${deployed.url('gateway')}/graphql${search}`, {
      method: body === '' ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        'apollo-require-preflight': '1',
        authorization,
        ...headers,
      },
      ...(body !== '' && { body }),
    });
    return { response, text: await response.text() };
  }

  async function provoke(failure: Failure) {
    const { response, text } = await send(failure);
    asked++;
    const { errors = [] } = JSON.parse(text) as Answer;
    const kinds = outcomes.get(failure.kind) ?? new Set();
    outcomes.set(failure.kind, kinds.add(errors[0]?.extensions.code ?? 'data'));
    const searched = `${failure.own ? JSON.stringify(errors) : text} ${JSON.stringify([...response.headers])}`;
    leaks.push(...found(searched, planted.all).map((what) => `${failure.kind}: ${what}`));
  }

  async function all(list: readonly Failure[]) {
    const queue = [...list];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) await provoke(next);
      }),
    );
  }

  const rounds = (n: number, of: typeof failures) =>
    Array.from({ length: n }, (_, i) => of(i, plantedChildren, planted)).flat();

  beforeAll(async () => {
    provider = await startIdentityProvider();
    collector = await startCollector();
    deployed = await deploy(inject('databaseUrl')!, {
      ...provider.variables,
      LOG_LEVEL: 'trace',
      RATE_LIMITS: 'off',
      PERSISTED_OPERATIONS: 'log',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    });
    await deployed.run('keys');
    await deployed.database.init(deployed.keys);
    await deployed.run('migrate');
    await fileAccounts(deployed.keys, [
      story.opening,
      story.garden,
      story.deciding,
      story.otherCounty,
      story.school,
    ]);
    await Promise.all([...SUBGRAPH_NAMES, 'gateway'].map(start));
    world = {
      async data<Data>(as: ViewerSpec, query: string, variables: object = {}) {
        const { text } = await send({ as, body: JSON.stringify({ query, variables }) });
        const { data, errors } = JSON.parse(text) as Answer<Data>;
        if (!data || errors) throw new Error(`The graph answered ${errors?.[0]?.extensions.code ?? '-'}`);
        return data;
      },
    };
  }, 600_000);
  afterAll(async () => {
    await deployed?.close();
    await provider?.stop();
    await collector?.stop();
  });

  it('some thousand failures of all kinds tell nobody anything', { timeout: 600_000 }, async () => {
    const acts = story.acts(world, await story.openGardens(world));
    const applications = await acts.enrol(story.garden, plantedChildren);
    const { results } = await acts.approve(story.deciding, applications);
    expect(results.map(({ record }) => record?.status)).toEqual(plantedChildren.map(() => 'ENROLLED'));
    // Not as it is answered, since that is masked.
    const numbers = plantedChildren.map(({ documentNumber }) => `G${documentNumber}`);
    planted = plantedIn(plantedChildren, numbers);
    await acts.register(story.garden, [plantedChildren[0]!], 'canary-key');

    await all(rounds(ROUNDS, failures));
    const database = await deployed.database.connect();
    const children = deployed.database.database('children');
    for (const table of ['identity_document', 'child', 'operation']) {
      await database.query(`RENAME TABLE ${children}.${table} TO ${children}.away`);
      await all(rounds(10, whileAway));
      await database.query(`RENAME TABLE ${children}.away TO ${children}.${table}`);
    }
    for (let i = 0; i < 5; i++) {
      const killing = database
        .query(`SELECT id FROM information_schema.processlist WHERE db = '${children}'`)
        .then(async ([rows]) => {
          for (const { id } of rows as { id: number }[])
            await database.query(`KILL ${id}`).catch(() => undefined);
        });
      await Promise.all([killing, all(rounds(3, whileAway))]);
    }
    await database.end();
    processes.get('children')!.kill('SIGKILL');
    await all(rounds(10, whileAway));

    expect(leaks).toEqual([]);
    expect(asked).toBeGreaterThan(ROUNDS * 30);
  });

  it('each kind failed as it should have, so that something was searched', () => {
    const codes = new Set([...outcomes.values()].flatMap((kinds) => [...kinds]));
    for (const code of [
      'BAD_USER_INPUT',
      'GRAPHQL_PARSE_FAILED',
      'GRAPHQL_VALIDATION_FAILED',
      'OPERATION_RESOLUTION_FAILURE',
      'QUERY_LIMIT_EXCEEDED',
      'COST_LIMIT_EXCEEDED',
      'UNAUTHENTICATED',
      'BAD_REQUEST',
      'NOT_FOUND',
      'INTERNAL_SERVER_ERROR',
      'SUBGRAPH_UNAVAILABLE',
    ])
      // prettier-ignore
      expect([...codes], code).toContain(code);
  });

  it('no metric tells anything', async () => {
    for (const [name, port] of adminPorts) {
      if (name === 'children') continue;
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(text).toContain('xueji_nodejs_eventloop_lag_seconds');
      expect(found(text, planted.all), name).toEqual([]);
    }
  });

  it('no log and no trace of any process tells anything', async () => {
    for (const process of processes.values()) process.kill('SIGTERM');
    const ended = await Promise.all([...processes.values()].map((process) => process.ended));
    const logs = ended.map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(logs.match(/"msg":"request"/g)!.length).toBeGreaterThan(ROUNDS * 30);
    expect(logs).toContain('"msg":"field failed"');
    expect(logs).toContain('"msg":"subgraph unavailable"');
    expect(found(logs, planted.all)).toEqual([]);
    const spans = collector.spans();
    expect(new Set(spans.map(({ name }) => name).filter((name) => !name.startsWith('gateway.')))).toEqual(
      new Set(['request', 'subgraph.fetch', 'subgraph.execute', 'sql']),
    );
    expect(found(collector.bodies.join(), planted.all)).toEqual([]);
  });
});
