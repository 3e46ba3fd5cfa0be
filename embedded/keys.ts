/**
 * `npm run keys -- init --dir <dir> [--mysql <host:port>]`: makes what is missing of a deployment's secrets, each in
 * a directory of the one process that may read it; with `--mysql` the accounts of a new database server as well.
 * `npm run keys -- rotate | reseal | retire <id> [--keys <file>] [<subgraph> …]`: changes the key personal values are sealed with.
 */
import { parseArgs } from 'node:util';
import { SUBGRAPH_NAMES, type SubgraphName } from '../kernel/graph/subgraph.ts';
import { commonEnv, ConfigError, readEnv } from '../kernel/serve/config.ts';
import { createLog, faultFacts } from '../kernel/serve/log.ts';
import { KeyFileError } from '../kernel/store/key-file.ts';
import { initKeys } from './keys/init.ts';
import { resealAll, retireKey, rotateKeys, type Keyed } from './keys/rotate.ts';

const USAGE = `应为 Expected:
  init --dir <dir> [--mysql <host:port>]
  rotate [--keys <file>] [<subgraph> …]
  reseal [--keys <file>] [<subgraph> …]
  retire <id> [--keys <file>] [<subgraph> …]`;
const SERVER = /^[\w.-]+:\d{1,5}$/;

type Task = () => void | Promise<void>;

function wanted(): Task | undefined {
  try {
    const { values, positionals } = parseArgs({
      options: { dir: { type: 'string' }, mysql: { type: 'string' }, keys: { type: 'string' } },
      allowPositionals: true,
    });
    const [command, ...rest] = positionals;
    const { dir, mysql, keys } = values;
    if (command === 'init') return initTask(rest, dir, mysql);
    if (dir !== undefined || mysql !== undefined) return undefined;
    const id = command === 'retire' ? Number(rest.shift()) : 1;
    const names = subgraphsIn(rest);
    if (!names || !Number.isInteger(id)) return undefined;
    const keyed: Keyed = { file: keys, subgraphs: names };
    const tasks: Readonly<Record<string, Task>> = {
      rotate: () => rotateKeys(keyed),
      reseal: () => resealAll(keyed),
      retire: () => retireKey(keyed, id),
    };
    return tasks[command ?? ''];
  } catch {
    return undefined;
  }
}

function initTask(rest: readonly string[], directory?: string, mysql?: string): Task | undefined {
  const fits = rest.length === 0 && directory && (mysql === undefined || SERVER.test(mysql));
  if (!fits) return undefined;
  return () => {
    initKeys(directory, mysql, readEnv(commonEnv).CRYPTO_SUITE);
    console.error('密钥已就绪。The keys are ready.');
  };
}

/** Undefined where one of them is none. */
function subgraphsIn(names: readonly string[]): readonly SubgraphName[] | undefined {
  const known = SUBGRAPH_NAMES.filter((name) => names.length === 0 || names.includes(name));
  return known.length === (names.length || SUBGRAPH_NAMES.length) ? known : undefined;
}

const task = wanted();
if (!task) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    await task();
  } catch (error) {
    const told = error instanceof ConfigError || error instanceof KeyFileError;
    if (told) console.error(error.message);
    else createLog('keys').fatal(faultFacts(error), 'keys: failed');
    process.exitCode = told ? 2 : 1;
  }
}
