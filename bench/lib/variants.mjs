/** The four ways to serve the same graph. Three share their subgraph processes; the one in process has its own. */
import { join } from 'node:path';
import { ensureIdentityKeys } from '../../dist/kernel/serve/identity-keys.js';
import { ensureReceiptKeys } from '../../dist/kernel/serve/receipts.js';
import { databaseOf } from '../take-over/server.mjs';
import { copyOf, seededCounty, startEmbedded } from './county.mjs';
import { freePorts, ready, start, startGateway, startServing } from './processes.mjs';

const SUBGRAPHS = ['children', 'institutions', 'records', 'primary-link'];

/** @typedef {{key: string, title: string, url: string, processes: import('./processes.mjs').Child[]}} Variant */
/**
 * The databases of the seeded county: where the subgraphs find theirs, the directory with its keys, and Xueji on them.
 * @typedef {{directory: string, databaseOf: (name: string) => string, inProcess: import('./processes.mjs').Started}} Databases
 */

/** @returns {Promise<Databases>} embedded ones, a copy for the processes and a copy for the one */
export async function embeddedDatabases(temporary) {
  const county = await seededCounty();
  const directory = copyOf(county, temporary, 'http');
  return {
    directory,
    databaseOf: (name) => `sqlite:${join(directory, `${name}.sqlite`)}`,
    inProcess: await startEmbedded(copyOf(county, temporary, 'embedded')),
  };
}

/** @returns {Promise<Databases>} the same for all, since the operations only read; Xueji on them with every guard on */
export async function mariadbDatabases(temporary, server) {
  const directory = join(temporary, 'mariadb');
  const env = { ...ALL_GUARDS, DATA_DIR: directory };
  return {
    directory,
    databaseOf: (name) => databaseOf(server.url, name),
    inProcess: await startServing('bench/servers/on-mariadb.mjs', { args: [server.url], env }),
  };
}

/** @returns {Promise<{variants: Variant[], issuerDir: string, stop: () => Promise<void>}>} */
export async function startVariants(databases, temporary, { guards = false } = {}) {
  const { directory, inProcess } = databases;
  const keys = ensureIdentityKeys(join(temporary, 'identity'));
  const receiptKeys = join(temporary, 'receipts');
  ensureReceiptKeys(receiptKeys, 'aes');
  const ports = await freePorts(SUBGRAPHS.length);
  const urls = Object.fromEntries(
    SUBGRAPHS.map((name, i) => [variable(name), `http://127.0.0.1:${ports[i]}/graphql`]),
  );
  const subgraphs = SUBGRAPHS.map((name, i) =>
    start(`dist/subgraphs/${name}/main.js`, {
      execArgv: ['--enable-source-maps'],
      env: {
        ...urls,
        PORT: String(ports[i]),
        DATABASE_URL: databases.databaseOf(name),
        FIELD_KEYS_FILE: join(directory, 'field-keys.json'),
        ...identityOf(keys, name),
        RECEIPT_KEYS_DIR: receiptKeys,
      },
    }),
  );
  await Promise.all(subgraphs.map((child, i) => ready(`http://127.0.0.1:${ports[i]}/readyz`, child)));
  const env = { ...urls, DATA_DIR: directory, ...identityOf(keys, 'gateway') };
  const [stock, ours, hive] = [
    await startServing('bench/servers/stock.mjs', { env }),
    await startGateway({ ...env, ...(guards && ALL_GUARDS) }),
    await startServing('bench/servers/hive.mjs', { env }),
  ];
  const over = (key, title, { child, url }) => ({ key, title, url, processes: [child, ...subgraphs] });
  return {
    variants: [
      over('a', 'stock @apollo/gateway, HTTP', stock),
      { key: 'b', title: 'Xueji, in process', url: inProcess.url, processes: [inProcess.child] },
      over('c', guards ? 'Xueji, HTTP, every guard on' : 'Xueji, HTTP', ours),
      over('d', 'Hive Gateway, HTTP', hive),
    ],
    issuerDir: directory,
    stop: async () => {
      await Promise.all([stock, ours, hive, inProcess].map(({ child }) => child.stop()));
      await Promise.all(subgraphs.map((child) => child.stop()));
    },
  };
}

/** Every request is counted against its account's minute, which no bench can spend, and looked up among those filed. */
export const ALL_GUARDS = {
  RATE_LIMITS: 'on',
  PERSISTED_OPERATIONS: 'log',
  CLIENT_ALLOWANCES: JSON.stringify(
    Object.fromEntries(
      ['KINDERGARTEN', 'COUNTY', 'PRIMARY_SCHOOL', 'MINISTRY_ANALYST'].map((role) => [
        role,
        { minute: 2 ** 40 },
      ]),
    ),
  ),
};

/** Where a process finds what it signs calls with. */
export const identityOf = (keys, owner) => ({
  IDENTITY_PRIVATE_KEY_FILE: keys.privateKeyFile[owner],
  IDENTITY_PUBLIC_KEYS_FILE: keys.publicKeysFile,
});

export const variable = (name) => `SUBGRAPH_${name.toUpperCase().replaceAll('-', '_')}_URL`;
