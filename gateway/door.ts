/** What every operation passes before it is planned: somebody must be asking, and it must not be too large. */
import { GraphQLError, Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';
import { Lru } from '../kernel/serve/lru.ts';
import type { Viewer } from '../kernel/rules/viewer.ts';
import { LIMITS, MAX_TOKENS, overLimit, tooMuch } from './limits.ts';
import { Refusal } from './refusal.ts';

/** What is known of an operation's text before validation. */
interface Verdict {
  readonly refusal?: Refusal | undefined;
  readonly introspectionOnly: boolean;
}

/** Throws Refusal for an operation that may not go on. */
export type Door = (query: string | undefined, viewer: Viewer | undefined) => void;

const { nesting } = LIMITS;
const KEPT_VERDICTS = 1_000;
const META_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type', '__typename']);

/** `openIntrospection`: introspection, and nothing else, is answered to nobody in particular. */
export function createDoor({ openIntrospection }: { openIntrospection: boolean }): Door {
  const verdicts = new Lru<string, Verdict>(KEPT_VERDICTS);
  return (query, viewer) => {
    const verdict =
      query === undefined ? undefined : (verdicts.get(query) ?? verdicts.set(query, verdictOn(query)));
    if (!viewer && !(openIntrospection && verdict?.introspectionOnly)) throw noToken();
    if (verdict?.refusal) throw verdict.refusal;
  };
}

function noToken(): Refusal {
  return new Refusal(
    401,
    'UNAUTHENTICATED',
    '请求缺少令牌，应有 Authorization: Bearer。A token is expected: Authorization: Bearer.',
  );
}

function verdictOn(query: string): Verdict {
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
    return { refusal: overLimit(document), introspectionOnly: isIntrospection(document) };
  } catch (error) {
    return { refusal: refusalOf(error), introspectionOnly: false };
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  // The parser descends once for each bracket, and what overflows it would overflow Apollo's as well.
  if (error instanceof RangeError) return tooMuch(nesting.most, '1000+', nesting.zh, nesting.en);
  if (!(error instanceof GraphQLError)) throw error;
  if (error.message.includes('Parsing aborted'))
    return tooMuch(MAX_TOKENS, `> ${MAX_TOKENS}`, '词元', 'tokens');
  // Apollo Server parses again and says what is wrong with the text.
  return undefined;
}

/** Fragments are not followed: what cannot be seen at once is not open to everybody. */
function isIntrospection(document: DocumentNode): boolean {
  return document.definitions.every(
    (node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ||
      (node.kind === Kind.OPERATION_DEFINITION && isMeta(node.selectionSet)),
  );
}

function isMeta(set: SelectionSetNode): boolean {
  return set.selections.every((node) => node.kind === Kind.FIELD && META_FIELDS.has(node.name.value));
}
