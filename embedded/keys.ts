/**
 * `npm run keys -- init --dir <dir> [--mysql <host:port>]`: makes what is missing of a deployment's secrets, each in
 * a directory of the one process that may read it; with `--mysql` the accounts of a new database server as well.
 */
import { parseArgs } from 'node:util';
import { initKeys } from './keys/init.ts';

const USAGE = '应为 init --dir <dir> [--mysql <host:port>]。Expected these arguments.';
const SERVER = /^[\w.-]+:\d{1,5}$/;

interface Wanted {
  readonly directory: string;
  readonly mysql: string | undefined;
}

function wanted(): Wanted | undefined {
  try {
    const { values, positionals } = parseArgs({
      options: { dir: { type: 'string' }, mysql: { type: 'string' } },
      allowPositionals: true,
    });
    const { dir: directory, mysql } = values;
    const fits = positionals.join() === 'init' && directory && (mysql === undefined || SERVER.test(mysql));
    return fits ? { directory, mysql } : undefined;
  } catch {
    return undefined;
  }
}

const task = wanted();
if (task) {
  await initKeys(task.directory, task.mysql);
  console.error('密钥已就绪。The keys are ready.');
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
