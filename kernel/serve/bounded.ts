/** How many calls a subgraph may owe an answer at once: more would only wait for a connection, each with its request in memory. */
import { SubgraphUnavailable, type DataSource } from './data-source.ts';
import { fetchesInFlight, fetchSeconds } from './metrics.ts';

export const CALLS_AT_ONCE = 512;

export function bounded(source: DataSource, most: number = CALLS_AT_ONCE): DataSource {
  const subgraph = source.name;
  let inFlight = 0;
  const count = (change: 1 | -1) => {
    inFlight += change;
    fetchesInFlight.set({ subgraph }, inFlight);
  };
  return {
    name: subgraph,
    async ask(request, call) {
      if (inFlight >= most) throw new SubgraphUnavailable(`${most} calls wait already`, false);
      count(1);
      const startedAt = performance.now();
      let outcome = 'unavailable';
      try {
        const answer = await source.ask(request, call);
        outcome = answer.errors ? 'errors' : 'ok';
        return answer;
      } finally {
        count(-1);
        fetchSeconds.observe({ subgraph, outcome }, (performance.now() - startedAt) / 1000);
      }
    },
    close: () => source.close(),
  };
}
