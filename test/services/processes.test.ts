import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { SUBGRAPH_NAMES } from '../../kernel/graph/subgraph.ts';
import { PURPOSE_HEADER, type Purpose } from '../../kernel/rules/purposes.ts';
import { claim, enrolled, openSchools, type Enrolled, type TakeOverAnswer } from '../support/schools.ts';
import * as story from '../support/story.ts';
import type { Answer } from '../support/world.ts';
import { deploy, type Deployment, type Process, type Variables } from './deployment.ts';
import { fileAccounts } from './file-accounts.ts';
import { startIdentityProvider } from './identity-provider.ts';

// Processes are started here, which takes its time where others work on the machine.
vi.setConfig({ testTimeout: 180_000 });

const { analyst, COUNTY, deciding, garden, inventedChild, opening, otherGarden, school } = story;
const CHILDREN_OF_COUNTY = `{ records(filter: { region: "${COUNTY}" }, first: 10) { nodes { id status child { bornOn } } } }`;
const COUNT = `{ enrolmentCounts(by: [COUNTY]) { region { code } count } }`;
const NUMBER = `query($number: String!, $bornOn: LocalDate!) { resolveNumber(number: $number, bornOn: $bornOn) { outcome currentNumber } }`;

interface Page {
  readonly records: { readonly nodes: readonly { child: { bornOn: string } | null }[] };
}

interface Counts {
  readonly enrolmentCounts: readonly { readonly count: number }[];
}

const ACKNOWLEDGE = `mutation($input: AcknowledgeTakeOverInput!) { act: acknowledgeTakeOver(input: $input) {
  takeOver { id state underWay receipt { text jws } } userErrors { code } } }`;

const passing = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How many acts are about to write down what they count, and wait for who has locked that. */
async function counting(connection: Connection): Promise<number> {
  const [rows] = await connection.query(
    `SELECT COUNT(*) AS n FROM information_schema.processlist
      WHERE state LIKE 'Waiting for table%' AND info LIKE 'INSERT INTO%count_delta%'`,
  );
  return Number((rows as { n: unknown }[])[0]!.n);
}

/** Until nobody is let in there any more. */
async function silent(url: string): Promise<void> {
  while (await fetch(`${url}/healthz`).then(Boolean, () => false)) await passing(50);
}

/** Everybody of this story, and the account whose token is printed. */
const EVERYBODY: readonly ViewerSpec[] = [
  ...[analyst, deciding, garden, school, opening, otherGarden],
  { account: `county-${COUNTY}-1`, role: 'COUNTY', region: COUNTY },
];

// One story, told in order: each test goes on where the one before it ended.
describe.skipIf(inject('databaseUrl') === null)('Five processes, as docker-compose.yml starts them', () => {
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  let deployed: Deployment;
  let world: story.Asks;
  let acts: ReturnType<typeof story.acts>;
  const processes = new Map<string, Process>();
  const started: Process[] = [];
  const start = async (name: string, variables?: Variables) => {
    const process = await deployed.start(name, variables);
    processes.set(name, process);
    started.push(process);
  };

  const send = async (token: string, query: string, variables: object = {}, purpose?: Purpose) => {
    const response = await fetch(`${deployed.url('gateway')}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...(purpose && { [PURPOSE_HEADER]: purpose }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, text: await response.text() };
  };
  const ask = async <Data>(as: ViewerSpec, query: string, variables?: object) => {
    const { status, text } = await send(await provider.token(as), query, variables, as.purpose);
    return { status, text, ...(JSON.parse(text) as Omit<Answer<Data>, 'status'>) };
  };

  beforeAll(async () => {
    provider = await startIdentityProvider();
    deployed = await deploy(inject('databaseUrl')!, {
      ...provider.variables,
      ...{ LOG_LEVEL: 'trace', GATEWAY_WORKERS: '2' },
    });
    world = {
      async data<Data>(as: ViewerSpec, query: string, variables?: object) {
        const { data, errors, status } = await ask<Data>(as, query, variables);
        if (!data || errors) throw new Error(`The graph answered ${status}: ${JSON.stringify(errors)}`);
        return data;
      },
    };
  });
  afterAll(async () => {
    await deployed?.close();
    await provider?.stop();
  });

  it('makes keys and migrates, and doing so again changes nothing', async () => {
    const everyKey = () =>
      readdirSync(deployed.keys, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.\w+$|database-url$|password$/.test(file))
        .map((file) => [file, readFileSync(join(deployed.keys, file), 'utf8')]);
    expect(await deployed.run('keys')).toMatchObject({ code: 0 });
    const made = everyKey();
    expect(await deployed.run('keys')).toMatchObject({ code: 0 });
    expect(everyKey()).toEqual(made);
    await deployed.database.init(deployed.keys);
    expect(await deployed.run('migrate')).toMatchObject({ code: 0 });
    expect(await deployed.run('migrate')).toMatchObject({ code: 0 });
    await fileAccounts(deployed.keys, EVERYBODY);
  });

  it('does not start a gateway in production that would take development tokens', async () => {
    const ended = await deployed.run('gateway', { OIDC_ISSUER: '', OIDC_JWKS_URI: '' });
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain('OIDC_ISSUER');
  });

  it('starts the gateway while no subgraph is there, and says of each question which part is missing', async () => {
    await start('gateway');
    // Without institutions nobody knows whose account is in force.
    const closed = await ask(analyst, COUNT);
    expect([closed.status, closed.errors?.map(({ extensions }) => extensions.code)]).toEqual([
      503,
      ['SUBGRAPH_UNAVAILABLE'],
    ]);
    await start('institutions');
    const { status, data, errors, text } = await ask(analyst, COUNT);
    expect([status, data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
      200,
      { enrolmentCounts: null },
      ['SUBGRAPH_UNAVAILABLE'],
    ]);
    expect(closed.text + text).not.toMatch(/127\.0\.0\.1|localhost|:\d{4,5}|http/);
    await Promise.all(SUBGRAPH_NAMES.filter((name) => name !== 'institutions').map((name) => start(name)));
    expect(await world.data(analyst, COUNT)).toEqual({ enrolmentCounts: [] });
  });

  it('a county opens, a kindergarten registers and submits, the county approves, a school resolves, an analyst counts', async () => {
    acts = story.acts(world, await story.openGardens(world));
    const children = [1, 3, 5].map((serial) => inventedChild(serial));
    const applications = await acts.enrol(garden, children);
    const { results } = await acts.approve(deciding, applications);
    expect(results.map(({ record }) => record)).toEqual(
      children.map(({ documentNumber }) => ({
        id: expect.any(String) as unknown,
        status: 'ENROLLED',
        number: `G${documentNumber}`,
      })),
    );
    const number = `G${children[0]!.documentNumber}`;
    expect(await world.data(school, NUMBER, { number, bornOn: children[0]!.bornOn })).toEqual({
      resolveNumber: { outcome: 'FOUND', currentNumber: number },
    });
    expect(await world.data(analyst, COUNT)).toEqual({
      enrolmentCounts: [{ region: { code: COUNTY }, count: 3 }],
    });
  });

  it('goes on without a subgraph that was killed, dark only where its fields were, and whole when it is back', async () => {
    const children = processes.get('children')!;
    children.kill('SIGKILL');
    expect(await children.ended).toMatchObject({ code: null, signal: 'SIGKILL' });

    const dark = await ask<Page>(deciding, CHILDREN_OF_COUNTY);
    expect([dark.status, dark.data?.records.nodes.map(({ child }) => child)]).toEqual([
      200,
      [null, null, null],
    ]);
    expect(new Set(dark.errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['SUBGRAPH_UNAVAILABLE']),
    );
    expect(dark.text).not.toMatch(/127\.0\.0\.1|localhost|:\d{4,5}\b|http|ECONN/);

    await start('children');
    const whole = await world.data<Page>(deciding, CHILDREN_OF_COUNTY);
    expect(whole.records.nodes.map(({ child }) => child?.bornOn)).toEqual(Array(3).fill('2022-10-15'));
  });

  it.each(SUBGRAPH_NAMES)('%s answers nobody who calls it without a signature', async (name) => {
    const response = await fetch(`${deployed.url(name)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
    });
    const { errors, data } = (await response.json()) as Answer;
    expect([response.status, data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
      401,
      undefined,
      ['UNAUTHENTICATED'],
    ]);
  });

  it.each(SUBGRAPH_NAMES)("%s can neither change its tables nor read its neighbours'", async (name) => {
    const uri = readFileSync(join(deployed.keys, name, 'database-url'), 'utf8');
    const connection = await createConnection(uri);
    const neighbour = SUBGRAPH_NAMES.find((other) => other !== name)!;
    try {
      for (const statement of [
        'CREATE TABLE more (id INT)',
        'DROP TABLE operation',
        `SELECT 1 FROM ${deployed.database.database(neighbour)}.operation`,
      ]) {
        await expect(connection.query(statement)).rejects.toMatchObject({ errno: 1142 });
      }
    } finally {
      await connection.end();
    }
  });

  it('told to stop, finishes what it has begun, refuses what comes then, and does that once when it is back', async () => {
    await openSchools(world, [school.institution!]);
    const [first, second] = (await enrolled(acts, [11, 12])) as [Enrolled, Enrolled];
    const claims = [await claim(world, school, first), await claim(world, school, second)];
    const [one, other] = claims.map(({ takeOver }) => takeOver!.id) as [string, string];
    const acknowledge = (takeOverId: string) => ({
      idempotencyKey: `acknowledge-${takeOverId}`,
      takeOverId,
    });
    const asked = (takeOverId: string) =>
      ask<{ act: TakeOverAnswer | null }>(school, ACKNOWLEDGE, { input: acknowledge(takeOverId) });
    const applications = await acts.enrol(garden, [inventedChild(7)]);
    const before = await world.data<Counts>(analyst, COUNT);

    const feed = await fetch(`${deployed.url('gateway')}/feed?partition=0`, {
      headers: { authorization: `Bearer ${await provider.token(school)}` },
    });
    const stopping = ['records', 'primary-link'].map((name) => processes.get(name)!);
    const gateway = processes.get('gateway')!;
    const lock = await deployed.database.connect();
    await lock.query(`LOCK TABLES ${deployed.database.database('records')}.count_delta WRITE`);
    const approving = acts.approve(deciding, applications);
    const acknowledging = asked(one);
    while ((await counting(lock)) < 2) await passing(50);
    for (const process of stopping) process.kill('SIGTERM');
    await Promise.all(['records', 'primary-link'].map((name) => silent(deployed.url(name))));
    // The gateway is there; of who has ended it says so, and that asking again may help.
    const refused = await asked(other);
    expect([refused.data, refused.errors?.map(({ extensions }) => extensions.code)]).toEqual([
      { act: null },
      ['SUBGRAPH_UNAVAILABLE'],
    ]);
    gateway.kill('SIGTERM');
    await silent(deployed.url('gateway'));
    // A stream has no end of its own: it is ended, and not cut.
    expect(await feed.text()).toMatch(/^retry: 2000\n\n/);
    expect([...stopping, gateway].map((process) => process.isRunning())).toEqual([true, true, true]);
    await lock.end();
    expect((await approving).results.map(({ record }) => record?.status)).toEqual(['ENROLLED']);
    const done = (await acknowledging).data!.act!;
    expect(done.takeOver).toMatchObject({ state: 'ACKNOWLEDGED', underWay: false });
    expect(done.takeOver!.receipt).not.toBeNull();
    for (const process of [...stopping, gateway])
      expect(await process.ended).toMatchObject({ code: 0, signal: null });

    for (const name of ['records', 'primary-link', 'gateway']) await start(name);
    expect((await asked(one)).data!.act).toEqual(done);
    const again = [await asked(other), await asked(other)].map(({ data }) => data!.act!);
    expect(again[0]!.takeOver).toMatchObject({ state: 'ACKNOWLEDGED', underWay: false });
    expect(again[1]).toEqual(again[0]);
    const [counted] = (await world.data<Counts>(analyst, COUNT)).enrolmentCounts;
    expect(counted!.count).toBe(before.enrolmentCounts[0]!.count + 1 - 2);
  });

  it('in development takes the tokens that the token service prints', async () => {
    const gateway = processes.get('gateway')!;
    gateway.kill('SIGTERM');
    await gateway.ended;
    const development = { XUEJI_ENV: 'development', OIDC_ISSUER: '', OIDC_JWKS_URI: '' };
    await start('gateway', development);
    const { stdout } = await deployed.run('token', development);
    const { text } = await send(stdout.trim(), CHILDREN_OF_COUNTY);
    expect((JSON.parse(text) as Answer<Page>).data?.records.nodes.length).toBe(6);
  });

  it('ends with 0 as a whole, has written nothing beside its volumes, and has named no child in any log', async () => {
    for (const process of processes.values()) process.kill('SIGTERM');
    const ended = await Promise.all(started.map((process) => process.ended));
    expect(ended.map(({ code }) => code).sort()).toEqual([...Array<number>(9).fill(0), null]);
    const made = ['data', 'dist', 'node_modules', 'package.json', 'schema'];
    expect(readdirSync(deployed.image.directory).sort()).toEqual(made);
    const logs = ended.map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(logs).toContain('"msg":"ready"');
    expect(logs).not.toMatch(/甲乙|丙丁|19900000000|1901012022/);
  });
});
