/** Opens the graph, puts its front before it, seeds the county through the front door and shows a newcomer round. */
import { isLoopback } from '../gateway/hosts.ts';
import { gatewayEnv, readEnv } from '../kernel/serve/config.ts';
import { createLog } from '../kernel/serve/log.ts';
import { runProcess, type Running } from '../kernel/serve/process.ts';
import { askOver, seedOnce } from './demo.ts';
import { frontHere, frontOfWorkers } from './front.ts';
import { openHouse } from './house.ts';
import { renewing, samplesForDemo, type Show } from './samples.ts';
import { welcome } from './welcome.ts';

async function start(): Promise<Running> {
  // Children, keys and tokens are nobody else's business on this machine.
  process.umask(0o077);
  const env = readEnv(gatewayEnv);
  const house = await openHouse(env);
  const { issuer } = house;
  const { DATA_DIR, HOST, GATEWAY_WORKERS: workers = 1 } = env;
  const front = await (workers === 1 ? frontHere(env, house) : frontOfWorkers(env, house, workers));
  let stopRenewing = () => {};
  const stop = () => {
    stopRenewing();
    return front.stop();
  };
  try {
    const ask = askOver(`${front.url}/graphql`, issuer);
    await seedOnce(DATA_DIR, ask);
    // Others may come here, and a page with a token is an open door.
    const show: Show = isLoopback(HOST) ? front.show : (samples) => front.show({ ...samples, tokens: {} });
    stopRenewing = renewing(issuer, await samplesForDemo(issuer, ask), show);
    process.stdout.write(await welcome(front.url, issuer, ask));
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...front, stop };
}

/** The shell between npm and this process dies of a signal without handing it on, and the graph would stay with nobody to end it. */
function endWithNpm(): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const { ppid } = process;
  const watch = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(watch);
    // Where the signal came to all of them it is ending already, and a second one would cut that short.
    if (process.listenerCount('SIGTERM') > 0) process.kill(process.pid, 'SIGTERM');
  }, 1_000).unref();
}

endWithNpm();
await runProcess(createLog('xueji'), start);
