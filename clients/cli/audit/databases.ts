import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../../kernel/graph/subgraph.ts';
import { databasesEnv, ConfigError, DATABASE_URLS, readEnv } from '../../../kernel/serve/config.ts';
import { openStore, type Store, type WithEach } from '../../../kernel/store/open.ts';
import { NO_KEYS } from '../../../kernel/store/seal.ts';

export interface AuditLog {
  readonly subgraph: SubgraphName;
  readonly store: Store<WithEach>;
}

/** Of a database it sees only what every subgraph has; the log is part of that. */
const ANY = { name: 'audit', tables: () => ({}), migrations: () => [] };

/** Does something with the log of each subgraph: at the address of its database, else in its file in DATA_DIR. */
export async function inEach(
  subgraphs: readonly SubgraphName[],
  work: (log: AuditLog) => Promise<void>,
): Promise<void> {
  const env: Readonly<Record<string, string | undefined>> = readEnv(databasesEnv);
  for (const subgraph of subgraphs.length > 0 ? subgraphs : SUBGRAPH_NAMES) {
    const url = env[DATABASE_URLS[subgraph]] ?? embedded(env['DATA_DIR']!, subgraph);
    const store = await openStore(ANY, { url, keys: NO_KEYS, poolSize: 2 }, { migrate: false });
    await work({ subgraph, store }).finally(() => store.close());
  }
}

function embedded(directory: string, subgraph: SubgraphName): string {
  const file = join(directory, `${subgraph}.sqlite`);
  if (existsSync(file)) return `sqlite:${file}`;
  throw new ConfigError(
    `DATA_DIR 中没有 ${subgraph} 库。No database of ${subgraph} is in DATA_DIR; set ${DATABASE_URLS[subgraph]}.`,
  );
}
