/** What stands before the four subgraphs: one gateway in this process, or several that reach them over HTTP. */
import type { ShownSamples } from '../gateway/samples.ts';
import { startGatewayWorkers } from '../gateway/workers.ts';
import { ADMIN_PORTS, type GatewayEnv } from '../kernel/serve/config.ts';
import { startOperations } from '../kernel/serve/operations.ts';
import type { Running } from '../kernel/serve/process.ts';
import type { Line } from '../kernel/serve/workers/line.ts';
import { startDemoGateway } from './gateway.ts';
import type { House } from './house.ts';
import { withoutTokens, type Show } from './samples.ts';
import { serveHouse } from './served.ts';

/** Stopping it closes the graph behind it. */
export interface Front extends Running {
  readonly show: Show;
}

export async function frontHere(env: GatewayEnv, { graph, ...house }: House): Promise<Front> {
  let shown = withoutTokens();
  const gateway = await startDemoGateway(env, { ...house, sources: graph.sources, samples: () => shown });
  const operations = await startOperations('xueji', env, ADMIN_PORTS.gateway);
  return {
    url: gateway.url,
    show: (samples) => void (shown = samples),
    stop: () => gateway.stop().finally(graph.close).finally(operations.stop),
  };
}

/** This process keeps the databases to itself: SQLite has one writer. */
export async function frontOfWorkers(env: GatewayEnv, house: House, count: number): Promise<Front> {
  const served = await serveHouse(env, house);
  const pages = pagesOf(withoutTokens());
  const options = { service: 'xueji', count, env: served.env, attend: pages.attend };
  const workers = await startGatewayWorkers(env, options);
  await workers.ready;
  return { ...workers, show: pages.show, stop: () => workers.stop().finally(served.stop) };
}

/** What the pages of all workers show. One that starts asks; those that are there are told. */
function pagesOf(first: ShownSamples) {
  const lines = new Set<Line>();
  let shown = first;
  return {
    attend: (line: Line) => {
      lines.add(line);
      line.answer('shown', () => shown);
      return () => void lines.delete(line);
    },
    show: (samples: ShownSamples) => {
      shown = samples;
      // One that cannot hear it yet will ask.
      for (const line of lines) line.ask('show', samples).catch(() => undefined);
    },
  };
}
