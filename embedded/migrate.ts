/** `npm run migrate [-- <subgraph> …]`: brings the databases of all four subgraphs, or of those named, up to date. */
import { SUBGRAPH_NAMES, type SubgraphName } from '../kernel/graph/subgraph.ts';
import { ConfigError, DATABASE_URLS, migrateEnv, readEnv } from '../kernel/serve/config.ts';
import { createLog, faultFacts, type Log } from '../kernel/serve/log.ts';
import { NO_KEYS } from '../kernel/store/seal.ts';
import { SUBGRAPHS } from './graph.ts';
import { NO_PEERS } from './unattended.ts';

function namesIn(args: readonly string[]): readonly SubgraphName[] {
  const unknown = args.filter((arg) => !(SUBGRAPH_NAMES as readonly string[]).includes(arg));
  if (unknown.length > 0) {
    throw new ConfigError(
      `应为 ${SUBGRAPH_NAMES.join('、')}。Expected some of these, or none for all of them.`,
    );
  }
  return args.length > 0 ? (args as SubgraphName[]) : SUBGRAPH_NAMES;
}

/** Opening with `migrate` does it all, the region list and the calendar included. */
async function migrate(names: readonly SubgraphName[], log: Log): Promise<void> {
  const env: Readonly<Record<string, string>> = readEnv(migrateEnv(names));
  for (const name of names) {
    const location = { url: env[DATABASE_URLS[name]]!, keys: NO_KEYS, poolSize: 2 };
    const subgraph = await SUBGRAPHS[name].open({ location, peers: NO_PEERS, now: () => new Date() });
    await subgraph.close();
    log.info({ subgraph: name }, 'migrated');
  }
}

const log = createLog('migrate');
try {
  await migrate(namesIn(process.argv.slice(2)), log);
} catch (error) {
  if (error instanceof ConfigError) console.error(error.message);
  else log.fatal(faultFacts(error), 'could not migrate');
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
