import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { withBreaker } from '../../kernel/serve/breaker.ts';
import { bounded } from '../../kernel/serve/bounded.ts';
import { SubgraphUnavailable, type DataSource } from '../../kernel/serve/data-source.ts';
import { deadlineIn, withDeadline } from '../../kernel/serve/deadline.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { identityKeys } from '../../kernel/serve/identity-keys.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { registry } from '../../kernel/serve/metrics.ts';
import { overHttp } from '../../kernel/serve/over-http.ts';
import { peerTransport } from '../../kernel/serve/peer-transport.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import type { Call } from '../../kernel/rules/viewer.ts';
import { childrenSubgraph, CLERK } from './fixture.ts';

const CALL: Call = { viewer: CLERK, requestId: 'request-1' };
const QUERY = { query: '{ childrenCount }' };
const reason = (error: unknown) => (error as SubgraphUnavailable).reason;

/** Answers or does not, as told; counts how often it was asked. */
function switched() {
  const state = { dark: false, asked: 0, itsFault: true };
  const source: DataSource = {
    name: 'children',
    ask: () => {
      state.asked++;
      return state.dark
        ? Promise.reject(new SubgraphUnavailable('dark', state.itsFault))
        : Promise.resolve({ data: {} });
    },
    close: () => Promise.resolve(),
  };
  return { state, source };
}

async function metric(name: string): Promise<number | undefined> {
  const found = await registry.getSingleMetric(name)!.get();
  return found.values.find(({ labels }) => labels['subgraph'] === 'children')?.value;
}

describe('a circuit breaker', () => {
  function scene() {
    let at = 1_000;
    const { state, source } = switched();
    const breaker = withBreaker(source, { failures: 3, openMs: 500, now: () => at });
    const ask = () => breaker.ask(QUERY, CALL).then(() => 'answered', reason);
    return { state, ask, later: (ms: number) => void (at += ms) };
  }

  it('opens after three failures running, and asks no more', async () => {
    const { state, ask } = scene();
    state.dark = true;
    expect([await ask(), await ask(), await ask()]).toEqual(['dark', 'dark', 'dark']);
    expect([await ask(), await ask()]).toEqual(['circuit open', 'circuit open']);
    expect(state.asked).toBe(3);
    expect(await metric('xueji_subgraph_breaker_state')).toBe(2);
  });

  it('stays closed where an answer comes between failures', async () => {
    const { state, ask } = scene();
    for (const dark of [true, true, false, true, true, false]) {
      state.dark = dark;
      await ask();
    }
    expect(state.asked).toBe(6);
    expect(await metric('xueji_subgraph_breaker_state')).toBe(0);
  });

  it('lets one probe through when its time is over, and closes when that is answered', async () => {
    const { state, ask, later } = scene();
    state.dark = true;
    for (let i = 0; i < 3; i++) await ask();
    later(499);
    expect(await ask()).toBe('circuit open');
    later(1);
    state.dark = false;
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['answered', 'circuit open', 'circuit open']);
    expect([await ask(), state.asked]).toEqual(['answered', 5]);
  });

  it('stays open for another time where the probe fails', async () => {
    const { state, ask, later } = scene();
    state.dark = true;
    for (let i = 0; i < 3; i++) await ask();
    later(500);
    expect([await ask(), await ask()]).toEqual(['dark', 'circuit open']);
    later(500);
    expect(await ask()).toBe('dark');
    expect(state.asked).toBe(5);
  });

  it('does not blame a subgraph for calls that came too late or were too many', async () => {
    const { state, ask } = scene();
    Object.assign(state, { dark: true, itsFault: false });
    for (let i = 0; i < 10; i++) await ask();
    expect(state.asked).toBe(10);
  });
});

describe('calls at once', () => {
  it('are refused beyond their number, and counted while they wait', async () => {
    const answers: (() => void)[] = [];
    const source: DataSource = {
      name: 'children',
      ask: () => new Promise((resolve) => answers.push(() => resolve({ data: {} }))),
      close: () => Promise.resolve(),
    };
    const two = bounded(source, 2);
    const open = [two.ask(QUERY, CALL), two.ask(QUERY, CALL)];
    await expect(two.ask(QUERY, CALL)).rejects.toMatchObject({
      reason: '2 calls wait already',
      itsFault: false,
    });
    expect(await metric('xueji_subgraph_calls_in_flight')).toBe(2);
    answers.forEach((answer) => answer());
    await Promise.all(open);
    expect(await metric('xueji_subgraph_calls_in_flight')).toBe(0);
    const next = two.ask(QUERY, CALL);
    answers.at(-1)!();
    await expect(next).resolves.toEqual({ data: {} });
  });
});

describe('a deadline', () => {
  const slow = (ms: number) => ({ query: `{ slow(ms: ${ms}) }` });

  it('lets whoever waits go, also in one process', async () => {
    const source = withDeadline(inProcess(childrenSubgraph()), { queryMs: 60, mutationMs: 60_000 });
    await expect(source.ask(slow(1_000), CALL)).rejects.toMatchObject({ reason: 'no answer in 60 ms' });
    const patient = withDeadline(inProcess(childrenSubgraph()), { queryMs: 60_000, mutationMs: 60_000 });
    await expect(patient.ask(slow(1), CALL)).resolves.toEqual({ data: { slow: 'done' } });
  });

  it('of the request is shorter than that of the call', async () => {
    const source = withDeadline(inProcess(childrenSubgraph()), { queryMs: 60_000, mutationMs: 60_000 });
    const startedAt = Date.now();
    await expect(source.ask(slow(5_000), { ...CALL, deadline: Date.now() + 80 })).rejects.toBeInstanceOf(
      SubgraphUnavailable,
    );
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });

  it('that has passed begins nothing', async () => {
    const { state, source } = switched();
    const late = { ...CALL, deadline: Date.now() - 1 };
    await expect(
      withDeadline(source, { queryMs: 100, mutationMs: 100 }).ask(QUERY, late),
    ).rejects.toMatchObject({ reason: 'the request has no time left', itsFault: false });
    expect(state.asked).toBe(0);
    const { data, errors } = await executeSubgraph(childrenSubgraph(), QUERY, late);
    expect([data, errors?.[0]?.extensions?.['code']]).toEqual([undefined, 'SUBGRAPH_UNAVAILABLE']);
  });

  it('travels over HTTP as the time left, and on to the neighbours under the same request id', async () => {
    const [gatewayPair, childrenPair] = [generateKeyPairSync('x25519'), generateKeyPairSync('x25519')];
    const publicKeys = new Map([
      ['gateway', gatewayPair.publicKey],
      ['children', childrenPair.publicKey],
    ]);
    const calls: Call[] = [];
    const transport = peerTransport(() => ({
      name: 'records',
      ask: (_, call) => {
        calls.push(call);
        return Promise.resolve({ data: {} });
      },
      close: () => Promise.resolve(),
    }));
    const asks = async (_: unknown, __: unknown, call: Call) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const viewer = { ...CLERK, role: 'SERVICE' } as const;
      await transport({ to: 'records', query: '{ a }', variables: {}, viewer, call });
      return 3;
    };
    const children = childrenSubgraph();
    children.schema.getQueryType()!.getFields()['childrenCount']!.resolve = asks;
    const server = await serveSubgraph(children, {
      port: 0,
      keys: identityKeys('children', childrenPair.privateKey, publicKeys),
    });
    const source = overHttp(
      { name: 'children', url: `${server.url}/graphql` },
      identityKeys('gateway', gatewayPair.privateKey, publicKeys),
      { queryMs: 5_000, mutationMs: 5_000 },
    );
    const deadline = Date.now() + 30_000;
    expect(await source.ask(QUERY, { ...CALL, deadline })).toEqual({ data: { childrenCount: 3 } });
    await transport({ to: 'records', query: '{ a }', variables: {}, viewer: CLERK, call: undefined });
    await source.close();
    await server.stop();
    expect(calls[0]).toMatchObject({ requestId: 'request-1', viewer: { role: 'SERVICE' } });
    // What it took to get there is not known there; two clocks would differ by more.
    expect(calls[0]!.deadline! - deadline).toBeGreaterThanOrEqual(-5);
    expect(calls[0]!.deadline! - deadline).toBeLessThan(5_000);
    // What a subgraph does by itself has an id of its own and all the time it needs.
    expect(calls[1]!.requestId).not.toBe('request-1');
    expect(calls[1]!.deadline).toBeUndefined();
  });

  it.each([undefined, '', '-5', '1e3', 'NaN', '12345678901', '５'])('is none in the header %s', (header) => {
    expect(deadlineIn(header)).toBeUndefined();
  });
});

describe('a mutation', () => {
  it('is sent once, also where the connection breaks; a query is sent again', async () => {
    const pair = generateKeyPairSync('x25519');
    const seen: string[] = [];
    const server = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => (body += String(chunk)));
      req.on('end', () => {
        const { query } = JSON.parse(body) as { query: string };
        seen.push(query);
        // The first answer keeps the connection alive, every later one breaks it.
        if (seen.length > 1) return void req.socket.destroy();
        res.end('{"data":{}}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const source = overHttp(
      { name: 'children', url },
      identityKeys('gateway', pair.privateKey, new Map([['children', pair.publicKey]])),
      { queryMs: 2_000, mutationMs: 2_000 },
    );
    await source.ask({ query: '{ first }' }, CALL);
    await expect(source.ask({ query: 'mutation { act }' }, CALL)).rejects.toBeInstanceOf(SubgraphUnavailable);
    expect(seen).toEqual(['{ first }', 'mutation { act }']);
    await expect(source.ask({ query: '{ again }' }, CALL)).rejects.toBeInstanceOf(SubgraphUnavailable);
    expect(seen.slice(2)).toEqual(['{ again }', '{ again }']);
    await source.close();
    server.close();
  });
});
