/** Reading, validating and planning of new texts is paid by whoever sends them, so that nobody else waits for long. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowancesOf } from '../../gateway/allowances.ts';
import { openDevIssuer, type DevIssuer } from '../../gateway/dev-issuer.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import {
  ask,
  childrenSubgraph,
  CLERK,
  codesOf,
  recordsSubgraph,
  startFixture,
  type Answer,
} from './fixture.ts';

const OTHER = { ...CLERK, account: 'county-190101-2' };
/** Does not fit, which takes some fifty times as long to find as its points would tell. */
const unfit = (i: number) =>
  `query (${Array.from({ length: 500 }, (_, n) => `$v${n}: Int`).join()}) { gone${i} }`;

describe('Who sends new texts all the time', () => {
  let issuer: DevIssuer;
  const running: RunningHttp[] = [];
  beforeAll(async () => {
    issuer = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-texts-')));
  });
  afterAll(() => Promise.all(running.map((gateway) => gateway.stop())));

  async function gatewayWith(rateLimits: boolean) {
    const gateway = await startFixture({
      sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
      callers: issuer.callers,
      allowances: allowancesOf({ rateLimits, persisted: 'off', introspection: true }),
    });
    running.push(gateway);
    return gateway;
  }

  it('is told to wait, while known texts and everybody else are answered', async () => {
    const { url } = await gatewayWith(true);
    const [token, other] = [await issuer.mint(CLERK), await issuer.mint(OTHER)];
    const known = { query: '{ childrenCount }' };
    expect((await ask(url, known, token)).body).toEqual({ data: { childrenCount: 3 } });
    let refused: Answer | undefined;
    for (let i = 0; i < 3_000 && !refused; i++) {
      const answer = await ask(url, { query: unfit(i) }, token);
      if (answer.status === 429) refused = answer;
      else expect([answer.status, codesOf(answer)[0]]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    }
    expect(codesOf(refused!)).toEqual(['RATE_LIMITED']);
    expect(Number(refused!.headers.get('retry-after'))).toBeGreaterThan(0);
    // Its minute is hardly touched: it is the work that was too much.
    expect(Number(refused!.headers.get('ratelimit-remaining'))).toBeGreaterThan(900_000);
    expect((await ask(url, known, token)).body).toEqual({ data: { childrenCount: 3 } });
    expect((await ask(url, { query: 'query New { whoAmI }' }, other)).status).toBe(200);
  }, 60_000);

  it('is told to wait for the same text as well, as long as it does not fit', async () => {
    const { url } = await gatewayWith(true);
    const token = await issuer.mint(CLERK);
    const statuses = new Set<number>();
    for (let i = 0; i < 3_000 && !statuses.has(429); i++) {
      statuses.add((await ask(url, { query: unfit(0) }, token)).status);
    }
    expect(statuses).toEqual(new Set([400, 429]));
  }, 60_000);

  it('is not counted where nothing is', async () => {
    const { url } = await gatewayWith(false);
    const token = await issuer.mint(CLERK);
    const statuses = new Set<number>();
    for (let i = 0; i < 300; i++) statuses.add((await ask(url, { query: unfit(i) }, token)).status);
    expect(statuses).toEqual(new Set([400]));
  }, 60_000);
});
