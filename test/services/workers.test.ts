import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { viewerOf, type ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { DECIDING_CLERK, OPENING_CLERK } from '../../clients/cli/demo/accounts.ts';
import { DEMO_REGION } from '../../clients/cli/demo/generate.ts';
import { institutionCode } from '../../clients/cli/demo/institutions.ts';
import { openDevIssuer, type DevIssuer } from '../../gateway/dev-issuer.ts';
import { STREAMS_MAX } from '../../gateway/streams.ts';
import { READ_POINTS, REFUSED_TOKEN_POINTS } from '../../gateway/tally.ts';
import { projectFile } from '../../kernel/paths.ts';
import { SUBGRAPH_NAMES } from '../../kernel/graph/subgraph.ts';
import { composeSupergraph } from '../../schema/supergraph.ts';
import { childrenSubgraph, recordsSubgraph } from '../gateway/fixture.ts';
import { lives, openBehind, openedBy, startFleet, type Fleet } from './fleet.ts';
import { buildImage, type Image } from './image.ts';

// Processes are started here, which takes its time where others work on the machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const county = (n: number): ViewerSpec => ({
  account: `county-190101-${n}`,
  role: 'COUNTY',
  region: '190101',
});
const [CLERK, OTHER, THIRD, FOURTH] = [county(1), county(2), county(3), county(4)];
/** Where others work on the machine, a first answer may take longer than a client would wait. */
const PATIENT = { SUBGRAPH_TIMEOUT_MS: '60000', REQUEST_TIMEOUT_MS: '60000' };
const COUNTING = '{ childrenCount }';
const passing = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

let directory: string;
let image: Image;
let behind: Awaited<ReturnType<typeof openBehind>>;
let issuer: DevIssuer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xueji-workers-'));
  image = await buildImage(join(directory, 'app'));
  // The demonstration county and its explorer are no part of the image.
  cpSync(projectFile('data'), join(image.directory, 'data'), { recursive: true });
  const explorer = join('node_modules', 'altair-static');
  symlinkSync(projectFile(explorer), join(image.directory, explorer));
  behind = await openBehind(directory, [CLERK, OTHER, THIRD, FOURTH]);
  issuer = await openDevIssuer(directory);
});
afterAll(async () => {
  await behind?.close();
  rmSync(directory, { recursive: true, force: true });
});

const fleet = (env: Readonly<Record<string, string>> = {}) =>
  startFleet(image, 'dist/gateway/main.js', { ...behind.env, GATEWAY_WORKERS: '2', ...PATIENT, ...env });

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Over a connection that had been answered on before? */
type Broken = Error & { readonly kept?: boolean };

interface Asking {
  readonly agent?: Agent;
  readonly requestId?: string;
  readonly token?: string;
  readonly variables?: object;
}

const tokens = new Map<string, Promise<string>>();
function tokenOf(as: ViewerSpec): Promise<string> {
  const token = tokens.get(as.account) ?? issuer.mint(viewerOf(as));
  tokens.set(as.account, token);
  return token;
}

/** Over the connections of the agent; a connection of its own where none is given. Rejects where the connection breaks. */
async function ask(
  url: string,
  as: ViewerSpec,
  query: string,
  { agent, requestId, token, variables = {} }: Asking = {},
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${token ?? (await tokenOf(as))}`,
    ...(requestId && { 'x-request-id': requestId }),
  };
  return new Promise((resolve, reject) => {
    const req = request(`${url}/graphql`, { method: 'POST', headers, agent: agent ?? false }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part: string) => (text += part));
      res.once('end', () => resolve({ status: res.statusCode!, headers: res.headers, text }));
      res.once('error', reject);
    });
    req.once('error', (error) => reject(Object.assign(error, { kept: req.reusedSocket })));
    req.setTimeout(30_000, () => req.destroy(new Error('no answer')));
    const body = JSON.stringify({ query, variables });
    req.setHeader('content-length', Buffer.byteLength(body));
    req.end(body);
  });
}

function page(url: string, path: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { agent }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part: string) => (text += part));
      res.once('end', () => resolve(text));
    })
      .once('error', reject)
      .end();
  });
}

interface Stream {
  readonly status: number;
  readonly isBroken: () => boolean;
  readonly end: () => void;
}

/** A stream of the feed, as it was answered, until it is ended. */
async function stream(url: string, as: ViewerSpec): Promise<Stream> {
  const headers = { authorization: `Bearer ${await tokenOf(as)}` };
  return new Promise((resolve, reject) => {
    const req = request(`${url}/feed?partition=0`, { headers, agent: false }, (res) => {
      let broken = false;
      res.resume();
      res.once('error', () => (broken = true));
      resolve({ status: res.statusCode!, isBroken: () => broken, end: () => req.destroy() });
    });
    req.once('error', reject);
    req.end();
  });
}

const statusesOf = (answers: readonly Answer[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const times = <T>(n: number, once: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => once(i)));

/** The values of a metric, by worker. */
async function metricOf(running: Fleet, name: string): Promise<Record<string, number>> {
  const text = await (await fetch(running.admin())).text();
  const values: Record<string, number> = {};
  for (const [, labels, value] of text.matchAll(new RegExp(`^${name}\\{(.*)\\} (\\S+)$`, 'gm'))) {
    const worker = /worker="(\w+)"/.exec(labels!)![1]!;
    values[worker] = (values[worker] ?? 0) + Number(value);
  }
  return values;
}

/** Clients that ask again and again, each over a connection of its own, until told to stop. */
function load(url: string, clients: number) {
  const answered = new Map<string, number>();
  const broken: { kept: boolean }[] = [];
  let goes = true;
  let serial = 0;
  const client = async () => {
    let agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (goes) {
      const requestId = `load-${process.pid}-${serial++}`;
      try {
        const { status } = await ask(url, CLERK, COUNTING, { agent, requestId });
        answered.set(requestId, status);
        await passing(10);
      } catch (error) {
        broken.push({ kept: (error as Broken).kept === true });
        agent.destroy();
        agent = new Agent({ keepAlive: true, maxSockets: 1 });
        await passing(20);
      }
    }
    agent.destroy();
  };
  const ended = Promise.all(Array.from({ length: clients }, client));
  return { answered, broken, stop: () => ((goes = false), ended) };
}

describe('A gateway with two workers', () => {
  let running: Fleet;
  let url: string;
  const REQUESTS = 40;
  beforeAll(async () => {
    running = fleet({
      RATE_LIMITS: 'on',
      CLIENT_ALLOWANCES: JSON.stringify({
        'account:county-190101-2': { minute: REQUESTS * (READ_POINTS + 1) },
        'account:county-190101-3': { minute: 30 },
      }),
    });
    url = await running.url();
  });
  afterAll(() => running.kill('SIGKILL'));

  it('says once that it is ready, on one port for all, and that it has two', () => {
    const ready = running.lines().filter(({ msg }) => msg === 'ready');
    expect(ready).toEqual([expect.objectContaining({ service: 'gateway', workers: 2, url })]);
    expect(running.workers()).toHaveLength(2);
  });

  it('answers by both of them, and shows the metrics of both on one port', async () => {
    expect(statusesOf(await times(40, () => ask(url, CLERK, COUNTING)))).toEqual({ 200: 40 });
    await running.line(({ msg, worker }) => msg === 'request' && worker === 1);
    await running.line(({ msg, worker }) => msg === 'request' && worker === 2);
    const requests = await metricOf(running, 'xueji_request_duration_seconds_count');
    expect(Object.keys(requests)).toEqual(['1', '2']);
    expect(requests['1']! + requests['2']!).toBe(40);
    expect(Math.min(requests['1']!, requests['2']!)).toBeGreaterThan(10);
    expect(await metricOf(running, 'xueji_workers')).toEqual({ primary: 2 });
    const memory = await metricOf(running, 'xueji_process_resident_memory_bytes');
    expect(Object.keys(memory).sort()).toEqual(['1', '2', 'primary']);
  });

  it('lets a client spend its minute over both of them, and not a point more', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < REQUESTS + 2; i++) statuses.push((await ask(url, OTHER, COUNTING)).status);
    expect(statuses).toEqual([...Array<number>(REQUESTS).fill(200), 429, 429]);
    const refused = await ask(url, OTHER, COUNTING);
    expect([refused.status, refused.headers['ratelimit-remaining']]).toEqual([429, '0']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('and just as exactly where everybody comes at once', async () => {
    // What refused tokens cost their address, 500 points at a time: each worker borrows, and has to give back.
    const tries = 200_000 / REFUSED_TOKEN_POINTS;
    const answers = await times(tries + 50, () => ask(url, CLERK, COUNTING, { token: 'a.b.c' }));
    expect(statusesOf(answers)).toEqual({ 401: tries, 429: 50 });
    expect((await ask(url, CLERK, COUNTING)).status).toBe(200);
  });

  it('tells what is left, also of a minute too small to be shared', async () => {
    const left: unknown[] = [];
    for (let i = 0; i < 3; i++) left.push((await ask(url, THIRD, COUNTING)).headers['ratelimit-remaining']);
    expect(left).toEqual([30 - READ_POINTS - 1, 30 - 2 * (READ_POINTS + 1), 0].map(String));
  });

  it('goes over to another supergraph with both of them', async () => {
    const { sdl } = childrenSubgraph();
    const { supergraphSdl } = composeSupergraph([
      { name: 'children', sdl: sdl.replace('slow(ms: Int!)', 'slow(ms: Int!, new: Int)') },
      { name: 'records', sdl: recordsSubgraph().sdl },
    ]);
    const query = '{ slow(ms: 0, new: 1) }';
    expect(statusesOf(await times(4, () => ask(url, CLERK, query)))).toEqual({ 400: 4 });
    writeFileSync(behind.supergraph, supergraphSdl);
    for (const number of [1, 2])
      await running.line(({ msg, worker }) => msg === 'supergraph replaced' && worker === number);
    expect(statusesOf(await times(20, () => ask(url, CLERK, query)))).toEqual({ 200: 20 });
  });

  it('serves nobody uncounted while the primary does not answer', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await ask(url, CLERK, COUNTING, { agent })).status).toBe(200);
    running.kill('SIGSTOP');
    const refused = await ask(url, FOURTH, COUNTING, { agent });
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('cannot be counted')]);
    // Whose minute was lent before is served.
    expect((await ask(url, CLERK, COUNTING, { agent })).status).toBe(200);
    running.kill('SIGCONT');
    expect((await ask(url, FOURTH, COUNTING, { agent })).status).toBe(200);
    agent.destroy();
  });

  it('loses with a killed worker no more than was on its connections, and puts another in its place', async () => {
    const clients = 8;
    const { answered, broken, stop } = load(url, clients);
    await passing(500);
    const [victim] = running.workers();
    process.kill(victim!, 'SIGKILL');
    expect(await running.line(({ msg }) => msg === 'worker ended')).toMatchObject({ signal: 'SIGKILL' });
    const meanwhile = answered.size;
    await running.line(({ msg }) => msg === 'worker replaced');
    const before = answered.size;
    await passing(500);
    await stop();
    expect(before).toBeGreaterThan(meanwhile);
    expect(answered.size).toBeGreaterThan(before);
    expect(new Set(answered.values())).toEqual(new Set([200]));
    expect(broken.length).toBeLessThanOrEqual(clients);
    expect(running.workers()).toHaveLength(2);
    expect(running.workers()).not.toContain(victim);
    expect(await metricOf(running, 'xueji_workers')).toEqual({ primary: 2 });
  });

  it('leaves no worker behind when the primary is killed', async () => {
    const workers = running.workers();
    running.kill('SIGKILL');
    for (const pid of workers) while (lives(pid)) await passing(20);
    await running.ended;
    await expect(ask(url, CLERK, COUNTING)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('A gateway with workers', () => {
  it('that is told to stop answers all its workers have taken in, and ends with 0', async () => {
    const running = fleet();
    const url = await running.url();
    const slow = times(4, (i) => ask(url, OTHER, '{ slow(ms: 1000) }', { requestId: `slow-${i}-request` }));
    const { answered, broken, stop } = load(url, 8);
    await passing(500);
    running.kill('SIGTERM');
    expect(statusesOf(await slow)).toEqual({ 200: 4 });
    const { code } = await running.ended;
    await stop();
    expect(code).toBe(0);
    const taken = running
      .lines()
      .filter(({ msg, requestId }) => msg === 'request' && requestId!.startsWith('load-'));
    expect(taken.length).toBeGreaterThan(50);
    expect(taken.filter(({ requestId }) => answered.get(requestId!) !== 200)).toEqual([]);
    expect(answered.size).toBe(taken.length);
    expect(running.lines().filter(({ msg }) => msg === 'worker ended')).toEqual([]);
    // Whoever comes over a new connection when all is over is told so. Over a kept one nobody's request is lost on its way.
    expect(broken.filter(({ kept }) => kept)).toEqual([]);
  });

  it('tells a configuration that does not fit once, and ends with 2', async () => {
    // One that the primary finds, and one that only a worker meets.
    for (const [variable, value] of [
      ['GATEWAY_WORKERS', '65'],
      ['OIDC_ISSUER', 'https://identity.test'],
    ] as const) {
      const { code, stderr } = await fleet({ GATEWAY_WORKERS: '3', [variable]: value }).ended;
      expect(code).toBe(2);
      expect(stderr.match(new RegExp(variable, 'g'))).toHaveLength(1);
    }
  });
});

/** What workers are made of, without a gateway: a worker serves unless a file says that it cannot. */
const PROGRAM = `
import { existsSync } from 'node:fs';
import { ConfigError } from './dist/kernel/serve/config.js';
import { createLog } from './dist/kernel/serve/log.js';
import { runProcess } from './dist/kernel/serve/process.js';
import { primary } from './dist/kernel/serve/workers/primary.js';
import { startWorkers } from './dist/kernel/serve/workers/workers.js';
const log = createLog('program');
await runProcess(log, async () => {
  if (!primary) return startWorkers({ log, count: 2, graceMs: 1000, attend: () => () => undefined });
  if (existsSync(process.env.BROKEN)) throw new ConfigError('nothing was expected, something came');
  return { url: 'http://nowhere', stop: () => Promise.resolve() };
});
`;

describe('Workers', () => {
  it('end as a whole, as the last of them did, when none can be put in the place of one that died', async () => {
    const broken = join(directory, 'broken');
    writeFileSync(join(image.directory, 'program.mjs'), PROGRAM);
    const running = startFleet(image, 'program.mjs', { BROKEN: broken });
    await running.url();
    const [one, other] = running.workers();
    process.kill(one!, 'SIGKILL');
    await running.line(({ msg }) => msg === 'worker replaced');
    writeFileSync(broken, '');
    process.kill(
      running.workers().find((pid) => pid !== other)!,
      'SIGKILL',
    );
    const { code, stderr } = await running.ended;
    expect([code, stderr.match(/nothing was expected/g)?.length]).toEqual([2, 4]);
    expect(lives(other!)).toBe(false);
  });
});

describe('Lines of several processes that share one pipe', () => {
  const WRITERS = 3;
  const LINES = 4000;
  const WRITER = `
import { createLog } from './dist/kernel/serve/log.js';
const log = createLog('writer');
const text = '甲'.repeat(100);
for (let n = 0; n < ${LINES}; n++) log.info({ n, text: text.slice(0, n % 100) }, 'line');
`;

  it('are whole, every one of them, also where the reader is slow', async () => {
    writeFileSync(join(image.directory, 'writer.mjs'), WRITER);
    // A pipe of the shell's: what Node calls one is a socket.
    const writers = Array(WRITERS).fill('node writer.mjs &').join(' ');
    const read = `let all = ''; process.stdin.on('data', (part) => { all += part; process.stdin.pause(); setTimeout(() => process.stdin.resume(), 1); }).on('end', () => process.stdout.write(all));`;
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', `{ ${writers} wait; } 2>&1 >/dev/null | node -e "$READ"`],
      {
        cwd: image.directory,
        env: { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, READ: read },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { n: number; text: string });
    expect(lines).toHaveLength(WRITERS * LINES);
    const times = new Map<number, number>();
    for (const { n } of lines) times.set(n, (times.get(n) ?? 0) + 1);
    expect(new Set(times.values())).toEqual(new Set([WRITERS]));
  });
});

describe('npm start with two workers', () => {
  let running: Fleet;
  let url: string;
  const data = () => join(directory, 'data');
  /** A connection for each worker, in the order of their numbers. */
  const agents: Agent[] = [];
  beforeAll(async () => {
    mkdirSync(data());
    // Says that the county is there; nobody lives in it.
    writeFileSync(join(data(), 'demo-county.json'), '{}');
    const env = { DATA_DIR: data(), GATEWAY_WORKERS: '2', LOG_LEVEL: 'debug', ...PATIENT };
    running = startFleet(image, 'dist/embedded/main.js', env);
    url = await running.url();
    issuer = await openDevIssuer(data());
    tokens.clear();
    for (let i = 0; agents.length < 2; i++) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const requestId = `whose-connection-${i}`;
      await ask(url, OPENING_CLERK, '{ viewer { account } }', { agent, requestId });
      const line = await running.line((one) => one.msg === 'request' && one.requestId === requestId);
      if (line.worker === agents.length + 1) agents.push(agent);
      else agent.destroy();
    }
  });
  afterAll(async () => {
    agents.forEach((agent) => agent.destroy());
    running.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  });

  it('keeps the databases to the one process that was started', () => {
    const databases = (pid: number) =>
      openedBy(pid)
        .map((file) => /([\w-]+)\.sqlite$/.exec(file)?.[1])
        .filter((name) => name !== undefined);
    expect(new Set(databases(running.pid))).toEqual(new Set(SUBGRAPH_NAMES));
    expect(running.workers().map(databases)).toEqual([[], []]);
  });

  it('shows through one worker what was written through the other', async () => {
    const code = institutionCode(DEMO_REGION, 7);
    const item = {
      ...{ code, name: '示例幼儿园', kind: 'KINDERGARTEN', founder: 'PRIVATE', urbanRuralClass: '111' },
      ...{ region: DEMO_REGION, openedOn: '2020-09-01' },
    };
    const open = `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { userErrors { code } } } }`;
    const variables = { input: { idempotencyKey: 'through-one', items: [item] } };
    const written = await ask(url, OPENING_CLERK, open, { agent: agents[0]!, variables });
    expect(JSON.parse(written.text)).toEqual({
      data: { openInstitutions: { results: [{ userErrors: [] }] } },
    });
    const read = await ask(url, DECIDING_CLERK, `{ institution(code: "${code}") { name } }`, {
      agent: agents[1]!,
    });
    expect(JSON.parse(read.text)).toEqual({ data: { institution: { name: '示例幼儿园' } } });
  });

  it('shows the same pages through both, with the same samples and tokens', async () => {
    const pages = await Promise.all(agents.map((agent) => page(url, '/explorer/initial-options.js', agent)));
    expect(pages[0]).toContain('Bearer ');
    expect(pages[1]).toBe(pages[0]);
  });

  it('keeps to eight streams an account over both, and gives back those of a worker that died', async () => {
    const streams = () => times(STREAMS_MAX + 2, () => stream(url, DECIDING_CLERK));
    const open = await streams();
    const statuses = open.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(STREAMS_MAX).fill(200), 429, 429]);
    const [victim] = running.workers();
    process.kill(victim!, 'SIGKILL');
    await running.line(({ msg }) => msg === 'worker replaced');
    const more = await streams();
    const broken = open.filter(({ isBroken }) => isBroken()).length;
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeLessThan(STREAMS_MAX);
    expect(more.filter(({ status }) => status === 200).length).toBe(broken);
    [...open, ...more].forEach(({ end }) => end());
  });
});
