/**
 * The HTTP front all five processes share: request ids, headers, health, body limits, a calm end.
 * Whatever a caller gets wrong is answered with 4xx, a code and the request's id, as GraphQL errors are.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import { faultJson, INTERNAL_MESSAGE, type WireCode } from './faults.ts';
import { faultFacts, type Log } from './log.ts';

export interface HttpOptions {
  readonly log: Log;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly graceMs: number;
  /** Resolves when the process can answer; behind /readyz. */
  ready(): Promise<unknown>;
  /** Adds the process's own routes. */
  mount(app: Express): void;
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
/** More are closed at once: each holds up to a body in memory. */
const MAX_CONNECTIONS = 2_000;

const REQUEST_ID = /^[\w-]{8,64}$/;
/** Somebody's phone, document or record number is no name for a request: it would be written into every log. */
const PERSONAL_NUMBER = /\d{11}/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const isRequestId = (text: string) =>
  UUID.test(text) || (REQUEST_ID.test(text) && !PERSONAL_NUMBER.test(text));

export async function createHttp(options: HttpOptions): Promise<RunningHttp> {
  const state = { draining: false };
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(common(state));
  app.get('/healthz', (_, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', readiness(options, state));
  options.mount(app);
  app.use((_, res) => refuse(res, 404, 'NOT_FOUND', '没有这个地址。There is nothing at this address.'));
  app.use(lastResort(options.log));
  const server = createServer(TIMES, app);
  server.maxConnections = MAX_CONNECTIONS;
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    stop: () => {
      state.draining = true;
      return closed(server, options.graceMs);
    },
  };
}

/** Reads a JSON body up to `limit` bytes. Larger is 413, unreadable 400, another content type 415. */
export function jsonBody(limit: number): RequestHandler[] {
  return [
    (req, res, next) => {
      if (req.is('application/json')) next();
      else refuse(res, 415, 'BAD_REQUEST', '正文应为 application/json。The body must be application/json.');
    },
    express.json({ limit, strict: false }),
  ];
}

/** Answers with one GraphQL-shaped error. */
export function refuse(res: Response, status: number, code: WireCode, message: string): void {
  res.status(status).json({ errors: [faultJson(code, message, requestIdOf(res))] });
}

/** The id the request came with, or was given. */
export function requestIdOf(res: Response): string {
  return String(res.getHeader('x-request-id'));
}

function common(state: { draining: boolean }): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id');
    res.setHeader('x-request-id', given && isRequestId(given) ? given : randomUUID());
    res.setHeader('cache-control', 'no-store');
    res.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader('x-frame-options', 'DENY');
    res.setHeader('referrer-policy', 'no-referrer');
    res.setHeader('cross-origin-resource-policy', 'same-origin');
    if (state.draining) res.setHeader('connection', 'close');
    next();
  };
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

/** What body parser, router and routes throw. A status below 500 on the error means the caller's fault. */
function lastResort(log: Log): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const status = statusOf(error);
    if (status === 413) {
      const limit = (error as { limit?: number }).limit ?? 0;
      return refuse(
        res,
        413,
        'QUERY_LIMIT_EXCEEDED',
        `请求最大 ${limit} 字节。A request may have ${limit} bytes.`,
      );
    }
    if (status < 500) {
      return refuse(
        res,
        status,
        'BAD_REQUEST',
        '请求无法读取，应为有效的 JSON。The request cannot be read, valid JSON is expected.',
      );
    }
    log.error({ requestId: requestIdOf(res), ...faultFacts(error) }, 'request failed');
    refuse(res, 500, 'INTERNAL_SERVER_ERROR', INTERNAL_MESSAGE);
  };
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}

function listening(server: Server, { host, port }: HttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
