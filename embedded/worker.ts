/** One of several gateways of `npm start`. The process that started it has the databases; this one asks it over HTTP. */
import { countedBy } from '../gateway/counts.ts';
import { openDevIssuer } from '../gateway/dev-issuer.ts';
import type { ShownSamples } from '../gateway/samples.ts';
import { openUpstream } from '../gateway/upstream.ts';
import { ADMIN_PORTS, gatewayEnv, readEnv } from '../kernel/serve/config.ts';
import { createLog } from '../kernel/serve/log.ts';
import { startOperations } from '../kernel/serve/operations.ts';
import { runProcess, type Running } from '../kernel/serve/process.ts';
import type { Line } from '../kernel/serve/workers/line.ts';
import { primary } from '../kernel/serve/workers/primary.ts';
import { startDemoGateway } from './gateway.ts';

async function start(owner: Line): Promise<Running> {
  const env = readEnv(gatewayEnv);
  const operations = await startOperations('xueji', env, ADMIN_PORTS.gateway);
  const gateway = await startDemoGateway(env, {
    ...(await openUpstream(env)),
    issuer: await openDevIssuer(env.DATA_DIR, env.NODE_ENV),
    samples: await shownBy(owner),
    counts: countedBy(owner),
  });
  return { url: gateway.url, stop: () => gateway.stop().finally(operations.stop) };
}

/** What the pages show, as the owner of the county says it. */
async function shownBy(owner: Line): Promise<() => ShownSamples> {
  let shown: ShownSamples | undefined;
  owner.answer('show', (samples) => void (shown = samples as ShownSamples));
  const first = (await owner.ask('shown')) as ShownSamples;
  return () => shown ?? first;
}

await runProcess(createLog('xueji'), () => start(primary!));
