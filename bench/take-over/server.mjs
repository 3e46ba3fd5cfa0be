/** A MariaDB of the bench's own, with its data in a temporary directory. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePorts } from '../lib/processes.mjs';

/** @returns {Promise<{url: string, stop: () => void, cpuMs: () => number}>} url without a database's name */
export async function startServer(graduates) {
  const directory = mkdtempSync(join(tmpdir(), 'xueji-bench-mariadb-'));
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  // A server that starts removes what others left in its temporary directory, though they are still at work.
  const env = { ...process.env, TMPDIR: directory };
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${directory}/data`, '--auth-root-authentication-method=normal', ...user],
    { stdio: 'ignore', env },
  );
  const [port] = await freePorts(1);
  const server = spawn(
    'mariadbd',
    [
      ...['--no-defaults', `--datadir=${directory}/data`, `--socket=${directory}/socket`, `--port=${port}`],
      ...['--bind-address=127.0.0.1', '--skip-log-bin', '--skip-name-resolve', '--max-connections=400'],
      // Durable at each commit, as in production.
      ...[
        // A province's September does not fit into a small server's memory.
        ...(graduates > 50_000
          ? ['--innodb-buffer-pool-size=4G', '--innodb-log-file-size=2G']
          : ['--innodb-buffer-pool-size=512M']),
        '--innodb-flush-log-at-trx-commit=1',
        `--pid-file=${directory}/pid`,
      ],
      ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_bin', ...user],
    ],
    { stdio: 'ignore', env },
  );
  const stop = () => {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', stop);
  const url = `mysql://root@127.0.0.1:${port}/`;
  for (let n = 0; n < 300; n++) {
    const connection = await createConnection(url).catch(() => undefined);
    if (connection) {
      for (const name of ['children', 'institutions', 'records', 'primary_link'])
        await connection.query(`CREATE DATABASE xueji_${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      await connection.end();
      return { url, stop, cpuMs: () => cpuMsOf(server.pid) };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('mariadbd did not answer within 30 s.');
}

/** What a process has used so far, in Linux's ticks of ten milliseconds. */
function cpuMsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export const databaseOf = (url, name) => `${url}xueji_${name.replace('-', '_')}`;
