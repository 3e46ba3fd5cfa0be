/** Faults on the wire: which codes may leave a process, and how an error that is none of ours is covered. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { FAULT_CODES } from '../graph/faults.ts';
import { Conflict } from '../store/errors.ts';

/** The graph's own codes, and those Apollo's clients know for a request that was never executed. */
export const WIRE_CODES = [
  ...FAULT_CODES,
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
] as const;
export type WireCode = (typeof WIRE_CODES)[number];

export const INTERNAL_MESSAGE = '服务内部错误。Internal error.';

const known: ReadonlySet<unknown> = new Set(WIRE_CODES);
export const isWireCode = (code: unknown): code is WireCode => known.has(code);

/** One fault as it is written in `errors`; the message is bilingual already. */
export function faultJson(
  code: WireCode,
  message: string,
  requestId: string,
  path?: GraphQLFormattedError['path'],
): GraphQLFormattedError {
  return { message, ...(path && { path }), extensions: { code, requestId } };
}

/** The code a thrown error claims for itself, if it is one of ours; undefined for every surprise. */
export function claimedCode(error: GraphQLError): WireCode | undefined {
  const origin = error.originalError ?? error;
  if (origin instanceof Conflict) return 'CONFLICT';
  if (!(origin instanceof GraphQLError)) return undefined;
  const { code } = origin.extensions;
  if (isWireCode(code)) return code;
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
    extensions: { code: isWireCode(code) ? code : 'INTERNAL_SERVER_ERROR' },
  };
}
