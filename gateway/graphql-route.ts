/** POST and GET /graphql: who asks, what is asked, and the answer with the request's id in every error. */
import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { Request, RequestHandler, Response } from 'express';
import { refuse, requestIdOf } from '../kernel/serve/http.ts';
import type { CallerVerifier } from './caller.ts';
import type { GatewayContext } from './context.ts';
import type { Door } from './door.ts';
import { stampErrors } from './errors.ts';
import { Refusal } from './refusal.ts';

export interface GraphqlRoute {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly callers: CallerVerifier;
  readonly door: Door;
}

/** Not Apollo's own integration, because that cannot tell an error the id of its request. */
export function graphqlRoute({ apollo, callers, door }: GraphqlRoute): RequestHandler {
  return async (req, res) => {
    const requestId = requestIdOf(res);
    try {
      const viewer = await callers(req.get('authorization'));
      door(queryIn(req), viewer);
      await answer(apollo, req, res, viewer ? { viewer, requestId } : { requestId });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 401) res.setHeader('www-authenticate', 'Bearer');
      refuse(res, error.status, error.code, error.message);
    }
  };
}

async function answer(
  apollo: ApolloServer<GatewayContext>,
  req: Request,
  res: Response,
  context: GatewayContext,
): Promise<void> {
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: req.method,
      headers: headersOf(req),
      search: searchOf(req.url),
      body: req.body as unknown,
    },
    context: () => Promise.resolve(context),
  });
  for (const [name, value] of headers) res.setHeader(name, value);
  // The page and the API never share a cache entry.
  res.setHeader('cache-control', 'no-store');
  res.statusCode = status ?? 200;
  if (body.kind !== 'complete') throw new Error('An answer in parts, which nobody can have asked for.');
  res.end(stampErrors(body.string, context.requestId));
}

/** A request target may be any text, so it is not read as an address. */
function searchOf(target: string): string {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark);
}

function queryIn(req: Request): string | undefined {
  const source: unknown = req.method === 'GET' ? req.query : req.body;
  if (typeof source !== 'object' || source === null || !('query' in source)) return undefined;
  return typeof source.query === 'string' ? source.query : undefined;
}

function headersOf(req: Request): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
