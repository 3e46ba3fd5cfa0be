import { GraphQLError } from 'graphql';
import type { Area } from '../rules/viewer.ts';

/** Codes a client may meet in `errors[].extensions.code`, beside Apollo's own (design section 3). */
export const FAULT_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'QUERY_LIMIT_EXCEEDED',
  'COST_LIMIT_EXCEEDED',
  'PERSISTED_OPERATION_REQUIRED',
  'PURPOSE_REQUIRED',
  'SUBGRAPH_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** A fault is thrown; what a clerk can mend is a UserError instead. Messages say what was expected and what came. */
export function fault(code: FaultCode, zh: string, en: string): GraphQLError {
  return new GraphQLError(`${zh} ${en}`, { extensions: { code } });
}

export function forbidden(expected: string, came: string): GraphQLError {
  return fault(
    'FORBIDDEN',
    `无权访问：需要 ${expected}，您是 ${came}。`,
    `Not allowed: ${expected} was expected, you are ${came}.`,
  );
}

/** The role may do it, but this account was not given the right. */
export function withoutRight(act: string): GraphQLError {
  return fault(
    'FORBIDDEN',
    `此账号未获授权：${act}，由上一级授权。`,
    `This account was not given the right to ${act}; the level above gives it.`,
  );
}

/** Asking beyond one's area is refused, never silently narrowed. */
export function outsideArea({ level, code }: Area): GraphQLError {
  return fault(
    'FORBIDDEN',
    `超出管辖范围：您管辖 ${level} ${code}。`,
    `Beyond your area: you act for ${level} ${code}.`,
  );
}
