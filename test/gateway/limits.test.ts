import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { HEIGHT, LIMITS, MAX_TOKENS, overLimit } from '../../gateway/limits.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import {
  ask,
  childrenSubgraph,
  CLERK,
  codesOf,
  recordsSubgraph,
  send,
  startFixture,
  type Question,
} from './fixture.ts';

let gateway: RunningHttp;
let token: string;
let fetches = 0;

beforeAll(async () => {
  const issuer = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-limits-')));
  token = await issuer.mint(CLERK);
  gateway = await startFixture({
    sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
    callers: issuer.callers,
    observe: () => void fetches++,
  });
});
afterAll(() => gateway.stop());

const many = (n: number, part: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => part(i)).join(' ');
const nested = (n: number) => `{ child(id: "1") ${'{ sibling '.repeat(n - 2)}{ id }${' }'.repeat(n - 2)} }`;

describe('each limit holds at its number and refuses one more', () => {
  it.each<[keyof typeof LIMITS, number, (n: number) => string]>([
    ['depth', 12, nested],
    ['aliases', 30, (n) => `{ child(id: "1") { ${many(n, (i) => `a${i}: __typename`)} } }`],
    ['roots', 20, (n) => `{ ${many(n, () => 'childrenCount')} }`],
    ['directives', 10, (n) => `{ ${many(n, () => 'childrenCount @include(if: true)')} }`],
    ['nesting', 40, (n) => `{ ${'... { '.repeat(n - 1)} childrenCount ${' }'.repeat(n - 1)} }`],
    ['selections', 500, (n) => `{ child(id: "1") { ${many(n - 1, () => 'id')} } }`],
  ])('%s: %i', async (name, most, query) => {
    expect(LIMITS[name].most).toBe(most);
    const held = await ask(gateway.url, { query: query(most) }, token);
    expect([held.status, held.body.errors]).toEqual([200, undefined]);
    const before = fetches;
    expect(before).toBeGreaterThan(0);
    const refused = await ask(gateway.url, { query: query(most + 1) }, token);
    expect([refused.status, codesOf(refused)]).toEqual([400, ['QUERY_LIMIT_EXCEEDED']]);
    expect(refused.body.errors?.[0]?.message).toContain(
      `At most ${most} ${LIMITS[name].en} are allowed, ${most + 1} came.`,
    );
    expect(fetches).toBe(before);
  });

  it('height: 250 different fields, however often and by whatever name each is asked for', () => {
    const fields = (n: number) => many(n, (i) => `f${i}`);
    const inTwo = (n: number) =>
      `{ child(id: "1") { ...A } } fragment A on Child { ${fields(n - 1)} a: f0 f1 }`;
    expect(HEIGHT.most).toBe(250);
    expect(overLimit(parse(inTwo(250)))).toBeUndefined();
    const { code, message } = overLimit(parse(inTwo(251)))!;
    expect([code, message]).toEqual([
      'QUERY_LIMIT_EXCEEDED',
      '不同字段数最多 250，收到 251。At most 250 different fields are allowed, 251 came.',
    ]);
  });

  it('height: refused before any subgraph is called', async () => {
    const before = fetches;
    const answer = await ask(gateway.url, { query: `{ ${many(251, (i) => `... { f${i} }`)} }` }, token);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['QUERY_LIMIT_EXCEEDED']]);
    expect(fetches).toBe(before);
  });

  it('tokens: 4000 are read and one more is not', async () => {
    const tokens = (n: number) => `{ ${many(n - 2, () => 'id')} }`;
    expect(MAX_TOKENS).toBe(4_000);
    const read = await ask(gateway.url, { query: tokens(4_000) }, token);
    expect(read.body.errors?.[0]?.message).toContain('At most 20 root fields are allowed, 3998 came.');
    const unread = await ask(gateway.url, { query: tokens(4_001) }, token);
    expect(unread.body.errors?.[0]?.message).toContain('At most 4000 tokens are allowed, > 4000 came.');
  });

  it('body: 262,144 bytes are read and one more is not', async () => {
    const before = fetches;
    const bodyOf = (bytes: number) => {
      const empty = JSON.stringify({ query: '{ childrenCount }', variables: { a: '' } });
      return empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
    };
    const post = (bytes: number) =>
      send(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: bodyOf(bytes),
      });
    expect((await post(262_144)).body).toEqual({ data: { childrenCount: 3 } });
    const refused = await post(262_145);
    expect([refused.status, codesOf(refused)]).toEqual([413, ['QUERY_LIMIT_EXCEEDED']]);
    expect(fetches).toBe(before + 1);
  });

  it('counts what fragments bring, wherever they are spread', () => {
    const deep = `{ child(id: "1") { ...A } } fragment A on Child { sibling { ...B } } fragment B on Child ${nested(12).slice(17, -2)}`;
    expect(overLimit(parse(deep))?.message).toContain('levels of depth');
    const spread = `{ child(id: "1") { ${many(4, () => '...A')} } } fragment A on Child { ${many(8, (i) => `a${i}: id`)} }`;
    expect(overLimit(parse(spread))?.message).toContain('At most 30 aliases are allowed, 32 came.');
    const onRoot = `{ ...A ... on Query { childrenCount } } fragment A on Query { ${many(20, () => 'childrenCount')} }`;
    expect(overLimit(parse(onRoot))?.message).toContain('At most 20 root fields are allowed, 21 came.');
  });

  it('is no shelter for a fragment named like introspection', () => {
    const query = `{ child(id: "1") { ...__schema } } fragment __schema on Child { ${many(31, (i) => `a${i}: id`)} }`;
    expect(overLimit(parse(query))?.code).toBe('QUERY_LIMIT_EXCEEDED');
  });

  it('lets the tools of a developer read the schema', async () => {
    const answer = await ask(gateway.url, {
      query: getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }),
    });
    expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
  });
});

describe('a hostile operation is refused at once', () => {
  const bomb = (n: number) =>
    `{ child(id: "1") { ...F0 } } ${many(n, (i) => `fragment F${i} on Child { sibling { id } ...F${i + 1} ...F${i + 1} }`)} fragment F${n} on Child { id }`;
  const manyFields = `{ child(id: "1") { ${many(499, () => 'id')} } }`;

  it.each<[string, string, string]>([
    ['a fragment that doubles two hundred times', bomb(200), 'QUERY_LIMIT_EXCEEDED'],
    [
      'a fragment that spreads itself',
      '{ child(id: "1") { ...A } } fragment A on Child { id ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'two fragments that spread each other',
      '{ child(id: "1") { ...A } } fragment A on Child { ...B } fragment B on Child { ...A sibling { ...A } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a hundred and fifty fragments that spread all others',
      `{ ...F0 } ${many(60, (i) => `fragment F${i} on Query { ${many(60, (k) => `...F${k}`)} }`)}`,
      'QUERY_LIMIT_EXCEEDED',
    ],
    [
      'a cycle of a hundred and fifty fragments',
      `{ ...F0 } ${many(150, (i) => `fragment F${i} on Query { ...F${(i + 1) % 150} }`)}`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a cycle of fragments nobody spreads',
      `{ childrenCount } ${many(150, (i) => `fragment F${i} on Query { ...F${(i + 1) % 150} }`)}`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'five hundred and one fields in a fragment nobody spreads',
      `{ childrenCount } fragment A on Child { ${many(501, () => 'id')} }`,
      'QUERY_LIMIT_EXCEEDED',
    ],
    [
      'a field that goes by the name of introspection',
      '{ child(id: "1") { __typename: id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['more tokens than allowed', `{ ${many(MAX_TOKENS, () => 'a')} }`, 'QUERY_LIMIT_EXCEEDED'],
    [
      'a value nested two thousand deep',
      `{ echo(text: ${'['.repeat(1_990)}${']'.repeat(1_990)}) }`,
      'QUERY_LIMIT_EXCEEDED',
    ],
    [
      'introspection that circles',
      `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s', async (_, query, code) => {
    const startedAt = Date.now();
    const answer = await ask(gateway.url, { query }, token);
    expect([answer.status, codesOf(answer)[0]]).toEqual([400, code]);
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });

  it('and the same field five hundred times is answered in bounded time', async () => {
    const startedAt = Date.now();
    expect((await ask(gateway.url, { query: manyFields }, token)).body).toEqual({
      data: { child: { id: '1' } },
    });
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });
});

describe('whatever is malformed gets a 4xx, a code and the id of the request', () => {
  const json = { 'content-type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = json) => ({ method: 'POST', body, headers });
  const question = (q: Question | Question[]) => post(JSON.stringify(q));

  it.each(['application/json', 'application/json; charset=utf-8', 'application/json; foo=1'])(
    'but a byte order mark before %s does no harm',
    async (type) => {
      const body = `\uFEFF${JSON.stringify({ query: '{ childrenCount }' })}`;
      const headers = { 'content-type': type, authorization: `Bearer ${token}` };
      expect((await send(`${gateway.url}/graphql`, post(body, headers))).body).toEqual({
        data: { childrenCount: 3 },
      });
    },
  );

  it.each<[string, number, string, string, RequestInit]>([
    ['broken JSON', 400, 'BAD_REQUEST', '', post('{"query": ')],
    ['an empty body', 400, 'BAD_REQUEST', '', post('')],
    ['an empty object', 400, 'BAD_REQUEST', '', post('{}')],
    ['null', 400, 'BAD_REQUEST', '', post('null')],
    ['a number', 400, 'BAD_REQUEST', '', post('5')],
    [
      'an unknown charset',
      415,
      'BAD_REQUEST',
      '',
      post('{}', { 'content-type': 'application/json; charset=klingon' }),
    ],
    ['a body that is not gzip', 400, 'BAD_REQUEST', '', post('{}', { ...json, 'content-encoding': 'gzip' })],
    ['plain text', 415, 'BAD_REQUEST', '', post('{ childrenCount }', { 'content-type': 'text/plain' })],
    [
      'a form',
      415,
      'BAD_REQUEST',
      '',
      post('query=a', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    [
      '300 kB',
      413,
      'QUERY_LIMIT_EXCEEDED',
      '',
      question({ query: '{ childrenCount }', variables: { a: 'x'.repeat(300_000) } }),
    ],
    ['a batch', 400, 'BAD_REQUEST', '', question([{ query: '{ childrenCount }' }])],
    ['a query that is a number', 400, 'BAD_REQUEST', '', question({ query: 5 as never })],
    [
      'variables that are a list',
      400,
      'BAD_REQUEST',
      '',
      question({ query: '{ childrenCount }', variables: [1] }),
    ],
    [
      'variables that are text',
      400,
      'BAD_REQUEST',
      '',
      question({ query: '{ childrenCount }', variables: '{}' }),
    ],
    [
      'an operation name that is a number',
      400,
      'BAD_REQUEST',
      '',
      question({ query: '{ childrenCount }', operationName: 5 }),
    ],
    [
      'no such operation',
      400,
      'OPERATION_RESOLUTION_FAILURE',
      '',
      question({ query: '{ childrenCount }', operationName: 'X' }),
    ],
    [
      'two operations and no name',
      400,
      'OPERATION_RESOLUTION_FAILURE',
      '',
      question({ query: 'query A { childrenCount } query B { childrenCount }' }),
    ],
    [
      'no operation at all',
      400,
      'GRAPHQL_VALIDATION_FAILED',
      '',
      question({ query: 'fragment A on Child { id }' }),
    ],
    ['a text that is no GraphQL', 400, 'GRAPHQL_PARSE_FAILED', '', question({ query: '{ childrenCount' })],
    ['an unknown field', 400, 'GRAPHQL_VALIDATION_FAILED', '', question({ query: '{ nothing }' })],
    [
      'a subscription',
      400,
      'OPERATION_RESOLUTION_FAILURE',
      '',
      question({ query: 'subscription { childrenCount }' }),
    ],
    ['@defer', 400, 'GRAPHQL_VALIDATION_FAILED', '', question({ query: '{ ... @defer { childrenCount } }' })],
    [
      'a variable of another type',
      400,
      'BAD_USER_INPUT',
      '',
      question({ query: 'query($n: Int) { echo(n: $n) }', variables: { n: 'many' } }),
    ],
    [
      'a variable that is missing',
      400,
      'BAD_USER_INPUT',
      '',
      question({ query: 'query($id: ID!) { child(id: $id) { id } }' }),
    ],
    [
      'a mutation by GET',
      405,
      'BAD_REQUEST',
      '?query=mutation{rename(id:"1",to:"2"){id}}',
      { headers: { 'apollo-require-preflight': '1' } },
    ],
    ['GET without a preflight header', 400, 'BAD_REQUEST', '?query={childrenCount}', {}],
    [
      'GET with broken variables',
      400,
      'BAD_REQUEST',
      '?query={childrenCount}&variables={',
      { headers: { 'apollo-require-preflight': '1' } },
    ],
    [
      'GET with two queries',
      400,
      'BAD_REQUEST',
      '?query={a}&query={b}',
      { headers: { 'apollo-require-preflight': '1' } },
    ],
    ['GET without a query', 400, 'BAD_REQUEST', '', { headers: { 'apollo-require-preflight': '1' } }],
    ['PUT', 405, 'BAD_REQUEST', '', { method: 'PUT', headers: json, body: '{}' }],
    ['DELETE', 405, 'BAD_REQUEST', '', { method: 'DELETE' }],
    [
      'an Accept nobody can serve',
      406,
      'BAD_REQUEST',
      '',
      { ...question({ query: '{ childrenCount }' }), headers: { ...json, accept: 'image/png' } },
    ],
    ['an address that is not here', 404, 'NOT_FOUND', '/nothing', {}],
    ['an address that cannot be decoded', 404, 'NOT_FOUND', '/../%E0%A4%A', {}],
  ])('%s: %i %s', async (_, status, code, at, init) => {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
    const answer = await send(`${gateway.url}/graphql${at}`, { ...init, headers });
    expect([answer.status, ...new Set(codesOf(answer))]).toEqual([status, code]);
    expect(answer.body.errors?.[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it('does not repeat the values a caller sent, since they may be a child', async () => {
    const name = '某某某';
    for (const [query, variables] of [
      ['query($id: ID!) { child(id: $id) { id } }', { id: { name } }],
      ['query($n: Int) { echo(n: $n) }', { n: name }],
      [`{ echo(n: "${name}") }`, {}],
    ] as const) {
      const answer = await ask(gateway.url, { query, variables }, token);
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain(name);
    }
  });
});

describe('a date that is none', () => {
  it.each([
    ['a literal', '{ echo(day: "x") }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal of another kind', '{ echo(day: 5) }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal instant', '{ echo(at: "2026-13-01T00:00:00Z") }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable', 'query($d: LocalDate) { echo(day: $d) }', { d: '2026-02-30' }, 'BAD_USER_INPUT'],
    ['an instant in a variable', 'query($t: DateTime) { echo(at: $t) }', { t: 'x' }, 'BAD_USER_INPUT'],
    ['a default', 'query($d: LocalDate = "x") { echo(day: $d) }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ])('as %s is 400 and the caller is told', async (_, query, variables, code) => {
    const answer = await ask(gateway.url, { query, variables }, token);
    expect([answer.status, codesOf(answer)]).toEqual([400, [code]]);
  });

  it('does not stand in the way of one that is', async () => {
    const at = '2026-01-02T03:04:05Z';
    const literal = await ask(gateway.url, { query: `{ echo(at: "${at}", day: "2026-01-02") }` }, token);
    expect(literal.body).toEqual({ data: { echo: at } });
    const query = 'query($at: DateTime, $day: LocalDate) { echo(at: $at, day: $day) }';
    const variable = await ask(gateway.url, { query, variables: { at, day: '2026-01-02' } }, token);
    expect(variable.body).toEqual({ data: { echo: at } });
  });
});

it('answers a request target that is no address', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const body = '{"query":"{ childrenCount }"}';
    const { port } = new URL(gateway.url);
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      authorization: `Bearer ${token}`,
    };
    request(
      { port, host: '127.0.0.1', method: 'POST', path: 'http://a:99999999/graphql', headers },
      (res) => {
        res.resume();
        resolve(res.statusCode);
      },
    )
      .on('error', reject)
      .end(body);
  });
  expect(status).toBe(200);
});

it('is refused by a subgraph itself where brackets nest thousands deep', async () => {
  const query = `query($x: ${'['.repeat(9_000)}Int${']'.repeat(9_000)}) { echo(n: $x) }`;
  const { errors } = await executeSubgraph(
    childrenSubgraph(),
    { query },
    { viewer: CLERK, requestId: 'request-1' },
  );
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['QUERY_LIMIT_EXCEEDED']);
});

it('survives variables nested fifty thousand deep', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  for (const type of ['Day', 'Int']) {
    const query = `query($x: ${type}) { echo(${type === 'Day' ? 'on' : 'n'}: $x) }`;
    const answer = await send(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: `{"query":"${query}","variables":{"x":${deep}}}`,
    });
    expect(answer.status).toBeLessThan(500);
  }
});
