/**
 * A request as clients send nearly all of them: POST, a text with or without variables and a name, and JSON wanted back.
 * There is nothing in it for Apollo Server's reading of HTTP to decide, which costs a tenth of a small query.
 */
import type { GraphQLRequest } from '@apollo/server';
import { isRecord } from '../kernel/serve/plain-json.ts';
import type { Asked } from './asked.ts';

export type PlainRequest = Pick<GraphQLRequest, 'variables' | 'operationName'> & { readonly query: string };

const KNOWN = new Set(['query', 'variables', 'operationName']);
const WANTED = new Set([undefined, '*/*', 'application/json']);

/** Undefined where anything is otherwise than that: Apollo Server reads it then, and has the words for what is wrong with it. */
export function plainRequest({ method, headers, body }: Asked): PlainRequest | undefined {
  if (method !== 'POST' || !WANTED.has(headers.accept) || !isRecord(body)) return undefined;
  const { query, variables = null, operationName = null } = body;
  const fits =
    typeof query === 'string' &&
    query !== '' &&
    (variables === null || isRecord(variables)) &&
    (operationName === null || typeof operationName === 'string') &&
    Object.keys(body).every((name) => KNOWN.has(name));
  if (!fits) return undefined;
  return {
    query,
    ...(variables !== null && { variables }),
    ...(operationName !== null && { operationName }),
  };
}
