/** How many calls a subgraph may owe an answer at once: more would only wait for a connection, each with its request in memory. */
import { SubgraphUnavailable, type DataSource } from './data-source.ts';
import { fetchSeconds, watchInFlight } from './metrics.ts';

export const CALLS_AT_ONCE = 512;

export function bounded(source: DataSource, most: number = CALLS_AT_ONCE): DataSource {
  const subgraph = source.name;
  let inFlight = 0;
  watchInFlight(subgraph, () => inFlight);
  return {
    name: subgraph,
    async ask(request, call) {
      if (inFlight >= most) throw new SubgraphUnavailable(`${most} calls wait already`, false);
      inFlight++;
      const startedAt = performance.now();
      let outcome = 'unavailable';
      try {
        const answer = await source.ask(request, call);
        outcome = answer.errors ? 'errors' : 'ok';
        return answer;
      } finally {
        inFlight--;
        fetchSeconds.observe({ subgraph, outcome }, (performance.now() - startedAt) / 1000);
      }
    },
    close: () => source.close(),
  };
}
