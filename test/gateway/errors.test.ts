import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { formatError, stamped } from '../../gateway/errors.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { overHttp } from '../../kernel/serve/over-http.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import { ask, childrenSubgraph, CLERK, codesOf, recordsSubgraph, SECRET, startFixture } from './fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'xueji-errors-'));
const INTERNAL = '服务内部错误。Internal error.';

let token: string;
let rogue: Server;
let rogueAnswer: { status: number; body: string };
const gateways: Record<string, RunningHttp> = {};
let children: RunningHttp;

beforeAll(async () => {
  const issuer = await openDevIssuer(directory);
  token = await issuer.mint(CLERK);
  const keys = ensureIdentityKeys(join(directory, 'keys'));
  const signing = await keys.of('gateway');
  children = await serveSubgraph(childrenSubgraph(), {
    port: 0,
    keys: await keys.of('children'),
  });
  rogue = createServer((_, res) => res.writeHead(rogueAnswer.status).end(rogueAnswer.body)).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => rogue.once('listening', resolve));
  const deadlines = { queryMs: 1_000, mutationMs: 1_000 };
  const http = (url: string) => overHttp({ name: 'children', url: `${url}/graphql` }, signing, deadlines);
  const rogueUrl = `http://127.0.0.1:${(rogue.address() as AddressInfo).port}`;
  for (const [name, source] of [
    ['in process', inProcess(childrenSubgraph())],
    ['over HTTP', http(children.url)],
    ['rogue', http(rogueUrl)],
  ] as const) {
    gateways[name] = await startFixture({
      sources: [source, inProcess(recordsSubgraph())],
      callers: issuer.callers,
    });
  }
});
afterAll(async () => {
  for (const gateway of Object.values(gateways)) await gateway.stop();
  await children.stop();
  rogue.close();
});

describe.each(['in process', 'over HTTP'])('an error thrown in a subgraph %s', (way) => {
  it.each([
    ['forbidden', 'FORBIDDEN', '不可。Not allowed.'],
    ['surprise', 'INTERNAL_SERVER_ERROR', INTERNAL],
    ['unknownCode', 'INTERNAL_SERVER_ERROR', INTERNAL],
    ['noCode', 'INTERNAL_SERVER_ERROR', INTERNAL],
  ])('as %s is rebuilt as %s', async (how, code, message) => {
    const answer = await ask(
      gateways[way]!.url,
      { query: 'query($how: String!) { fails(how: $how) childrenCount }', variables: { how } },
      token,
    );
    const requestId = answer.headers.get('x-request-id');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: { fails: null, childrenCount: 3 },
      errors: [{ message, path: ['fails'], extensions: { code, requestId } }],
    });
    expect(answer.text).not.toContain(SECRET);
  });
});

describe('whatever a subgraph answers', () => {
  const fault = {
    message: SECRET,
    path: ['childrenCount'],
    extensions: {
      code: 'X',
      serviceName: 'children',
      response: SECRET,
      http: { status: 500 },
      stacktrace: [SECRET],
    },
  };

  it.each([
    ['an error page', 500, `<html>${SECRET}</html>`, 'SUBGRAPH_UNAVAILABLE'],
    ['a page that is no JSON', 200, SECRET, 'SUBGRAPH_UNAVAILABLE'],
    ['JSON that is no answer', 200, `{"a":"${SECRET}"}`, 'SUBGRAPH_UNAVAILABLE'],
    ['a refusal of the signature', 401, `{"errors":[{"message":"${SECRET}"}]}`, 'SUBGRAPH_UNAVAILABLE'],
    [
      'errors with everything in them',
      200,
      JSON.stringify({ data: null, errors: [fault] }),
      'INTERNAL_SERVER_ERROR',
    ],
    [
      'a schema that has moved on',
      400,
      JSON.stringify({ errors: [{ message: SECRET, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }),
      'INTERNAL_SERVER_ERROR',
    ],
  ])('%s never reaches the client', async (_, status, body, code) => {
    rogueAnswer = { status, body };
    const answer = await ask(
      gateways['rogue']!.url,
      { query: '{ record(id: "1") { status } slow(ms: 1) }' },
      token,
    );
    expect([answer.status, codesOf(answer)]).toEqual([200, [code]]);
    expect(answer.body.data).toEqual({ record: { status: 'ENROLLED' }, slow: null });
    expect(answer.text).not.toMatch(/某某某|10\.0\.0\.7|127\.0\.0\.1|serviceName|stacktrace|response/);
  });
});

describe('a message', () => {
  it.each([
    [
      'Variable "$id" got invalid value { name: "甲" }; ID cannot represent value: { name: "甲" }',
      'Variable "$id" got an invalid value; ID cannot represent value.',
    ],
    [
      'Variable "$input" got invalid value { name: "甲", at: "\\"; " } at "input.items[3]"; Field "bornOn" of required type "String!" was not provided.',
      'Variable "$input" got an invalid value at "input.items[3]"; Field "bornOn" of required type "String!" was not provided.',
    ],
    [
      'Variable "$sex" got invalid value "甲"; Value "甲" does not exist in "Sex" enum.',
      'Variable "$sex" got an invalid value; The value does not exist in "Sex" enum.',
    ],
    ['Int cannot represent non-integer value: "甲"', 'Int cannot represent non-integer value.'],
    ['Cannot query field "F190101202210157018" on type "Query".', 'Cannot query field "F…" on type "Query".'],
    ['Expected value of type "Int", found "甲".', 'Expected value of type "Int".'],
    [
      'Variable "$on" got invalid value "甲"; Expected type "LocalDate". Value is not a valid LocalDate: 甲',
      'Variable "$on" got an invalid value; Value is not a valid LocalDate.',
    ],
    [
      'Variable "$on" got invalid value "; Field "m1" of required type "X" was not provided." at "on[3].day"; Value is not a valid LocalDate: ; Field "m1" of required type "X" was not provided.',
      'Variable "$on" got an invalid value at "on[3].day"; Value is not a valid LocalDate.',
    ],
    [
      'Variable "$at" got invalid value "x"; DateTime cannot represent an invalid date-time-string x.',
      'Variable "$at" got an invalid value; Value is not a valid DateTime.',
    ],
    [
      'Variable "$in" got invalid value { 甲: 1 }; Field "甲" is not defined by type "Input".',
      'Variable "$in" got an invalid value; A field is not defined by its type.',
    ],
    [
      'Variable "$in" got invalid value "甲" at "in.sex"; Value "甲" does not exist in "Sex" enum. Did you mean the enum value "MALE" or "FEMALE"?',
      'Variable "$in" got an invalid value at "in.sex"; The value does not exist in "Sex" enum.',
    ],
    ['Variable "$x" got invalid value "甲"; something new: 甲', 'Variable "$x" got an invalid value.'],
    ['Syntax Error: Expected Name, found String "甲".', 'Syntax Error: Expected Name, found String.'],
    ['Syntax Error: Expected ":", found "}".', 'Syntax Error: Expected ":", found "}".'],
    ['Syntax Error: Unterminated string.', 'Syntax Error.'],
    ['Argument "id" has invalid value "甲".', 'Argument "id" has an invalid value.'],
  ])('loses what it quotes: %s', (message, plain) => {
    expect(formatError({ message, extensions: { code: 'BAD_USER_INPUT' } }).message).toBe(plain);
  });

  it('about every item of a list is placed at the list', () => {
    const error = {
      message: 'm',
      path: ['records', 'nodes', '@', 'child'],
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    };
    expect(formatError(error).path).toEqual(['records', 'nodes']);
  });
});

describe('an answer on its way out', () => {
  const stamp = { requestId: 'request-1', suggestions: false };

  it('has the request’s id in each error, and no help with names of the schema', () => {
    const errors = [
      { message: 'Cannot query "a". Did you mean "b"?', path: ['a'], extensions: { code: 'X' } },
    ];
    expect(stamped({ errors, data: null }, stamp)).toEqual({
      errors: [
        { message: 'Cannot query "a".', path: ['a'], extensions: { code: 'X', requestId: 'request-1' } },
      ],
      data: null,
    });
  });

  it('says nothing of why a child that is out of sight is null', () => {
    const answer = { data: { child: null }, extensions: { valueCompletion: [{ message: 'Child.name' }] } };
    expect(stamped(answer, stamp)).toEqual({ data: { child: null } });
  });
});
