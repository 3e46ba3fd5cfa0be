/**
 * What a client may read of an error, rebuilt from nothing: message, place, code, and the request's id.
 * A subgraph's address, its answer's body and a stack trace are never copied, so they cannot leak.
 */
import type { GraphQLFormattedError } from 'graphql';
import { INTERNAL_MESSAGE, isWireCode } from '../kernel/serve/faults.ts';
import { withoutValues } from './quotations.ts';

/** Apollo's answer to a hash without a text; clients know it by this name and send the text. */
const PERSISTED_QUERY_NOT_SUPPORTED = 'PERSISTED_QUERY_NOT_SUPPORTED';

/** Apollo Server's formatError; the request's id is put in by the HTTP front, which knows it. */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = publicCode(formatted.extensions ?? {});
  const path = formatted.path && withoutListMarks(formatted.path);
  return {
    message: code === 'INTERNAL_SERVER_ERROR' ? INTERNAL_MESSAGE : withoutValues(formatted.message),
    ...(formatted.locations && { locations: formatted.locations }),
    ...(path && { path }),
    extensions: { code },
  };
}

export interface Stamp {
  readonly requestId: string;
  /** May the caller be helped by names of the schema? */
  readonly suggestions: boolean;
}

export interface Answer {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: unknown;
}

/**
 * The answer with the request's id in each of its errors, and nothing beside: of a child that somebody may not see any more
 * Apollo would explain in `extensions` that its name cannot be null.
 */
export function stamped({ errors, data }: Answer, { requestId, suggestions }: Stamp): Answer {
  const marked = errors?.map(({ message, extensions, ...place }) => ({
    message: suggestions ? message : message.replace(SUGGESTION, ''),
    ...place,
    extensions: { ...extensions, requestId },
  }));
  return { errors: marked, data };
}

/** Names that are like the one that is not there: the schema could be guessed out of them. */
const SUGGESTION = / ?Did you mean .*\?$/s;

function publicCode({ code, serviceName }: Readonly<Record<string, unknown>>): string {
  if (code === PERSISTED_QUERY_NOT_SUPPORTED) return code;
  if (!isWireCode(code)) return 'INTERNAL_SERVER_ERROR';
  // The gateway wrote what the subgraph could not read: that is not the caller's mistake.
  const fromSubgraph = serviceName !== undefined && code.startsWith('GRAPHQL_');
  return fromSubgraph ? 'INTERNAL_SERVER_ERROR' : code;
}

/** The planner writes '@' for "every item of this list"; a client knows no such place. */
function withoutListMarks(path: readonly (string | number)[]): readonly (string | number)[] {
  const mark = path.indexOf('@');
  return mark < 0 ? path : path.slice(0, mark);
}
