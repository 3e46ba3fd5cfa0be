/**
 * What was asked as Apollo Server answers it: past its reading of HTTP where there is nothing in it to decide, and past
 * Apollo Server where it has let the same operation in before.
 */
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { Apollo } from './apollo.ts';
import type { Asked } from './asked.ts';
import type { GatewayContext } from './context.ts';
import type { Answer } from './errors.ts';
import { plainRequest, type PlainRequest } from './plain-request.ts';

export interface Result {
  readonly status?: number | undefined;
  readonly headers: Iterable<readonly [string, string]>;
  readonly result: Answer;
}

export async function executed(
  { server, again }: Apollo,
  asked: Asked,
  context: GatewayContext,
): Promise<Result> {
  const plain = plainRequest(asked);
  if (!plain) return asHttp(server, asked, context);
  const answered = await again.answer(plain, context);
  if (!answered) return direct(server, plain, context);
  return { status: answered.status, headers: JSON_ALONE, result: answered.answer };
}

const JSON_ALONE = [['content-type', 'application/json; charset=utf-8']] as const;

/** Nothing is accepted in parts, or Apollo Server weighs for each request in which parts an answer might be sent. */
const IN_ONE_PIECE: HTTPGraphQLRequest = {
  method: 'POST',
  headers: new HeaderMap([['accept', '']]),
  search: '',
  body: undefined,
};

async function direct(
  server: Apollo['server'],
  request: PlainRequest,
  contextValue: GatewayContext,
): Promise<Result> {
  const { body, http } = await server.executeOperation({ ...request, http: IN_ONE_PIECE }, { contextValue });
  if (body.kind !== 'single') throw inParts();
  const headers = [...http.headers, ...JSON_ALONE];
  return { status: http.status, headers, result: body.singleResult };
}

async function asHttp(server: Apollo['server'], asked: Asked, context: GatewayContext): Promise<Result> {
  const { body, ...http } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: asked.method,
      headers: headersOf(asked.headers),
      search: asked.search,
      body: asked.body,
    },
    context: () => Promise.resolve(context),
  });
  if (body.kind !== 'complete') throw inParts();
  // Not a text: see stringifyResult in apollo.ts.
  return { ...http, result: body.string as unknown as Answer };
}

const inParts = () => new Error('An answer in parts, which nobody can have asked for.');

function headersOf(given: Asked['headers']): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
