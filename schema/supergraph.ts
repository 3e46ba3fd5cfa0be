/** Subgraph schemas in; supergraph and API schema out. The same input always prints the same text. */
import { composeServices } from '@apollo/composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';

export interface SubgraphSdl {
  readonly name: string;
  readonly sdl: string;
}

export interface Composed {
  readonly supergraphSdl: string;
  /** What a client sees: no keys, no inaccessible fields. */
  readonly apiSdl: string;
}

/** The subgraphs do not fit together; the message lists every error or hint, one a line. */
export class CompositionFailed extends Error {}

/**
 * Hints that are no fault here. A stub of a neighbour's type may say less about it than its owner does.
 */
const ALLOWED_HINTS: ReadonlySet<string> = new Set(['INCONSISTENT_DESCRIPTION']);

/** Addresses in the supergraph are the default ports; our gateway takes its own from the configuration. */
const DEFAULT_URLS: Readonly<Record<string, string>> = {
  children: 'http://127.0.0.1:4001/graphql',
  institutions: 'http://127.0.0.1:4002/graphql',
  records: 'http://127.0.0.1:4003/graphql',
  'primary-link': 'http://127.0.0.1:4004/graphql',
};

/** Composes, or throws CompositionFailed. */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): Composed {
  const result = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: DEFAULT_URLS[name] ?? '', typeDefs: parse(sdl) })),
  );
  if (result.errors) {
    throw new CompositionFailed(result.errors.map(({ message }) => message).join('\n'));
  }
  const hints = result.hints.filter(({ definition }) => !ALLOWED_HINTS.has(definition.code));
  if (hints.length > 0) throw new CompositionFailed(hints.map((hint) => hint.toString()).join('\n'));
  const api = lexicographicSortSchema(result.schema.toAPISchema().toGraphQLJSSchema());
  return { supergraphSdl: ended(result.supergraphSdl), apiSdl: ended(printSchema(api)) };
}

const ended = (text: string) => `${text.trimEnd()}\n`;
