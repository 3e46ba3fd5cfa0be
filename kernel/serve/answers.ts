/** What an HTTP front answers by itself: refusals and faults, shaped as GraphQL errors are. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultJson, INTERNAL_MESSAGE, type WireCode } from './faults.ts';
import { jsonBytes } from './json-bytes.ts';
import { faultFacts, type Log } from './log.ts';

/** Answers with one GraphQL-shaped error. */
export function refuse(res: ServerResponse, status: number, code: WireCode, message: string): void {
  sendJson(res, status, { errors: [faultJson(code, message, requestIdOf(res))] });
}

export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.statusCode = status;
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.end(jsonBytes(body));
}

/** A header that came once. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The id the request came with, or was given. */
export function requestIdOf(res: ServerResponse): string {
  return String(res.getHeader('x-request-id'));
}

/** A status below 500 on the error means the caller's fault. */
export function failed(log: Log, error: unknown, res: ServerResponse): void {
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
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
