/** The four ways to serve the same graph. Three share their subgraph processes; the embedded one has its own copy. */
import { join } from 'node:path';
import { ensureIdentityKeys } from '../../dist/kernel/serve/identity-keys.js';
import { ensureReceiptKeys } from '../../dist/kernel/serve/receipts.js';
import { copyOf, startEmbedded } from './county.mjs';
import { freePorts, ready, start } from './processes.mjs';

const SUBGRAPHS = ['children', 'institutions', 'records', 'primary-link'];

/** @typedef {{key: string, title: string, url: string, processes: import('./processes.mjs').Child[]}} Variant */

/** @returns {Promise<{variants: Variant[], issuerDir: string, stop: () => Promise<void>}>} */
export async function startVariants(county, temporary, { guards = false } = {}) {
  const dataDir = copyOf(county, temporary, 'http');
  const keys = await ensureIdentityKeys(join(temporary, 'identity'));
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
        DATABASE_URL: `sqlite:${join(dataDir, `${name}.sqlite`)}`,
        FIELD_KEYS_FILE: join(dataDir, 'field-keys.json'),
        IDENTITY_PRIVATE_KEY_FILE: keys.privateKeyFile[name],
        IDENTITY_PUBLIC_KEYS_FILE: keys.publicKeysFile,
        RECEIPT_KEYS_DIR: receiptKeys,
      },
    }),
  );
  await Promise.all(subgraphs.map((child, i) => ready(`http://127.0.0.1:${ports[i]}/readyz`, child)));
  const gatewayEnv = { ...urls, DATA_DIR: dataDir, IDENTITY_PRIVATE_KEY_FILE: keys.privateKeyFile.gateway };
  const peer = (script) => startPeer(script, gatewayEnv);
  const [stock, ours, hive, embedded] = [
    await peer('bench/servers/stock.mjs'),
    await startOurs({ ...gatewayEnv, ...(guards && ALL_GUARDS) }),
    await peer('bench/servers/hive.mjs'),
    await startEmbedded(copyOf(county, temporary, 'embedded')),
  ];
  const over = (key, title, { child, url }) => ({ key, title, url, processes: [child, ...subgraphs] });
  return {
    variants: [
      over('a', 'stock @apollo/gateway, HTTP', stock),
      { key: 'b', title: 'Xueji, in process', url: embedded.url, processes: [embedded.child] },
      over('c', guards ? 'Xueji, HTTP, every guard on' : 'Xueji, HTTP', ours),
      over('d', 'Hive Gateway, HTTP', hive),
    ],
    issuerDir: dataDir,
    stop: async () => {
      await Promise.all([stock, ours, hive, embedded].map(({ child }) => child.stop()));
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

async function startPeer(script, env) {
  const [port] = await freePorts(1);
  // Hive hangs many listeners on one signal, and Node warns of that in the middle of the tables.
  const child = start(script, { env: { ...env, PORT: String(port), NODE_NO_WARNINGS: '1' } });
  const url = await child.message('url');
  return { child, url };
}

async function startOurs(env) {
  const [port] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const child = start('dist/gateway/main.js', {
    env: { ...env, PORT: String(port) },
    execArgv: ['--enable-source-maps'],
  });
  await ready(`${origin}/readyz`, child);
  return { child, url: `${origin}/graphql` };
}

export const variable = (name) => `SUBGRAPH_${name.toUpperCase().replaceAll('-', '_')}_URL`;
