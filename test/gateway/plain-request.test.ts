import { describe, expect, it } from 'vitest';
import { askedIn } from '../../gateway/asked.ts';
import { plainRequest } from '../../gateway/plain-request.ts';
import type { JsonRequest } from '../../kernel/serve/http.ts';

const asked = (body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
  askedIn({ method, url: '/graphql', headers, body } as unknown as JsonRequest);

describe('A request as nearly all come', () => {
  it.each<[string, object, object, Record<string, string>?]>([
    ['a text alone', { query: '{ a }' }, { query: '{ a }' }],
    [
      'a text, variables and a name',
      { query: 'query A { a }', variables: { n: 1 }, operationName: 'A' },
      { query: 'query A { a }', variables: { n: 1 }, operationName: 'A' },
    ],
    [
      'nothing for what may be left out',
      { query: '{ a }', variables: null, operationName: null },
      { query: '{ a }' },
    ],
    ['JSON wanted', { query: '{ a }' }, { query: '{ a }' }, { accept: 'application/json' }],
    ['anything wanted', { query: '{ a }' }, { query: '{ a }' }, { accept: '*/*' }],
  ])('is %s', (_, body, plain, headers) => {
    expect(plainRequest(asked(body, headers))).toEqual(plain);
  });

  it.each<[string, unknown, Record<string, string>?, string?]>([
    ['another method', { query: '{ a }' }, {}, 'GET'],
    ['another form wanted', { query: '{ a }' }, { accept: 'application/graphql-response+json' }],
    ['several forms wanted', { query: '{ a }' }, { accept: 'text/html, application/json' }],
    ['a list', [{ query: '{ a }' }]],
    ['nothing', null],
    ['no text', { variables: {} }],
    ['an empty text', { query: '' }],
    ['a text that is a number', { query: 1 }],
    ['variables in a text', { query: '{ a }', variables: '{}' }],
    ['variables in a list', { query: '{ a }', variables: [] }],
    ['a name that is a number', { query: '{ a }', operationName: 1 }],
    ['extensions', { query: '{ a }', extensions: {} }],
    ['a word nobody knows', { query: '{ a }', other: 1 }],
  ])('is not %s', (_, body, headers, method) => {
    expect(plainRequest(asked(body, headers, method))).toBeUndefined();
  });
});
