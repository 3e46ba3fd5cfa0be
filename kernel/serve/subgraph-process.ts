/** What the four mains have in common: options to open with, and starting alone over HTTP. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Subgraph, SubgraphName } from '../graph/subgraph.ts';
import { peersOf, type Peers } from '../peers.ts';
import type { StoreLocation } from '../store/open.ts';
import { loadFieldKeys } from '../store/seal.ts';
import { ADMIN_PORTS, ConfigError, readEnv, SUBGRAPH_URLS, subgraphEnv, type SubgraphEnv } from './config.ts';
import type { IdentityKeys } from './identity.ts';
import { readIdentityKeys } from './identity-keys.ts';
import { inProcess } from './in-process.ts';
import { createLog } from './log.ts';
import { overHttp } from './over-http.ts';
import { watchStats } from './metrics.ts';
import { startOperations } from './operations.ts';
import { peerTransport } from './peer-transport.ts';
import { protectedSource } from './protected.ts';
import { runProcess, type Running } from './process.ts';
import { readReceiptKeys, type ReceiptSigner } from './receipts.ts';
import { serviceOf, STANDINGS_DEADLINES, watchStandings } from './standings.ts';
import { serveSubgraph } from './subgraph-server.ts';

export interface SubgraphOptions {
  readonly location: StoreLocation;
  readonly peers: Peers;
  readonly now: () => Date;
  /** Off where a `migrate` step has run before, as in docker compose. */
  readonly migrate?: boolean;
  /** What signs receipts; a passing key where left out. Only primary-link needs it. */
  readonly receipts?: ReceiptSigner;
}

export type OpenSubgraph = (options: SubgraphOptions) => Promise<Subgraph>;

/** Is this module the one the process was started with? */
export function isMain(moduleUrl: string): boolean {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}

/** Starts one subgraph alone, as the environment says. */
export function runSubgraph(name: SubgraphName, port: number, open: OpenSubgraph): Promise<void> {
  return runProcess(createLog(name), () => start(name, readEnv(subgraphEnv(port)), open));
}

async function start(name: SubgraphName, env: SubgraphEnv, open: OpenSubgraph): Promise<Running> {
  const location = {
    url: env.DATABASE_URL,
    keys: loadFieldKeys(env.FIELD_KEYS_FILE, { suite: env.CRYPTO_SUITE }),
    poolSize: env.DB_POOL_SIZE,
  };
  const keys = await readIdentityKeys(name, env.IDENTITY_PRIVATE_KEY_FILE, env.IDENTITY_PUBLIC_KEYS_FILE);
  const neighbours = neighboursOf(name, env, keys);
  const subgraph = await open({
    location,
    peers: neighbours.peers,
    now: () => new Date(),
    migrate: env.MIGRATE,
    ...receiptsOf(name, env),
  });
  const server = await serveSubgraph(subgraph, {
    host: env.HOST,
    port: env.PORT,
    keys,
    standings: watchStandings({
      source: name === 'institutions' ? inProcess(subgraph) : neighbours.standings,
      asker: serviceOf(name),
      log: createLog(name),
    }),
    graceMs: env.SHUTDOWN_GRACE_MS,
  });
  watchStats(subgraph);
  const operations = await startOperations(name, env, ADMIN_PORTS[name]);
  return {
    url: server.url,
    stop: () => server.stop().then(neighbours.close).finally(operations.stop),
  };
}

/** What primary-link signs, both sides keep for years: so its key must be one that stays. */
function receiptsOf(name: SubgraphName, { RECEIPT_KEYS_DIR: directory }: SubgraphEnv) {
  if (name !== 'primary-link') return {};
  if (directory === undefined) throw new ConfigError('RECEIPT_KEYS_DIR: expected, nothing came');
  return { receipts: readReceiptKeys(directory) };
}

function neighboursOf(name: SubgraphName, env: SubgraphEnv, keys: IdentityKeys) {
  const deadlines = { queryMs: env.SUBGRAPH_TIMEOUT_MS, mutationMs: env.SUBGRAPH_MUTATION_TIMEOUT_MS };
  const sources = new Map(
    Object.entries(SUBGRAPH_URLS).map(([variable, to]) => {
      const url = env[variable as keyof typeof SUBGRAPH_URLS];
      return [to, protectedSource(overHttp({ name: to, url }, keys, deadlines))];
    }),
  );
  return {
    // Of its own, since a slow answer to another question must not hold up this one.
    standings: overHttp(
      { name: 'institutions', url: env.SUBGRAPH_INSTITUTIONS_URL },
      keys,
      STANDINGS_DEADLINES,
    ),
    peers: peersOf(
      name,
      peerTransport((to) => sources.get(to)!),
    ),
    close: async () => void (await Promise.all([...sources.values()].map((source) => source.close()))),
  };
}
