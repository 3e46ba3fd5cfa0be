/** Reading, validating and planning of new texts is paid by whoever sends them, so that nobody else waits for long. */
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowancesOf } from '../../gateway/allowances.ts';
import { openDevIssuer, type DevIssuer } from '../../gateway/dev-issuer.ts';
import { hashOf } from '../../gateway/persisted.ts';
import type { SupergraphSource } from '../../gateway/supergraph.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import {
  ask,
  childrenSubgraph,
  CLERK,
  codesOf,
  recordsSubgraph,
  startFixture,
  supergraphSdl,
  type Answer,
} from './fixture.ts';

const OTHER = { ...CLERK, account: 'county-190101-2' };
/** Does not fit, which takes some fifty times as long to find as its points would tell. */
const unfit = (i: number) =>
  `query (${Array.from({ length: 900 }, (_, n) => `$v${n}: Int`).join()}) { gone${i} }`;

/** Sends new texts until that is too much; the last status. */
async function spend(url: string, token: string): Promise<number> {
  let status = 0;
  for (let i = 0; i < 3_000 && status !== 429; i++) ({ status } = await ask(url, { query: unfit(i) }, token));
  return status;
}

describe('Who sends new texts all the time', () => {
  const directory = mkdtempSync(join(tmpdir(), 'xueji-texts-'));
  let issuer: DevIssuer;
  const running: RunningHttp[] = [];
  beforeAll(async () => {
    issuer = await openDevIssuer(directory);
  });
  afterAll(() => Promise.all(running.map((gateway) => gateway.stop())));

  async function gatewayWith(
    rateLimits: boolean,
    supergraph: SupergraphSource = supergraphSdl,
    ...filed: string[]
  ) {
    const operation = (body: string) => ({ id: hashOf(body), name: 'Filed', body });
    const all = filed.map(operation);
    const gateway = await startFixture({
      supergraph,
      persisted: {
        all,
        byHash: (hash) => all.find(({ id }) => id === hash),
        byText: (text) => all.find(({ body }) => body === text),
      },
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

  it('may still send what was found valid before a supergraph that changes nothing of the schema', async () => {
    const path = join(directory, 'supergraph.graphql');
    writeFileSync(path, supergraphSdl);
    const { url } = await gatewayWith(true, { path });
    const [token, other] = [await issuer.mint(CLERK), await issuer.mint(OTHER)];
    const rename = { query: 'mutation { rename(id: "1", to: "2") { id } }' };
    expect((await ask(url, rename, other)).status).toBe(200);
    const moved = supergraphSdl.replaceAll(/url: "[^"]*"\)$/gm, 'url: "http://other")');
    expect(moved).not.toBe(supergraphSdl);
    writeFileSync(`${path}.new`, moved);
    renameSync(`${path}.new`, path);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await ask(url, rename, other)).status).toBe(200);
    expect([await spend(url, token), (await ask(url, rename, token)).status]).toEqual([429, 200]);
  }, 60_000);

  it('may still send what is filed, at nobody’s expense', async () => {
    const filed = { query: 'query Filed { whoAmI }' };
    const { url } = await gatewayWith(true, supergraphSdl, filed.query);
    const token = await issuer.mint(CLERK);
    expect([await spend(url, token), (await ask(url, filed, token)).status]).toEqual([429, 200]);
  }, 60_000);

  it('is not counted where nothing is', async () => {
    const { url } = await gatewayWith(false);
    const token = await issuer.mint(CLERK);
    const statuses = new Set<number>();
    for (let i = 0; i < 300; i++) statuses.add((await ask(url, { query: unfit(i) }, token)).status);
    expect(statuses).toEqual(new Set([400]));
  }, 60_000);
});
