/** `npm start`: the whole graph in one process, on embedded databases, with a demonstration county. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from '../clients/cli/demo/first-accounts.ts';
import { openDevIssuer } from '../gateway/dev-issuer.ts';
import { readSamples, type SampleSource } from '../gateway/samples.ts';
import { isLoopback, LOOPBACK } from '../gateway/hosts.ts';
import { guards } from '../gateway/guards.ts';
import { ADMIN_PORTS, gatewayEnv, readEnv } from '../kernel/serve/config.ts';
import { filedCallers } from '../gateway/caller.ts';
import { startGateway } from '../gateway/server.ts';
import { inProcess } from '../kernel/serve/in-process.ts';
import { createLog } from '../kernel/serve/log.ts';
import { watchStats } from '../kernel/serve/metrics.ts';
import { startOperations } from '../kernel/serve/operations.ts';
import { ensureReceiptKeys } from '../kernel/serve/receipts.ts';
import { runProcess, type Running } from '../kernel/serve/process.ts';
import { GATEWAY, watchStandings } from '../kernel/serve/standings.ts';
import { loadFieldKeys } from '../kernel/store/seal.ts';
import { askOver, seedOnce } from './demo.ts';
import { openSubgraphs } from './graph.ts';
import { renewing, samplesForDemo } from './samples.ts';
import { welcome } from './welcome.ts';

async function start(): Promise<Running> {
  // Children, keys and tokens are nobody else's business on this machine.
  process.umask(0o077);
  const env = readEnv(gatewayEnv);
  // First of all, so that nothing is opened or seeded where development tokens have no place.
  const issuer = await openDevIssuer(env.DATA_DIR, env.NODE_ENV);
  mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 });
  chmodSync(env.DATA_DIR, 0o700);
  const keys = loadFieldKeys(join(env.DATA_DIR, 'field-keys.json'), {
    create: true,
    suite: env.CRYPTO_SUITE,
  });
  const graph = await openSubgraphs({
    receipts: ensureReceiptKeys(join(env.DATA_DIR, 'receipt-keys'), env.CRYPTO_SUITE),
    locate: (name) => ({ url: `sqlite:${join(env.DATA_DIR, `${name}.sqlite`)}`, keys }),
  });
  await graph.institutions.bootstrap(demoAccounts());
  const standings = watchStandings({
    source: inProcess(graph.institutions),
    asker: GATEWAY,
    log: createLog('gateway'),
  });
  const withoutTokens = { samples: readSamples(), tokens: {} };
  let shown: SampleSource = () => withoutTokens;
  let stopRenewing = () => {};
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    sources: graph.sources,
    callers: filedCallers(issuer.callers, standings),
    standings,
    answersTo: [...LOOPBACK, env.HOST],
    samples: () => shown(),
    ...(env.GRAPHQL_LANDING ? { landing: env.GRAPHQL_LANDING } : {}),
    graceMs: env.SHUTDOWN_GRACE_MS,
    ...guards(env),
    // Somebody looks at this terminal, and the seeding alone would fill it.
    requestLines: 'debug',
  });
  const operations = await startOperations('xueji', env, ADMIN_PORTS.gateway);
  graph.subgraphs.forEach(watchStats);
  const stop = () => {
    stopRenewing();
    return gateway.stop().finally(graph.close).finally(operations.stop);
  };
  try {
    const ask = askOver(`${gateway.url}/graphql`, issuer);
    await seedOnce(env.DATA_DIR, ask);
    const filled = await samplesForDemo(issuer, ask);
    const pages = renewing(issuer, filled);
    stopRenewing = pages.stop;
    // Others may come here, and a page with a token is an open door.
    shown = isLoopback(env.HOST) ? pages.shown : () => ({ ...filled, tokens: {} });
    process.stdout.write(await welcome(gateway.url, issuer, ask));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: gateway.url, stop };
}

await runProcess(createLog('xueji'), start);
