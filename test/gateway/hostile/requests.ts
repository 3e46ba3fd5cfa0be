/** Requests around such documents: bodies, headers, methods and encodings of every kind. */
import { gzipSync } from 'node:zlib';
import type { GraphQLSchema } from 'graphql';
import type { Chance } from './chance.ts';
import { document } from './documents.ts';
import { text, value } from './values.ts';

export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Materials {
  readonly schema: GraphQLSchema;
  readonly samples: readonly { readonly query: string; readonly variables: object }[];
  readonly tokens: readonly string[];
}

const JSON_TYPE = 'application/json';

export function request(c: Chance, materials: Materials): HostileRequest {
  const headers = headersOf(c, materials.tokens);
  if (c.once(12)) return byGet(c, materials, headers);
  const method = c.once(40) ? c.of(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'GET']) : 'POST';
  if (method === 'GET' || method === 'HEAD') return { method, path: '/graphql', headers };
  const path = c.once(60)
    ? c.of(['/', '/graphql/', '/graphql?query=%7B', '//graphql', '/%E0%A4%A', '/metrics'])
    : '/graphql';
  const body = bodyOf(c, materials);
  if (c.once(25))
    return { method, path, headers: { ...headers, 'content-encoding': 'gzip' }, body: packed(c, body) };
  return { method, path, headers, body };
}

function byGet(c: Chance, { schema, samples }: Materials, headers: Record<string, string>): HostileRequest {
  const query = encodeURIComponent(wellFormed(document(c, schema, texts(samples)))).slice(0, 6_000);
  const rest = c.of([
    '',
    '&variables={',
    '&variables=[]',
    '&query=a',
    '&extensions={',
    '&extensions={"persistedQuery":1}',
    '&operationName=A',
    '&%',
  ]);
  return {
    method: 'GET',
    path: `/graphql?query=${query}${encodeURI(rest)}`,
    headers: c.once(5) ? headers : { ...headers, 'apollo-require-preflight': '1' },
  };
}

const texts = (samples: Materials['samples']) => samples.map(({ query }) => query);
const wellFormed = (drawn: string) => Buffer.from(drawn, 'utf8').toString('utf8');

function headersOf(c: Chance, tokens: readonly string[]): Record<string, string> {
  const ascii = () =>
    text(c)
      .replace(/[^\x20-\x7e]/g, '')
      .slice(0, 200);
  return {
    'content-type': c.once(15)
      ? c.of([
          'text/plain',
          'application/json; charset=utf-16',
          'multipart/form-data',
          '',
          'application/graphql',
          'application/json;;',
        ])
      : JSON_TYPE,
    ...(!c.once(20) && {
      authorization: c.once(15)
        ? c.of(['Bearer', 'Bearer a.b.c', `Basic ${ascii()}`, ascii()])
        : `Bearer ${c.of(tokens)}`,
    }),
    ...(c.once(10) && { 'x-request-id': ascii() }),
    ...(c.once(10) && {
      traceparent: c.of(['00-0-0-0', ascii(), `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`]),
    }),
    ...(c.once(15) && {
      accept: c.of(['*/*', 'text/html', 'multipart/mixed', 'application/graphql-response+json', ascii()]),
    }),
    ...(c.once(20) && { 'x-xueji-purpose': ascii() }),
    ...(c.once(20) && { 'x-xueji-time-left': c.of(['0', '-1', '999999999', ascii()]) }),
    ...(c.once(20) && { 'x-xueji-identity': ascii() }),
  };
}

function bodyOf(c: Chance, { schema, samples }: Materials): string | Buffer {
  const sample = c.of(samples);
  switch (c.below(14)) {
    case 0:
      return Buffer.from(Array.from({ length: c.below(300) }, () => c.below(256)));
    case 1:
      return JSON.stringify(value(c));
    case 2:
      return `{"query":"{ __typename }","query":${JSON.stringify(value(c))}}`;
    case 3:
      return JSON.stringify(Array.from({ length: 1 + c.below(5) }, () => ({ query: sample.query })));
    case 4:
      return `{"query":"{ __typename }","variables":${'{"a":'.repeat(c.below(2_000))}1${'}'.repeat(c.below(2_000))}}`;
    case 5:
      return JSON.stringify({
        query: sample.query,
        variables: { ...sample.variables, a: 'x'.repeat(c.once(10) ? c.below(400_000) : c.below(4_000)) },
      });
    case 6:
      return JSON.stringify({
        extensions: { persistedQuery: { version: c.below(3), sha256Hash: value(c) } },
        query: c.once(2) ? sample.query : undefined,
      });
    case 7:
    case 8:
    case 9:
      return JSON.stringify({ query: sample.query, variables: spoiltVariables(c, sample.variables) });
    default:
      return JSON.stringify({
        query: document(c, schema, texts(samples)),
        ...(c.once(3) && { variables: value(c) }),
        ...(c.once(6) && { operationName: value(c) }),
        ...(c.once(9) && { extensions: value(c) }),
      });
  }
}

function spoiltVariables(c: Chance, variables: object): object {
  return Object.fromEntries(
    Object.entries(variables).map(([name, given]) => [name, c.once(3) ? value(c) : inside(c, given)]),
  );
}

/** The same shape, with one place or another changed. */
function inside(c: Chance, given: unknown): unknown {
  if (c.once(8)) return value(c);
  if (Array.isArray(given)) return given.map((one) => inside(c, one));
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, inside(c, one)]));
}

/** Three megabytes of nothing. */
const GZIP_BOMB = gzipSync(Buffer.alloc(3_000_000, 0x20));

function packed(c: Chance, body: string | Buffer): Buffer {
  if (c.once(3)) return GZIP_BOMB;
  const whole = gzipSync(body);
  return c.once(3) ? whole.subarray(0, c.below(whole.length)) : whole;
}
