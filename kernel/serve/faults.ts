/** Faults on the wire: which codes may leave a process, and how an error that is none of ours is covered. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

export const FAULT_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'INTERNAL_SERVER_ERROR',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'QUERY_LIMIT_EXCEEDED',
  'COST_LIMIT_EXCEEDED',
  'PERSISTED_OPERATION_REQUIRED',
  'PURPOSE_REQUIRED',
  'SUBGRAPH_UNAVAILABLE',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export const INTERNAL_MESSAGE = '服务内部错误。Internal error.';

const known: ReadonlySet<unknown> = new Set(FAULT_CODES);
export const isFaultCode = (code: unknown): code is FaultCode => known.has(code);

/** One fault as it is written in `errors`; the message is bilingual already. */
export function faultJson(
  code: FaultCode,
  message: string,
  requestId: string,
  path?: GraphQLFormattedError['path'],
): GraphQLFormattedError {
  return { message, ...(path && { path }), extensions: { code, requestId } };
}

/** The code a thrown error claims for itself, if it is one of ours; undefined for every surprise. */
export function claimedCode(error: GraphQLError): FaultCode | undefined {
  const origin = error.originalError ?? error;
  if (!(origin instanceof GraphQLError)) return undefined;
  const { code } = origin.extensions;
  if (isFaultCode(code)) return code;
  // graphql-js gives no code where a variable or an argument does not fit its type.
  const speaksOfInput = error.path === undefined || origin.message.startsWith('Argument "');
  return code === undefined && speaksOfInput ? 'BAD_USER_INPUT' : undefined;
}

/** Another process's error, cut down to what it may say: message, path, and a code if it is one of ours. */
export function trimmedFault(error: GraphQLFormattedError): GraphQLFormattedError {
  const code = error.extensions?.['code'];
  return {
    message: error.message,
    ...(error.path && { path: error.path }),
    extensions: { code: isFaultCode(code) ? code : 'INTERNAL_SERVER_ERROR' },
  };
}
