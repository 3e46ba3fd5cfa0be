import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowancesOf, type Differences, type PersistedMode } from '../../gateway/allowances.ts';
import { openDevIssuer, type DevIssuer } from '../../gateway/dev-issuer.ts';
import { PERSISTED_MANIFEST, readPersisted } from '../../gateway/persisted.ts';
import { readSamples } from '../../gateway/samples.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { codesOf, childrenSubgraph, CLERK, recordsSubgraph, send, startFixture } from './fixture.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const FILED = 'query Count { childrenCount }';
const RENAME = 'mutation Rename { rename(id: "1", to: "2") { id } }';
const OTHER: Viewer = { ...CLERK, account: 'county-190101-2' };

const manifest = (...bodies: string[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: bodies.map((body, i) => ({ id: sha256(body), name: `Op${i}`, type: 'query', body })),
});

let issuer: DevIssuer;
let folder: string;
const running: RunningHttp[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xueji-persisted-'));
  issuer = await openDevIssuer(folder);
});
afterAll(() => Promise.all(running.map((gateway) => gateway.stop())));

function fileOf(content: unknown): string {
  const file = join(folder, `${sha256(JSON.stringify(content)).slice(0, 8)}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

async function gatewayIn(persisted: PersistedMode, differences: Differences = {}, introspection = true) {
  let fetches = 0;
  const gateway = await startFixture({
    sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
    callers: issuer.callers,
    allowances: allowancesOf({ rateLimits: false, persisted, introspection, differences }),
    persisted: readPersisted([fileOf(manifest(FILED, RENAME))]),
    observe: () => void fetches++,
  });
  running.push(gateway);
  const post = async (body: object, viewer = CLERK) =>
    send(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await issuer.mint(viewer)}`,
      },
      body: JSON.stringify(body),
    });
  const get = async (search: string) =>
    send(`${gateway.url}/graphql?${search}`, {
      headers: { 'apollo-require-preflight': '1', authorization: `Bearer ${await issuer.mint(CLERK)}` },
    });
  return { post, get, fetches: () => fetches };
}

const hashed = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
const COUNT = { data: { childrenCount: 3 } };

describe('a filed operation', () => {
  it.each<PersistedMode>(['off', 'log', 'enforce'])('is run by its hash alone, mode %s', async (mode) => {
    const { post, get } = await gatewayIn(mode);
    expect((await post(hashed(sha256(FILED)))).body).toEqual(COUNT);
    expect((await post({ query: FILED })).body).toEqual(COUNT);
    expect((await post({ query: FILED, ...hashed(sha256(FILED)) })).body).toEqual(COUNT);
    const extensions = encodeURIComponent(JSON.stringify(hashed(sha256(FILED)).extensions));
    expect((await get(`extensions=${extensions}`)).body).toEqual(COUNT);
  });

  it('stays what it is by GET: a mutation is refused', async () => {
    const { get, fetches } = await gatewayIn('enforce');
    const extensions = encodeURIComponent(JSON.stringify(hashed(sha256(RENAME)).extensions));
    expect((await get(`extensions=${extensions}`)).status).toBe(405);
    expect(fetches()).toBe(0);
  });

  it('is refused where the hash is another text’s', async () => {
    const { post, fetches } = await gatewayIn('off');
    const answer = await post({ query: '{ childrenCount }', ...hashed(sha256(FILED)) });
    expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_REQUEST']]);
    expect(fetches()).toBe(0);
  });
});

describe('an operation nobody filed', () => {
  const UNFILED = '{ childrenCount }';

  it.each<PersistedMode>(['off', 'log'])('is run in mode %s', async (mode) => {
    const { post } = await gatewayIn(mode);
    expect((await post({ query: UNFILED })).body).toEqual(COUNT);
  });

  it.each([
    ['as a text', { query: UNFILED }],
    ['as a text that differs by a space', { query: `${FILED} ` }],
    ['as a hash', hashed(sha256(UNFILED))],
    ['as a hash and its text', { query: UNFILED, ...hashed(sha256(UNFILED)) }],
    ['as introspection', { query: getIntrospectionQuery() }],
  ])('is refused in mode enforce, %s', async (_, body) => {
    const { post, fetches } = await gatewayIn('enforce');
    const answer = await post(body);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['PERSISTED_OPERATION_REQUIRED']]);
    expect(fetches()).toBe(0);
  });

  it.each([
    ['after a thousand empty parameters', '&'.repeat(1_001)],
    ['after a thousand others', 'a=1&'.repeat(1_001)],
    ['after a semicolon', ';&'],
    ['after nothing', ''],
  ])('is refused in mode enforce by GET, %s', async (_, before) => {
    const { get, fetches } = await gatewayIn('enforce');
    const answer = await get(`${before}query=${encodeURIComponent(UNFILED)}`);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['PERSISTED_OPERATION_REQUIRED']]);
    expect(fetches()).toBe(0);
  });

  it.each(['query={a}&query=', 'query=&query={a}', '%71uery={a}&qu%65ry={b}'])(
    'is not run by GET where it comes twice: %s',
    async (search) => {
      const { get, fetches } = await gatewayIn('off');
      const answer = await get(search.replaceAll(/\{.\}/g, encodeURIComponent(UNFILED)));
      expect([answer.status, answer.body.data]).toEqual([400, undefined]);
      expect(fetches()).toBe(0);
    },
  );

  it('is refused by role and run for the account that may, and the other way round', async () => {
    const { post } = await gatewayIn('enforce', { 'account:county-190101-2': { persisted: 'off' } });
    expect(codesOf(await post({ query: UNFILED }))).toEqual(['PERSISTED_OPERATION_REQUIRED']);
    expect((await post({ query: UNFILED }, OTHER)).body).toEqual(COUNT);
    const other = await gatewayIn('off', { COUNTY: { persisted: 'enforce' } });
    expect(codesOf(await other.post({ query: UNFILED }))).toEqual(['PERSISTED_OPERATION_REQUIRED']);
  });

  it('is told as such where its hash is unknown and nothing is enforced, so that a client sends the text', async () => {
    const { post } = await gatewayIn('off');
    expect(codesOf(await post(hashed(sha256(UNFILED))))).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED']);
  });
});

describe('the schema', () => {
  const ASKS = [
    getIntrospectionQuery(),
    '{ childrenCount __schema { queryType { name } } }',
    '{ ...A } fragment A on Query { t: __type(name: "Child") { name } }',
  ];

  it.each(ASKS)('is shown to the account with the right alone: %#', async (query) => {
    const { post, fetches } = await gatewayIn(
      'off',
      { 'account:county-190101-2': { introspection: true } },
      false,
    );
    const refused = await post({ query });
    expect([refused.status, codesOf(refused)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(fetches()).toBe(0);
    const shown = await post({ query }, OTHER);
    expect([shown.status, shown.body.errors]).toEqual([200, undefined]);
  });

  it('is not guessed out of suggestions without the right', async () => {
    const { post } = await gatewayIn('off', { 'account:county-190101-2': { introspection: true } }, false);
    for (const query of ['{ childrenCoun }', '{ echo(sex: MALL) }', '{ child(idd: "1") { id } }']) {
      expect((await post({ query })).text).not.toContain('Did you mean');
    }
    expect((await post({ query: '{ childrenCoun }' }, OTHER)).text).toContain('Did you mean');
  });

  it('tells its type names to everybody, since a client needs them', async () => {
    const { post } = await gatewayIn('off', {}, false);
    expect((await post({ query: '{ __typename }' })).body).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('a manifest', () => {
  it('of the samples is committed, and has each of them by the hash of its text', () => {
    const filed = readPersisted([PERSISTED_MANIFEST]);
    const samples = readSamples();
    expect(samples.length).toBeGreaterThan(20);
    expect(samples.filter(({ query }) => !filed.byText(query))).toEqual([]);
    expect(samples.filter(({ query }) => filed.byHash(sha256(query)) !== filed.byText(query))).toEqual([]);
  });

  it.each([
    ['no manifest', {}],
    ['another format', { ...manifest(FILED), format: 'x' }],
    ['another version', { ...manifest(FILED), version: 2 }],
    [
      'an id that is not its text’s',
      { ...manifest(), operations: [{ id: sha256('x'), name: 'X', type: 'query', body: FILED }] },
    ],
  ])('is not taken where it is %s', (_, content) => {
    expect(() => readPersisted([fileOf(content)])).toThrow(/is expected|is not the SHA-256/);
  });
});
