/**
 * Prometheus metrics of this process. Labels are names this program knows (operations filed, subgraphs, codes, roles),
 * never a caller's text, and no place finer than nothing at all.
 */
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type HistogramConfiguration,
  type LabelValues,
} from 'prom-client';
import type { Subgraph } from '../graph/subgraph.ts';

export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'xueji_' });

const registers = [registry];
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Of so many observations one bunch is made. */
const BUNCH = 64;

/**
 * A histogram whose observations are told to it in bunches, and before anybody reads it: it finds each label by a text it
 * makes of all of them, which takes seven microseconds in the middle of a request and half of one in a bunch.
 */
class Bunched<Label extends string> {
  private waiting: (readonly [LabelValues<Label>, number])[] = [];
  private readonly histogram: Histogram<Label>;

  constructor(configuration: Omit<HistogramConfiguration<Label>, 'collect' | 'registers'>) {
    this.histogram = new Histogram({ ...configuration, registers, collect: () => this.tell() });
  }

  observe(labels: LabelValues<Label>, value: number): void {
    if (this.waiting.push([labels, value]) >= BUNCH) this.tell();
  }

  private tell(): void {
    const told = this.waiting;
    this.waiting = [];
    for (const [labels, value] of told) this.histogram.observe(labels, value);
  }
}

export const requestSeconds = new Bunched({
  name: 'xueji_request_duration_seconds',
  help: 'Requests at the gateway, by filed operation, kind and outcome',
  labelNames: ['operation', 'kind', 'outcome'] as const,
  buckets: SECONDS,
});

export const requestCost = new Bunched({
  name: 'xueji_request_cost',
  help: 'Cost of operations as the schema says it, by role',
  labelNames: ['role'] as const,
  buckets: [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000],
});

export const errorsByCode = new Counter({
  name: 'xueji_errors_total',
  help: 'Errors told to clients, by code',
  labelNames: ['code'] as const,
  registers,
});

export const executions = new Counter({
  name: 'xueji_executions_total',
  help: 'Operations by who executed them (compiled, or Apollo and why), and those refused before they were planned',
  labelNames: ['way', 'reason'] as const,
  registers,
});

export const fetchSeconds = new Bunched({
  name: 'xueji_subgraph_fetch_duration_seconds',
  help: 'Calls to a subgraph, from the gateway or a neighbour',
  labelNames: ['subgraph', 'outcome'] as const,
  buckets: SECONDS,
});

const inFlight = new Map<string, () => number>();
new Gauge({
  name: 'xueji_subgraph_calls_in_flight',
  help: 'Calls to a subgraph that have no answer yet, those waiting for a connection among them',
  labelNames: ['subgraph'] as const,
  registers,
  collect() {
    for (const [subgraph, count] of inFlight) this.set({ subgraph }, count());
  },
});

/** Counts what is on its way to the subgraph when somebody wants to know. */
export const watchInFlight = (subgraph: string, count: () => number) => void inFlight.set(subgraph, count);

export const breakerState = new Gauge({
  name: 'xueji_subgraph_breaker_state',
  help: 'Circuit breaker of a subgraph: 0 closed, 1 probing, 2 open',
  labelNames: ['subgraph'] as const,
  registers,
});

const watched = new Map<string, Subgraph['stats']>();

const ofStats = (name: string, help: string, pick: (stats: Subgraph['stats']) => number) =>
  new Gauge({
    name,
    help,
    labelNames: ['subgraph'] as const,
    registers,
    collect() {
      for (const [subgraph, stats] of watched) this.set({ subgraph }, pick(stats));
    },
  });

ofStats('xueji_sql_statements', 'SQL statements sent since the start', ({ statements }) => statements);
ofStats('xueji_sql_retries', 'Transactions repeated since the start', ({ retries }) => retries);

/** Shows what the subgraph counts of its database, and what else it can be asked; nothing where it cannot answer. */
export function watchStats({ name, stats, gauges = [] }: Pick<Subgraph, 'name' | 'stats' | 'gauges'>): void {
  watched.set(name, stats);
  for (const gauge of gauges) {
    registry.removeSingleMetric(`xueji_${gauge.name}`);
    new Gauge({
      name: `xueji_${gauge.name}`,
      help: gauge.help,
      registers,
      async collect() {
        const n = await gauge.read().catch(() => undefined);
        if (n === undefined) this.reset();
        else this.set(n);
      },
    });
  }
}
