import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';

const run = promisify(execFile);

export interface RunningServer {
  /** `mysql://root@127.0.0.1:<port>/`: append a database name. */
  readonly url: string;
  stop(): Promise<void>;
}

const PLACES = ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/usr/libexec'];

export function mariadbBinary(name: string): string | null {
  const path = [...(process.env['PATH'] ?? '').split(':'), ...PLACES].map((dir) => join(dir, name));
  return path.find((file) => existsSync(file)) ?? null;
}

/** A private server in a temporary directory on a free port; gone without a trace after stop. */
export async function startMariadb(binary: string): Promise<RunningServer> {
  const dir = await mkdtemp(join(tmpdir(), 'xueji-mariadb-'));
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const install = mariadbBinary('mariadb-install-db') ?? 'mariadb-install-db';
  // A server that starts removes what others left in its temporary directory, though they are still at work.
  const env = { ...process.env, TMPDIR: dir };
  await run(
    install,
    ['--no-defaults', `--datadir=${dir}/data`, '--auth-root-authentication-method=normal', ...user],
    { env },
  );
  const port = await freePort();
  const server = spawn(
    binary,
    [
      '--no-defaults', `--datadir=${dir}/data`, `--socket=${dir}/socket`, `--port=${port}`, '--bind-address=127.0.0.1',
      '--skip-log-bin', '--skip-name-resolve', '--innodb-buffer-pool-size=128M', '--innodb-flush-log-at-trx-commit=0',
      '--performance-schema=OFF', '--character-set-server=utf8mb4', '--collation-server=utf8mb4_bin',
      '--max-connections=400', `--pid-file=${dir}/pid`, ...user,
    ], // prettier-ignore
    { stdio: 'ignore', env },
  );
  const url = `mysql://root@127.0.0.1:${port}/`;
  await answering(url, server);
  return {
    url,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await gone;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let n = 0; n < 300; n++) {
    if (server.exitCode !== null)
      throw new Error(`mariadbd ended with ${server.exitCode} before it answered.`);
    try {
      await (await createConnection(url)).end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('mariadbd did not answer within 30 s.');
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
