import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/mariadb.ts';

const dir = mkdtempSync(join(tmpdir(), 'xueji-start-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

interface Started {
  readonly url: string;
  readonly out: string;
  readonly err: string;
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** `npm start` as a newcomer runs it, from the sources. */
async function start({
  env = {},
  until = 'Ctrl+C',
}: { env?: NodeJS.ProcessEnv; until?: string } = {}): Promise<Started> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', './test/support/typescript.js', 'embedded/main.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      DATA_DIR: dir,
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ended.finally(() => running.delete(child));
  };
  const ready = async () => {
    while (!`${out}${err}`.includes(until)) {
      if (child.exitCode !== null) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await ready();
  return { url: `http://127.0.0.1:${port}`, out, err, stop };
}

/** The token printed under a heading. */
const tokenUnder = (out: string, heading: string) => out.split(heading)[1]!.split('\n')[1]!.trim();

async function ask(url: string, token: string, query: string, more: object = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...more };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return await response.json();
}

/** The three operations as they are printed, each a line that begins with a brace. */
const operations = (out: string) =>
  out
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('{ '));

/** Of the 11,300 children these wait for the county or for their kindergarten. */
const UNDECIDED = 121;
/** Beside them: last year's, who have not graduated or whose class has gone on. */
const OF_LAST_YEAR = 9;

const TOTAL = '{ enrolmentCounts(by: []) { count } }';

describe('npm start', () => {
  let total: unknown;

  it('may be killed while it seeds', async () => {
    const { stop } = await start({ until: '"done":' });
    expect(await stop('SIGKILL')).toBeNull();
  }, 60_000);

  it('goes on seeding where it was killed, says how far it is, and prints what a newcomer needs', async () => {
    const { url, out, err, stop } = await start();
    expect(err).toContain('"total":11300');
    const [clerk, school, analyst] = ['county clerk 330110', 'primary school', 'ministry analyst'].map(
      (heading) => tokenUnder(out, heading),
    );
    const [queue, resolve, counts] = operations(out);
    expect(await ask(url, clerk!, queue!)).toMatchObject({
      data: { applications: { totalCount: expect.any(Number) as unknown } },
    });
    // As it is printed above the operation.
    const [, name, purpose] = /\(header: (x-xueji-purpose): (\w+)\)/.exec(out)!;
    expect(await ask(url, school!, resolve!, { [name!]: purpose })).toMatchObject({
      data: { resolveNumber: { outcome: 'FOUND', status: 'IN_KINDERGARTEN' } },
    });
    expect(await ask(url, analyst!, counts!)).toMatchObject({
      // Of last year's oldest class some have not graduated yet.
      data: { enrolmentCounts: [{ region: { name: '浙江省' } }, {}, {}, {}, {}] },
    });
    total = await ask(url, analyst!, TOTAL);
    expect(total).toEqual({ data: { enrolmentCounts: [{ count: 11_300 - UNDECIDED + OF_LAST_YEAR }] } });
    expect((await fetch(`${url}/explorer/`)).status).toBe(200);
    expect(await stop()).toBe(0);
  }, 180_000);

  it('keeps its data, is ready without seeding again, and takes the tokens printed before', async () => {
    const { url, out, err, stop } = await start();
    expect(err).not.toContain('"total":11300');
    expect(await ask(url, tokenUnder(out, 'ministry analyst'), TOTAL)).toEqual(total);
    expect(await stop()).toBe(0);
  }, 60_000);

  it('ends when npm is gone, which the shell between does not tell it', async () => {
    const port = await freePort();
    const program = `"${process.execPath}" --import ./test/support/typescript.js embedded/main.ts; true`;
    const env = { ...process.env, NODE_ENV: 'development', npm_lifecycle_event: 'start' };
    const shell = spawn('sh', ['-c', program], {
      env: { ...env, DATA_DIR: dir, PORT: String(port), ADMIN_PORT: '0' },
      stdio: 'ignore',
    });
    running.add(shell);
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(answers, { timeout: 60_000 }).toBe(true);
    shell.kill('SIGTERM');
    await expect.poll(answers, { timeout: 10_000 }).toBe(false);
  }, 80_000);

  it('says what it cannot do where only filed operations are run', async () => {
    const { err, stop } = await start({ env: { PERSISTED_OPERATIONS: 'enforce' } });
    expect(await stop()).toBe(2);
    expect(err).toContain('"enforce" is for the gateway alone');
  }, 60_000);

  it('refuses to run its development issuer with NODE_ENV=production', async () => {
    const { err, out, stop } = await start({ env: { NODE_ENV: 'production' } });
    expect(await stop()).toBe(2);
    expect(err).toContain('The development issuer does not run with NODE_ENV=production');
    expect(out).toBe('');
  });
});
