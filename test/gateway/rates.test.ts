import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowancesOf, type Differences } from '../../gateway/allowances.ts';
import { openDevIssuer, type DevIssuer } from '../../gateway/dev-issuer.ts';
import { guards } from '../../gateway/guards.ts';
import { clientOf } from '../../gateway/rates.ts';
import { READ_POINTS, REFUSED_TOKEN_POINTS } from '../../gateway/tally.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { gatewayEnv, readEnv } from '../../kernel/serve/config.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { ask, childrenSubgraph, CLERK, codesOf, recordsSubgraph, startFixture } from './fixture.ts';

let issuer: DevIssuer;
const running: RunningHttp[] = [];
beforeAll(async () => {
  issuer = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-rates-')));
});
afterAll(() => Promise.all(running.map((gateway) => gateway.stop())));

/** A gateway of its own, since what was spent is remembered. */
async function gatewayWith(differences: Differences, options: { trustedProxies?: number } = {}) {
  const asked: string[] = [];
  const gateway = await startFixture({
    sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
    callers: issuer.callers,
    allowances: allowancesOf({ rateLimits: true, persisted: 'off', introspection: false, differences }),
    observe: ({ subgraph }) => void asked.push(subgraph),
    ...options,
  });
  running.push(gateway);
  const as = async (viewer: Viewer, query: string, variables = {}) =>
    ask(gateway.url, { query, variables }, await issuer.mint(viewer));
  return { url: gateway.url, as, asked };
}

const COUNTING = '{ childrenCount }';
const rateOf = ({ headers }: { headers: Headers }) =>
  ['ratelimit-limit', 'ratelimit-remaining', 'x-xueji-cost'].map((name) => Number(headers.get(name)));

describe('the rate limit counts what an operation costs', () => {
  it('and tells the cost, the limit, what is left and when it begins anew', async () => {
    const { as } = await gatewayWith({ COUNTY: { minute: 1_000 } });
    const one = await as(CLERK, COUNTING);
    expect(rateOf(one)).toEqual([1_000, 1_000 - READ_POINTS - 1, 1]);
    const page = await as(CLERK, '{ records(first: 50) { id } }');
    expect(rateOf(page)).toEqual([1_000, 1_000 - 2 * READ_POINTS - 1 - 51, 51]);
    const reset = Number(page.headers.get('ratelimit-reset'));
    expect(reset).toBeGreaterThan(0);
    expect(reset).toBeLessThanOrEqual(60);
    expect(page.headers.get('retry-after')).toBeNull();
  });

  it('and refuses with 429 what is left no more, before any subgraph is asked', async () => {
    const { as, asked } = await gatewayWith({ COUNTY: { minute: 100 } });
    const dear = '{ records(first: 89) { id } }';
    expect((await as(CLERK, dear)).status).toBe(200);
    const before = asked.length;
    const refused = await as(CLERK, COUNTING);
    expect([refused.status, codesOf(refused)]).toEqual([429, ['RATE_LIMITED']]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(asked.length).toBe(before);
  });

  it('exactly: the whole minute may be spent, and not one more', async () => {
    const { as } = await gatewayWith({ COUNTY: { minute: READ_POINTS + 51 } });
    expect((await as(CLERK, '{ records(first: 50) { id } }')).status).toBe(200);
    const other = await gatewayWith({ COUNTY: { minute: READ_POINTS + 50 } });
    const refused = await other.as(CLERK, '{ records(first: 50) { id } }');
    expect([refused.status, codesOf(refused)]).toEqual([429, ['RATE_LIMITED']]);
    expect(other.asked).toEqual([]);
  });

  it('by account: one that spent everything takes nothing from another', async () => {
    const { as } = await gatewayWith({ COUNTY: { minute: 30 } });
    expect((await as(CLERK, '{ records(first: 19) { id } }')).status).toBe(200);
    expect((await as(CLERK, COUNTING)).status).toBe(429);
    expect((await as({ ...CLERK, account: 'county-190101-2' }, COUNTING)).status).toBe(200);
  });

  it('by role, and by account where the configuration names one', async () => {
    const { as } = await gatewayWith({
      COUNTY: { minute: 20, operation: 5 },
      'account:county-190101-9': { minute: 500, operation: 100 },
    });
    const query = '{ records(first: 5) { id } }';
    const refused = await as(CLERK, query);
    expect([refused.status, codesOf(refused)]).toEqual([400, ['COST_LIMIT_EXCEEDED']]);
    expect(refused.body.errors?.[0]?.message).toContain('A cost of 5 is allowed, this operation has 6');
    const named = await as({ ...CLERK, account: 'county-190101-9' }, query);
    expect([named.status, named.headers.get('ratelimit-limit')]).toEqual([200, '500']);
  });

  it('also where an operation was refused as too large or does not parse', async () => {
    const { as } = await gatewayWith({ COUNTY: { minute: 45 } });
    expect((await as(CLERK, '{ child(')).status).toBe(400);
    expect((await as(CLERK, `{ ${'childrenCount '.repeat(21)} }`)).status).toBe(400);
    expect((await as(CLERK, '{ nothing }')).status).toBe(400);
    expect((await as(CLERK, '{ nothing }')).status).toBe(400);
    expect((await as(CLERK, '{ nothing }')).status).toBe(429);
  });
});

describe('who guesses tokens', () => {
  const guess = (url: string, from: string) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer a.b.c',
        'x-forwarded-for': from,
      },
      body: JSON.stringify({ query: COUNTING }),
    }).then(({ status }) => status);

  it('is let in no more for the minute, by address', async () => {
    const { url, as } = await gatewayWith({});
    const tries = 200_000 / REFUSED_TOKEN_POINTS;
    const seen = new Map<number, number>();
    for (let i = 0; i < tries + 5; i++) {
      const status = await guess(url, `192.0.2.${i}`);
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
    // An address of the caller's own writing is not believed where no proxy stands before the gateway.
    expect(Object.fromEntries(seen)).toEqual({ 401: tries, 429: 5 });
    expect((await as(CLERK, COUNTING)).status).toBe(200);
  });

  it('is told apart by the address a trusted proxy has written', async () => {
    const { url } = await gatewayWith({}, { trustedProxies: 1 });
    const tries = 200_000 / REFUSED_TOKEN_POINTS;
    for (let i = 0; i < tries; i++) await guess(url, '192.0.2.1');
    expect(await guess(url, '192.0.2.1')).toBe(429);
    expect(await guess(url, '192.0.2.2')).toBe(401);
  });

  it.each([
    ['an account', clientOf('a', () => '1.2.3.4'), 'account a'],
    ['an address', clientOf(undefined, () => '1.2.3.4'), 'address 1.2.3.4'],
    ['the same in the notation of IPv6', clientOf(undefined, () => '::ffff:1.2.3.4'), 'address 1.2.3.4'],
    [
      'the network of an IPv6 address',
      clientOf(undefined, () => '2001:db8:1:2:3:4:5:6'),
      'address 2001:db8:1:2',
    ],
  ])('is %s', (_, client, expected) => expect(client).toBe(expected));
});

describe('the configuration', () => {
  const guardsOf = (given: Record<string, string>) => guards(readEnv(gatewayEnv, given));

  it('limits in production, and elsewhere where it is told to', () => {
    expect(guardsOf({}).allowances(CLERK).minute).toBe(Infinity);
    expect(guardsOf({ RATE_LIMITS: 'on' }).allowances(CLERK).minute).toBe(1_000_000);
    expect(guardsOf({ NODE_ENV: 'production' }).allowances(CLERK)).toEqual({
      operation: 50_000,
      minute: 1_000_000,
      persisted: 'off',
      introspection: false,
    });
    expect(guardsOf({ NODE_ENV: 'production', RATE_LIMITS: 'off' }).allowances(CLERK).minute).toBe(Infinity);
  });

  it('lets a guardian ask less than a clerk', () => {
    const guardian = { ...CLERK, role: 'GUARDIAN' } as Viewer;
    expect(guardsOf({ RATE_LIMITS: 'on' }).allowances(guardian)).toMatchObject({
      operation: 5_000,
      minute: 50_000,
    });
  });

  it.each(['{', '[]', '{"COUNTY":{"minute":0}}', '{"NOBODY":{}}', '{"COUNTY":{"budget":1}}'])(
    'does not take CLIENT_ALLOWANCES %s',
    (text) =>
      expect(() => guardsOf({ CLIENT_ALLOWANCES: text })).toThrow(/CLIENT_ALLOWANCES: JSON is expected/),
  );
});
