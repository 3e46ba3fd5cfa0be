/** Gateways on all cores behind one port: the primary counts for them and shows their metrics, and serves nobody itself. */
import { availableParallelism } from 'node:os';
import { ADMIN_PORTS, WORKERS_MAX, type GatewayEnv } from '../kernel/serve/config.ts';
import { createLog } from '../kernel/serve/log.ts';
import { startOperations } from '../kernel/serve/operations.ts';
import type { Line } from '../kernel/serve/workers/line.ts';
import { metricsOf } from '../kernel/serve/workers/metrics.ts';
import { startWorkers, type WorkersOptions } from '../kernel/serve/workers/workers.ts';
import { countForWorkers } from './counts.ts';

export const onAllCores = (): number => Math.min(WORKERS_MAX, availableParallelism());

export interface GatewayWorkersOptions extends Pick<WorkersOptions, 'env'> {
  readonly service: string;
  readonly count: number;
  /** Answers what else a worker may ask; what it returns is told when that worker is there no more. */
  readonly attend?: (line: Line) => () => void;
}

export async function startGatewayWorkers(env: GatewayEnv, options: GatewayWorkersOptions) {
  const { service, attend, ...others } = options;
  const count = countForWorkers(options.count);
  const workers = await startWorkers({
    ...others,
    log: createLog(service),
    graceMs: env.SHUTDOWN_GRACE_MS,
    attend: (line) => {
      const ends = [count(line), attend?.(line)];
      return () => ends.forEach((end) => end?.());
    },
  });
  const operations = await startOperations(service, env, ADMIN_PORTS.gateway, () => metricsOf(workers));
  return { ...workers, stop: () => workers.stop().finally(operations.stop) };
}
