/** A subgraph's errors as the client may place them: where it asked, not where the plan did. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { placesAt, type Place, type PlanPath } from './entities.ts';
import type { Data } from './shape.ts';

export interface FetchPlace {
  readonly subgraph: string;
  readonly path: PlanPath;
  /** The whole answer so far. */
  readonly data: Data;
  /** For each entity the representation that was sent for it; undefined where the fetch is of no entities. */
  readonly of?: readonly number[];
}

/** What was said of one representation is said of every entity that was sent as it. */
export function placedFaults(errors: readonly GraphQLFormattedError[], fetch: FetchPlace): GraphQLError[] {
  let places: readonly Place[] | undefined;
  return errors.flatMap((error) => {
    const index = fetch.of && error.path?.[1];
    if (typeof index !== 'number') return faultAt(error, fetch, error.path && [...fetch.path, ...error.path]);
    places ??= placesAt(fetch.data, fetch.path);
    const rest = error.path!.slice(2);
    return fetch.of!.flatMap((sent, i) =>
      sent === index ? faultAt(error, fetch, [...places![i]!, ...rest]) : [],
    );
  });
}

function faultAt(
  { message, extensions }: GraphQLFormattedError,
  { subgraph }: FetchPlace,
  path: Place | undefined,
): GraphQLError {
  return new GraphQLError(message || `Error while fetching subquery from service "${subgraph}"`, {
    path,
    // `serviceName` tells gateway/errors.ts that a subgraph spoke.
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, serviceName: subgraph },
  });
}
