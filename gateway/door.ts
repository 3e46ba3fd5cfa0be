/** What every operation passes before it is planned: somebody must be asking, and it must not be too large. */
import { GraphQLError, parse } from 'graphql';
import { TextCache, type LruBounds } from '../kernel/serve/lru.ts';
import type { Viewer } from '../kernel/rules/viewer.ts';
import type { Allowance } from './allowances.ts';
import { borrowsName, introspects, isIntrospection } from './introspection.ts';
import { LIMITS, MAX_TOKENS, overLimit, tooMuch } from './limits.ts';
import { Refusal } from './refusal.ts';

/** What is known of an operation's text before validation. */
export interface Verdict {
  readonly refusal?: Refusal | undefined;
  readonly introspectionOnly: boolean;
  /** Does it ask of the schema, anywhere? */
  readonly introspects?: boolean;
}

/** Throws Refusal for an operation that may not go on. */
export type Door = (
  query: string | undefined,
  viewer: Viewer | undefined,
  allowance?: Pick<Allowance, 'introspection'>,
) => void;

const { nesting } = LIMITS;
/** A name cannot be written otherwise, so that most texts need not be gone through. */
const ALIAS = /__\w+[\s,\ufeff]*(?:#|:)/;
const ASKS_OF_SCHEMA = /__(?:schema|type)\b/;
const KEPT: LruBounds = { entries: 1_000, weight: 1024 * 1024 };

/** Characters of a text that is read for somebody without a token; the usual introspection queries have 2,000. */
export const OPEN_TEXT_MAX = 8 * 1024;

/**
 * `openIntrospection`: introspection, and nothing else, is answered to nobody in particular. Where it is
 * closed no text is parsed without a viewer, and nowhere is anything kept of it.
 */
export function createDoor({
  openIntrospection,
  verdicts = new TextCache(KEPT),
}: {
  openIntrospection: boolean;
  verdicts?: TextCache<Verdict>;
}): Door {
  return (query, viewer, allowance) => {
    if (!viewer) return closedExceptFor(openIntrospection ? query : undefined);
    if (query === undefined) return;
    const { refusal, introspects } = verdicts.recall(query, () => verdictOn(query));
    if (refusal) throw refusal;
    if (introspects && allowance && !allowance.introspection) throw noIntrospection();
  };
}

function closedExceptFor(introspection: string | undefined): void {
  if (introspection === undefined || introspection.length > OPEN_TEXT_MAX) throw noToken();
  const verdict = verdictOn(introspection);
  if (!verdict.introspectionOnly) throw noToken();
  if (verdict.refusal) throw verdict.refusal;
}

function noToken(): Refusal {
  return new Refusal(
    401,
    'UNAUTHENTICATED',
    '请求缺少令牌，应有 Authorization: Bearer。A token is expected: Authorization: Bearer.',
  );
}

function reserved(): Refusal {
  return new Refusal(
    400,
    'GRAPHQL_VALIDATION_FAILED',
    '别名不得以 __ 开头，该前缀保留给内省。An alias must not begin with __, which belongs to introspection.',
  );
}

function noIntrospection(): Refusal {
  return new Refusal(
    400,
    'GRAPHQL_VALIDATION_FAILED',
    '您无权查询架构（__schema、__type）。You may not ask of the schema (__schema, __type).',
  );
}

function verdictOn(query: string): Verdict {
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
    return {
      refusal: overLimit(document) ?? (ALIAS.test(query) && borrowsName(document) ? reserved() : undefined),
      introspectionOnly: isIntrospection(document),
      introspects: ASKS_OF_SCHEMA.test(query) && introspects(document),
    };
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
