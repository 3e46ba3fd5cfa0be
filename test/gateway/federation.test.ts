import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchFacts } from '../../gateway/context.ts';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { overHttp } from '../../kernel/serve/over-http.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import { ask, childrenSubgraph, CLERK, codesOf, recordsSubgraph, startFixture } from './fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'xueji-gateway-'));
const JOIN =
  'query Join($id: ID!) { record(id: $id) { status child { label sibling { label } } } childrenCount }';
const JOINED = {
  record: { status: 'ENROLLED', child: { label: 'child c7', sibling: { label: 'child c7s' } } },
  childrenCount: 3,
};

let token: string;
let stops: (() => Promise<void>)[] = [];

const started = <T extends { stop(): Promise<void> }>(running: T): T => {
  stops.unshift(() => running.stop());
  return running;
};

async function httpSetup() {
  const keys = ensureIdentityKeys(join(directory, 'keys'));
  const signing = await keys.of('gateway');
  const serve = async (subgraph: ReturnType<typeof childrenSubgraph>, port = 0) =>
    serveSubgraph(subgraph, { port, keys: await keys.of(subgraph.name) });
  const source = (name: 'children' | 'records', url: string, queryMs = 2_000) =>
    overHttp({ name, url: `${url}/graphql` }, signing, { queryMs, mutationMs: 2_000 });
  return { serve, source };
}

beforeAll(async () => {
  const issuer = await openDevIssuer(directory);
  token = await issuer.mint(CLERK);
});
afterAll(async () => {
  for (const stop of stops) await stop();
  stops = [];
});

const callers = async () => (await openDevIssuer(directory)).callers;

describe('a joined operation', () => {
  it('is answered from subgraphs in process, and every call to them is seen', async () => {
    const seen: (Pick<FetchFacts, 'subgraph' | 'failed'> & { bytes: number })[] = [];
    const gateway = started(
      await startFixture({
        sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
        callers: await callers(),
        observe: ({ subgraph, failed, bytes }) => seen.push({ subgraph, failed, bytes: bytes() }),
      }),
    );
    const answer = await ask(gateway.url, { query: JOIN, variables: { id: '7' } }, token);
    expect(answer.body).toEqual({ data: JOINED });
    expect(answer.status).toBe(200);
    expect(seen.map(({ subgraph, failed }) => `${subgraph} ${failed}`).sort()).toEqual([
      'children false',
      'children false',
      'records false',
    ]);
    expect(seen.every(({ bytes }) => bytes > 10)).toBe(true);
  });

  it('is answered the same over HTTP, and the viewer arrives with the request id', async () => {
    const { serve, source } = await httpSetup();
    const children = started(await serve(childrenSubgraph()));
    const records = started(await serve(recordsSubgraph()));
    const gateway = started(
      await startFixture({
        sources: [source('children', children.url), source('records', records.url)],
        callers: await callers(),
      }),
    );
    expect((await ask(gateway.url, { query: JOIN, variables: { id: '7' } }, token)).body).toEqual({
      data: JOINED,
    });
    const who = await ask(gateway.url, { query: '{ whoAmI }' }, token);
    expect(who.body.data).toEqual({
      whoAmI: `county-190101-1 COUNTY 190101 ${who.headers.get('x-request-id')}`,
    });
  });
});

describe('a subgraph that is down', () => {
  it('darkens only its own fields, at start and later, and they come back', async () => {
    const { serve, source } = await httpSetup();
    const records = started(await serve(recordsSubgraph()));
    const first = await serve(childrenSubgraph());
    const port = Number(new URL(first.url).port);
    await first.stop();
    const gateway = started(
      await startFixture({
        sources: [source('children', first.url), source('records', records.url)],
        callers: await callers(),
      }),
    );
    const lists = '{ records(first: 2) { id status child { label } } slow(ms: 0) }';
    const dark = await ask(gateway.url, { query: lists }, token);
    expect(dark.status).toBe(200);
    expect(dark.body.data).toEqual({
      records: [
        { id: '0', status: 'ENROLLED', child: null },
        { id: '1', status: 'ENROLLED', child: null },
      ],
      slow: null,
    });
    expect(codesOf(dark)).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
    expect(dark.body.errors?.map(({ path }) => path?.join('.')).sort()).toEqual(['records', 'slow']);
    expect(dark.text).not.toMatch(/127\.0\.0\.1|ECONN|serviceName/);

    const again = await serve(childrenSubgraph(), port);
    expect((await ask(gateway.url, { query: '{ slow(ms: 0) }' }, token)).body).toEqual({
      data: { slow: 'done' },
    });
    await again.stop();
    expect(codesOf(await ask(gateway.url, { query: '{ slow(ms: 0) }' }, token))).toEqual([
      'SUBGRAPH_UNAVAILABLE',
    ]);
  });

  it('is given up on after its deadline', async () => {
    const { serve, source } = await httpSetup();
    const children = started(await serve(childrenSubgraph()));
    const gateway = started(
      await startFixture({
        sources: [source('children', children.url, 150), inProcess(recordsSubgraph())],
        callers: await callers(),
      }),
    );
    const startedAt = Date.now();
    const answer = await ask(gateway.url, { query: '{ slow(ms: 1500) record(id: "1") { status } }' }, token);
    expect(answer.body.data).toEqual({ slow: null, record: { status: 'ENROLLED' } });
    expect(codesOf(answer)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(Date.now() - startedAt).toBeLessThan(1_200);
  });
});
