/** What those who run a process have of it beside its log: metrics on the admin port, traces where a collector is named. */
import { startAdmin } from './admin.ts';
import type { commonEnv } from './config.ts';
import { createLog } from './log.ts';
import { startTraces } from './traces.ts';
import type { z } from 'zod';

type Env = Pick<z.infer<typeof commonEnv>, 'ADMIN_HOST' | 'ADMIN_PORT' | 'OTEL_EXPORTER_OTLP_ENDPOINT'>;

export async function startOperations(service: string, env: Env, defaultPort: number) {
  const stopTraces = await startTraces(service, env.OTEL_EXPORTER_OTLP_ENDPOINT);
  const log = createLog(service);
  const admin = await startAdmin({ log, host: env.ADMIN_HOST, port: env.ADMIN_PORT ?? defaultPort });
  if (admin.url) log.info({ url: `${admin.url}/metrics` }, 'metrics');
  return {
    stop: async (): Promise<void> => {
      await admin.stop();
      await stopTraces();
    },
  };
}
