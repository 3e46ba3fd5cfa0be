/**
 * The HTTP front all five processes share: request ids, headers, health, body limits, a calm end.
 * Whatever a caller gets wrong is answered with 4xx, a code and the request's id, as GraphQL errors are.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { failed, refuse } from './answers.ts';
import { closeBeyond, closed } from './connections.ts';
import { isPlainJson, readPlainJson } from './plain-json.ts';
import { faultFacts, type Log } from './log.ts';

export interface HttpOptions {
  readonly log: Log;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly graceMs: number;
  /**
   * How long it still takes requests when it is to stop, each the last of its connection: a client may just be sending one over
   * a connection that lies idle here. Not at all where left out.
   */
  readonly lingerMs?: number;
  /** How many connections there may be at once; see closeBeyond. */
  readonly connections?: number;
  /** Resolves when the process can answer; behind /readyz. */
  ready(): Promise<unknown>;
  /** Adds the process's own routes. */
  mount(app: Express): void;
  /** Asked by other processes alone, to which nothing need be said that is for browsers. */
  readonly internal?: boolean;
  /** POST /graphql, which is nearly every request there is. */
  readonly graphql?: GraphqlEndpoint;
}

export interface GraphqlEndpoint {
  /** Bytes of a body. */
  readonly limit: number;
  /** Asked before the body is read; answers itself where it says false. */
  readonly before?: (req: JsonRequest, res: ServerResponse) => boolean | Promise<boolean>;
  readonly answer: (req: JsonRequest, res: ServerResponse) => Promise<void>;
}

/** With a body where one was read. */
export interface JsonRequest extends IncomingMessage {
  body?: unknown;
}

export interface RunningHttp {
  /** Without a trailing slash. */
  readonly url: string;
  /** Stops taking requests, waits for open ones up to the grace, then closes. */
  stop(): Promise<void>;
}

/** Node looks every 30 s unless told otherwise, so that a slow sender would have three times what it may. */
const TIMES = {
  requestTimeout: 60_000,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  // Longer than a proxy or a client keeps a connection it does not use, or it is closed while it is being used again.
  keepAliveTimeout: 75_000,
};

const REQUEST_ID = /^[\w-]{8,64}$/;
/** Somebody's phone, document or record number is no name for a request: it would be written into every log. */
const PERSONAL_NUMBER = /\d{11}/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const isRequestId = (text: string) =>
  UUID.test(text) || (REQUEST_ID.test(text) && !PERSONAL_NUMBER.test(text));

export async function createHttp(options: HttpOptions): Promise<RunningHttp> {
  const state = { draining: false };
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.get('/healthz', (_, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', readiness(options, state));
  const { graphql } = options;
  if (graphql) app.post('/graphql', ...throughRouter(graphql));
  options.mount(app);
  app.use((_, res) => refuse(res, 404, 'NOT_FOUND', '没有这个地址。There is nothing at this address.'));
  app.use(lastResort(options.log));
  const direct = graphql && pastRouter(graphql, options.log);
  const server = createServer(TIMES, (req, res) => {
    common(req, res, state);
    if (!options.internal) forBrowsers(res);
    if (direct && req.method === 'POST' && req.url === '/graphql' && isPlainJson(req, graphql.limit))
      void direct(req, res);
    else app(req, res);
  });
  closeBeyond(server, options.connections);
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    stop: () => {
      state.draining = true;
      return closed(server, options);
    },
  };
}

/** As clients send it: past the router and the body parser, which together cost as much as answering a small query. */
function pastRouter({ before, answer }: GraphqlEndpoint, log: Log) {
  return async (req: JsonRequest, res: ServerResponse): Promise<void> => {
    try {
      if (before && !(await before(req, res))) return;
      req.body = await readPlainJson(req);
      await answer(req, res);
    } catch (error) {
      if (!res.headersSent) failed(log, error, res);
      else res.destroy();
    }
  };
}

/** However else one may send it: compressed, in pieces, in another character set. */
function throughRouter({ limit, before, answer }: GraphqlEndpoint): RequestHandler[] {
  return [
    async (req, res, next) => {
      if (!before || (await before(req, res))) next();
    },
    (req, res, next) => {
      if (req.is('application/json')) next();
      else refuse(res, 415, 'BAD_REQUEST', '正文应为 application/json。The body must be application/json.');
    },
    express.json({ limit, strict: false }),
    answer,
  ];
}

function common(req: IncomingMessage, res: ServerResponse, state: { draining: boolean }): void {
  const given = req.headers['x-request-id'];
  res.setHeader('x-request-id', typeof given === 'string' && isRequestId(given) ? given : randomUUID());
  res.setHeader('cache-control', 'no-store');
  if (state.draining) res.setHeader('connection', 'close');
}

function forBrowsers(res: ServerResponse): void {
  res.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('x-frame-options', 'DENY');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('cross-origin-resource-policy', 'same-origin');
}

function readiness(options: HttpOptions, state: { draining: boolean }): RequestHandler {
  return async (_, res) => {
    try {
      if (!state.draining) await options.ready();
    } catch (error) {
      options.log.warn(faultFacts(error), 'not ready');
      res.status(503).json({ status: 'not ready' });
      return;
    }
    res.status(state.draining ? 503 : 200).json({ status: state.draining ? 'draining' : 'ready' });
  };
}

/** What body parser, router and routes throw. */
function lastResort(log: Log): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) next(error);
    else failed(log, error, res);
  };
}

function listening(server: Server, { host, port }: HttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}
