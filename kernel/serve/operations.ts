/** What those who run a process have of it beside its log: metrics on the admin port, traces where a collector is named. */
import { startAdmin } from './admin.ts';
import type { commonEnv } from './config.ts';
import { createLog } from './log.ts';
import { startTraces } from './traces.ts';
import { tellMetrics } from './workers/metrics.ts';
import { primary } from './workers/primary.ts';
import type { z } from 'zod';

type Env = Pick<z.infer<typeof commonEnv>, 'ADMIN_HOST' | 'ADMIN_PORT' | 'OTEL_EXPORTER_OTLP_ENDPOINT'>;

/** `metrics` is what the admin port shows; a worker has none, its primary asks for them. */
export async function startOperations(
  service: string,
  env: Env,
  defaultPort: number,
  metrics?: () => Promise<string>,
) {
  const stopTraces = await startTraces(service, env.OTEL_EXPORTER_OTLP_ENDPOINT);
  if (primary) {
    tellMetrics();
    return { stop: stopTraces };
  }
  const log = createLog(service);
  const { ADMIN_HOST: host, ADMIN_PORT: port = defaultPort } = env;
  const admin = await startAdmin({ log, host, port, ...(metrics && { metrics }) });
  if (admin.url) log.info({ url: `${admin.url}/metrics` }, 'metrics');
  return {
    stop: async (): Promise<void> => {
      await admin.stop();
      await stopTraces();
    },
  };
}
