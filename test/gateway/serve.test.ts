import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commonEnv, ConfigError, readEnv, subgraphEnv } from '../../kernel/serve/config.ts';
import { createHttp } from '../../kernel/serve/http.ts';
import { createLog, faultFacts } from '../../kernel/serve/log.ts';
import { projectFile } from '../../kernel/paths.ts';
import { send } from './fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'xueji-serve-'));
const options = {
  log: createLog('test'),
  host: '127.0.0.1',
  port: 0,
  graceMs: 2_000,
  ready: () => Promise.resolve(),
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the shared HTTP front', () => {
  it('finishes what it has begun, takes nothing new, and says so', async () => {
    const http = await createHttp({
      ...options,
      mount: (app) => app.get('/slow', (_, res) => void setTimeout(() => res.json({ done: true }), 400)),
    });
    const begun = send(`${http.url}/slow`, {});
    await wait(100);
    const stopped = http.stop();
    expect((await begun).text).toBe('{"done":true}');
    await stopped;
    await expect(fetch(`${http.url}/healthz`)).rejects.toThrow();
  });

  it('told to linger, takes one more request of each connection that lies idle, and then no other', async () => {
    const http = await createHttp({ ...options, lingerMs: 300, mount: () => undefined });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const health = () =>
      new Promise<string | undefined>((resolve, reject) => {
        get(`${http.url}/healthz`, { agent }, (res) => {
          res.resume().once('end', () => resolve(res.headers.connection));
        }).once('error', reject);
      });
    expect(await health()).toBe('keep-alive');
    const stopped = http.stop();
    await wait(50);
    expect(await health()).toBe('close');
    await stopped;
    await expect(health()).rejects.toThrow('ECONNREFUSED');
  });

  it('closes connections beyond so many, and lets the next in when one has ended', async () => {
    const http = await createHttp({ ...options, connections: 2, mount: () => undefined });
    const open = async () => {
      const socket = connect(Number(new URL(http.url).port), '127.0.0.1');
      const closed = once(socket, 'close');
      socket.write('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
      const answered = once(socket, 'data').then(([text]) => String(text).split('\r\n')[0]);
      return { socket, outcome: await Promise.race([answered, closed.then(() => 'closed')]), closed };
    };
    const [one, other, third] = [await open(), await open(), await open()];
    expect([one, other, third].map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(2).fill('HTTP/1.1 200 OK'),
      'closed',
    ]);
    one.socket.destroy();
    await one.closed;
    await wait(50);
    const fourth = await open();
    expect(fourth.outcome).toBe('HTTP/1.1 200 OK');
    other.socket.destroy();
    fourth.socket.destroy();
    await http.stop();
  });

  it('waits for an open request no longer than the grace', async () => {
    const http = await createHttp({
      ...options,
      graceMs: 200,
      mount: (app) => app.get('/never', () => undefined),
    });
    const begun = fetch(`${http.url}/never`).catch(() => 'cut');
    await wait(100);
    const startedAt = Date.now();
    await http.stop();
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    expect(await begun).toBe('cut');
  });

  it('is alive while it is not ready, and does not say why', async () => {
    const http = await createHttp({
      ...options,
      ready: () => Promise.reject(new Error('password of root@10.0.0.7')),
      mount: () => undefined,
    });
    expect((await send(`${http.url}/healthz`, {})).text).toBe('{"status":"ok"}');
    const ready = await send(`${http.url}/readyz`, {});
    expect([ready.status, ready.text]).toEqual([503, '{"status":"not ready"}']);
    await http.stop();
  });

  it('keeps the request id it is given, unless that is no id', async () => {
    const http = await createHttp({ ...options, mount: () => undefined });
    const idOf = async (given: string) =>
      (await send(http.url, { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idOf('request-12345')).toBe('request-12345');
    expect(await idOf('<script>')).toMatch(/^[0-9a-f-]{36}$/);
    await http.stop();
  });
});

describe('the configuration', () => {
  it('names every fault at once, without the values', () => {
    const read = () =>
      readEnv(subgraphEnv(4001), { PORT: '99999', LOG_LEVEL: 'loud', SUBGRAPH_RECORDS_URL: 'ftp://secret' });
    expect(read).toThrow(ConfigError);
    for (const name of [
      'PORT',
      'LOG_LEVEL',
      'DATABASE_URL',
      'IDENTITY_PRIVATE_KEY_FILE',
      'SUBGRAPH_RECORDS_URL',
    ]) {
      expect(read).toThrow(new RegExp(`^  ${name}: `, 'm'));
    }
    expect(read).not.toThrow(/99999|loud|secret/);
  });

  it('reads a secret from its file, and an empty variable as none', () => {
    const file = join(directory, 'url');
    writeFileSync(file, 'mysql://a@b/c\n');
    const env = readEnv(subgraphEnv(4001), {
      PORT: '',
      DATABASE_URL_FILE: file,
      IDENTITY_PRIVATE_KEY_FILE: 'a',
      IDENTITY_PUBLIC_KEYS_FILE: 'b',
      FIELD_KEYS_FILE: 'c',
    });
    expect([env.DATABASE_URL, env.PORT]).toEqual(['mysql://a@b/c', 4001]);
    expect(() => readEnv(commonEnv.extend({ X: commonEnv.shape.HOST }), { X_FILE: '/nowhere' })).toThrow(
      'X_FILE: cannot be read',
    );
  });
});

it('of an unknown error says the class and the code, never the message', () => {
  const error = Object.assign(new RangeError('a child'), { code: 'ER_DUP_ENTRY' });
  expect(faultFacts(error)).toEqual({ fault: 'RangeError', code: 'ER_DUP_ENTRY' });
});

describe('a process that may not start', () => {
  const run = (program: string[], env: Record<string, string>) =>
    new Promise<{ code: number | string | null | undefined; stdout: string; stderr: string }>((resolve) => {
      const args = ['--import', projectFile('test', 'support', 'typescript.js'), projectFile(...program)];
      const [node, extra] = [
        process.execPath,
        program.includes('cli') ? ['token', '--role', 'MINISTRY'] : [],
      ];
      execFile(node, [...args, ...extra], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  it('the gateway alone ends with 2 and tells what is missing', async () => {
    const { code, stderr } = await run(['gateway', 'main.ts'], {
      ...{ NODE_ENV: 'test', DATA_DIR: directory, GATEWAY_WORKERS: '1' },
    });
    expect([code, stderr.trim()]).toEqual([2, 'IDENTITY_PRIVATE_KEY_FILE: expected, nothing came']);
  });

  it('the development issuer ends with 2 in production, and prints a token alone otherwise', async () => {
    const production = await run(['clients', 'cli', 'main.ts'], {
      NODE_ENV: 'production',
      DATA_DIR: directory,
    });
    expect([production.code, production.stdout]).toEqual([2, '']);
    expect(production.stderr).toContain('does not run with NODE_ENV=production');
    const development = await run(['clients', 'cli', 'main.ts'], { NODE_ENV: 'test', DATA_DIR: directory });
    expect(development.code).toBe(0);
    expect(development.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  });
});
