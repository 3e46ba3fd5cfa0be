/** `npm run migrate [-- <subgraph> …]`: brings the databases of all four subgraphs, or of those named, up to date. */
import { SUBGRAPH_NAMES, type SubgraphName } from '../kernel/graph/subgraph.ts';
import type { Peers } from '../kernel/peers.ts';
import { ConfigError, DATABASE_URLS, migrateEnv, readEnv } from '../kernel/serve/config.ts';
import { createLog, faultFacts, type Log } from '../kernel/serve/log.ts';
import type { FieldKeys } from '../kernel/store/seal.ts';
import { SUBGRAPHS } from './graph.ts';

/** Migrating seals nothing and asks nobody, so it is given neither keys nor neighbours to do it with. */
const refuse = () => {
  throw new Error('Migrating neither seals personal values nor asks neighbours.');
};
const NO_KEYS: FieldKeys = { seal: refuse, unseal: refuse, blindIndex: refuse };
const NO_PEERS: Peers = { ask: refuse, entities: refuse };

function namesIn(args: readonly string[]): readonly SubgraphName[] {
  const unknown = args.filter((arg) => !(SUBGRAPH_NAMES as readonly string[]).includes(arg));
  if (unknown.length > 0) {
    throw new ConfigError(
      `应为 ${SUBGRAPH_NAMES.join('、')}。Expected some of these, or none for all of them.`,
    );
  }
  return args.length > 0 ? (args as SubgraphName[]) : SUBGRAPH_NAMES;
}

/** Opening with `migrate` does it all, the region list included. */
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
