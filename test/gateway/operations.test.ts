import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevIssuer, type DevIssuer } from '../../gateway/dev-issuer.ts';
import { startGateway } from '../../gateway/server.ts';
import { readSamples } from '../../gateway/samples.ts';
import { openSubgraphs } from '../../embedded/graph.ts';
import { startAdmin } from '../../kernel/serve/admin.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { createLog } from '../../kernel/serve/log.ts';
import { watchStats } from '../../kernel/serve/metrics.ts';
import { startTraces } from '../../kernel/serve/traces.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { believing } from '../support/accounts.ts';
import { ask, CLERK } from './fixture.ts';
import { startCollector, type OtlpSpan } from './otlp.ts';

const log = createLog('test');
const PLANTED = '张三丰Planted';

let collector: Awaited<ReturnType<typeof startCollector>>;
let stopTraces: () => Promise<void>;
let graph: Awaited<ReturnType<typeof openSubgraphs>>;
let gateway: RunningHttp;
let issuer: DevIssuer;
let token: string;

beforeAll(async () => {
  collector = await startCollector();
  stopTraces = await startTraces('test', collector.endpoint);
  const folder = mkdtempSync(join(tmpdir(), 'xueji-operations-'));
  const keys = loadFieldKeys(join(folder, 'keys.json'), { create: true });
  graph = await openSubgraphs({ locate: (name) => ({ url: `sqlite:${join(folder, name)}.sqlite`, keys }) });
  graph.subgraphs.forEach(watchStats);
  issuer = await openDevIssuer(folder);
  token = await issuer.mint(CLERK);
  gateway = await startGateway({ port: 0, sources: graph.sources, callers: believing(issuer.callers) });
});
afterAll(async () => {
  await gateway.stop();
  await graph.close();
  await stopTraces();
  await collector.stop();
});

const viewerSample = () => readSamples().find(({ name }) => name === '01-viewer')!;

describe('the admin port', () => {
  it('shows what the process counts, by names this program knows', async () => {
    await ask(gateway.url, { query: viewerSample().query }, token);
    await ask(gateway.url, { query: `query ${'N'.repeat(20)}190101 { nothing }` }, token);
    await ask(gateway.url, { query: '{ regions { code } }' }, token);
    const admin = await startAdmin({ log, host: '127.0.0.1', port: 0 });
    const response = await fetch(`${admin.url}/metrics`);
    const text = await response.text();
    await admin.stop();
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(text).toContain(
      'xueji_request_duration_seconds_count{operation="Viewer",kind="query",outcome="ok"} 1',
    );
    expect(text).toContain('operation="other",kind="none",outcome="GRAPHQL_VALIDATION_FAILED"} 1');
    expect(text).toContain('xueji_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1');
    expect(text).toContain('xueji_request_cost_count{role="COUNTY"} 2');
    expect(text).toMatch(
      /xueji_subgraph_fetch_duration_seconds_count\{subgraph="institutions",outcome="ok"\} [1-9]/,
    );
    expect(text).toContain('xueji_subgraph_breaker_state{subgraph="records"} 0');
    expect(text).toMatch(/xueji_sql_statements\{subgraph="institutions"\} [1-9]\d*/);
    expect(text).toMatch(/xueji_sql_retries\{subgraph="records"\} \d+/);
    for (const behind of ['feed_lag_max', 'feed_unsequenced', 'take_overs_under_way', 'case_reports_due'])
      expect(text).toContain(`\nxueji_${behind} 0\n`);
    expect(text).toContain('xueji_nodejs_eventloop_lag_seconds');
    expect(text).not.toContain('190101');
  });

  it('has nothing else, and the public port has no metrics', async () => {
    const admin = await startAdmin({ log, host: '127.0.0.1', port: 0 });
    expect((await fetch(`${admin.url}/graphql`)).status).toBe(404);
    expect((await fetch(`${admin.url}/healthz`)).status).toBe(200);
    await admin.stop();
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
  });

  it('that cannot be had stops nobody from serving', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const admin = await startAdmin({ log, host: '127.0.0.1', port });
    expect(admin.url).toBeUndefined();
    await admin.stop();
    taken.close();
  });
});

describe('a trace', () => {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

  it('leads from the request over the subgraph to its SQL, and tells no value of anybody', async () => {
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
        tracestate: `vendor=${encodeURIComponent(PLANTED)}`,
        baggage: `name=${encodeURIComponent(PLANTED)}`,
      },
      body: JSON.stringify({
        query: `query Planted { region(code: "190101") { name } institution(code: "${PLANTED}") { name } }`,
      }),
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
    await stopTraces();
    const spans = collector.spans().filter(({ traceId }) => traceId === TRACE);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const way = (span: OtlpSpan | undefined): string[] =>
      span ? [...way(byId.get(span.parentSpanId ?? '')), span.name] : [];
    const sql = spans.filter(({ name }) => name === 'sql');
    expect(sql.length).toBeGreaterThan(0);
    const names = way(sql[0]).filter((name) => !name.startsWith('gateway.'));
    expect(names).toEqual(['request', 'subgraph.fetch', 'subgraph.execute', 'sql']);
    const text = sql[0]!.attributes.find(({ key }) => key === 'db.query.text')?.value.stringValue;
    expect(text).toMatch(/^SELECT .* WHERE .*\?/);
    const everything = collector.bodies.join();
    for (const value of [PLANTED, '190101', 'Planted', encodeURIComponent(PLANTED), CLERK.account])
      expect(everything).not.toContain(value);
    for (const { events, attributes } of spans) {
      expect(events).toEqual([]);
      for (const { key } of attributes)
        expect(key).toMatch(/^(graphql\.operation\.type|xueji\.(operation|subgraph|cost)|db\.query\.text)$/);
    }
  });
});
