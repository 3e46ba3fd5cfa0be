/**
 * The metrics of all workers in one text. Each series says by its label `worker` whose it is. They are not added up here:
 * when a worker dies its counts are gone, the sum would fall, and Prometheus, which takes that for a counter begun
 * anew, would count everything of the others a second time.
 */
import { AggregatorRegistry } from 'prom-client';
import { registry } from '../metrics.ts';
import { primary, workerNumber } from './primary.ts';
import type { Workers } from './workers.ts';

const TOPIC = 'metrics';

/** Lets the primary read this worker's. */
export function tellMetrics(): void {
  registry.setDefaultLabels({ worker: String(workerNumber) });
  primary!.answer(TOPIC, () => registry.getMetricsAsJSON());
}

/** A worker that does not answer in time is left out; `xueji_workers` says how many there are. */
export async function metricsOf(workers: Workers): Promise<string> {
  registry.setDefaultLabels({ worker: 'primary' });
  const told = (await workers.ask(TOPIC)) as object[];
  return AggregatorRegistry.aggregate([await registry.getMetricsAsJSON(), ...told]).metrics();
}
