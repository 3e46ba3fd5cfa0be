/** The ways to serve the graph over rows in memory: what is left is what the gateway itself costs. */
import { join } from 'node:path';
import { DECIDING_CLERK } from '../../dist/clients/cli/demo/accounts.js';
import { ensureIdentityKeys } from '../../dist/kernel/serve/identity-keys.js';
import { COUNTY, institutions, records } from '../memory/rows.mjs';
import { NAMES } from '../memory/graph.mjs';
import { ANALYST, any, FILTERS, operation } from './operations.mjs';
import { startGateway, startServing } from './processes.mjs';
import { ALL_GUARDS, identityOf, variable } from './variants.mjs';

/** @returns {Promise<{variants: import('./variants.mjs').Variant[], issuerDir: string, stop: () => Promise<void>}>} */
export async function startMemoryVariants(temporary) {
  const issuerDir = join(temporary, 'memory-issuer');
  const keys = ensureIdentityKeys(join(temporary, 'memory-identity'));
  const started = [];
  const noted = (one) => {
    started.push(one.child);
    return one;
  };
  const server = async (script, args, env) => noted(await startServing(script, { args, env }));
  const subgraphs = async (kind) => {
    const all = await Promise.all(
      NAMES.map((name) => server('bench/servers/memory-subgraph.mjs', [kind, name], identityOf(keys, name))),
    );
    return {
      processes: all.map(({ child }) => child),
      urls: Object.fromEntries(NAMES.map((name, i) => [variable(name), all[i].url])),
    };
  };
  const [stocks, products] = [await subgraphs('stock'), await subgraphs('product')];
  const gateway = { DATA_DIR: issuerDir, ...identityOf(keys, 'gateway') };
  const ours = { ...gateway, ...ALL_GUARDS, LOG_LEVEL: 'info' };
  const over = (key, title, { child, url }, { processes }) => ({
    key,
    title,
    url,
    processes: [child, ...processes],
  });
  const alone = (key, title, { child, url }) => ({ key, title, url, processes: [child] });
  const variants = [
    over(
      'a',
      'stock @apollo/gateway and subgraphs, HTTP',
      await server('bench/servers/stock.mjs', [], { ...gateway, ...stocks.urls, UNSIGNED: 'true' }),
      stocks,
    ),
    alone('b', 'Xueji, in process, every guard', await server('bench/servers/local.mjs', [], ours)),
    over('c', 'Xueji, HTTP, every guard', noted(await startGateway({ ...ours, ...products.urls })), products),
    over(
      'd',
      'Hive Gateway, HTTP',
      await server('bench/servers/hive.mjs', [], { ...gateway, ...stocks.urls, UNSIGNED: 'true' }),
      stocks,
    ),
    alone(
      'e',
      'one schema in Apollo Server, no federation',
      await server('bench/servers/monolith.mjs', [], gateway),
    ),
    alone('f', 'Xueji, in process, no guard', await server('bench/servers/bare.mjs', [], gateway)),
  ];
  return {
    variants,
    issuerDir,
    stop: async () => void (await Promise.all(started.map((child) => child.stop()))),
  };
}

/** @returns {import('./operations.mjs').Operation[]} */
export function memoryOperations() {
  return [
    operation('entity', 'one entity by id', DECIDING_CLERK, () => ({ id: any(records).id })),
    operation('joined', '50 joined over 3 subgraphs', DECIDING_CLERK, () => ({
      institution: any(institutions).code,
    })),
    operation('thousand', '1,000 joined', DECIDING_CLERK, () => ({
      region: COUNTY,
      first: 1_000,
      after: String(Math.floor(Math.random() * (records.length - 1_000))),
    })),
    operation('rows', '200 aggregate rows', ANALYST, () => ({ filter: any(FILTERS)() })),
  ];
}
