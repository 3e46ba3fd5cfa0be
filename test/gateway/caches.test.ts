import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DOCUMENT_BOUNDS, documentStore, PLAN_BOUNDS, planStore } from '../../gateway/caches.ts';
import { createDoor, OPEN_TEXT_MAX, type Verdict } from '../../gateway/door.ts';
import { LONGEST_KEPT_TEXT, Lru, TextCache } from '../../kernel/serve/lru.ts';
import { CLERK } from './fixture.ts';

const UNIQUE = 500;
const texts = Array.from({ length: UNIQUE }, (_, i) => `{ child(id: "${i}") { ${'id '.repeat(1_000)} } }`);

describe('what is kept', () => {
  it('is forgotten when it was asked for longest ago', () => {
    const lru = new Lru<object>({ entries: 2, weight: 100 });
    lru.set('a', {});
    lru.set('b', {});
    lru.get('a');
    lru.set('c', {});
    expect([lru.get('a') !== undefined, lru.get('b'), lru.size]).toEqual([true, undefined, 2]);
  });

  it('never weighs more than it may, and is weighed anew when it is set again', () => {
    const lru = new Lru<object>({ entries: 10, weight: 10 });
    lru.set('a', {}, 4);
    lru.set('b', {}, 6);
    expect([lru.size, lru.weight]).toEqual([2, 10]);
    lru.set('b', {}, 7);
    expect([lru.get('a'), lru.size, lru.weight]).toEqual([undefined, 1, 7]);
    lru.set('c', {}, 11);
    expect([lru.get('c'), lru.size, lru.weight]).toEqual([undefined, 1, 7]);
  });

  it('of a text is made once, but anew each time for a text too long to keep', () => {
    const cache = new TextCache<object>({ entries: 10, weight: 1_000_000 });
    const longest = 'x'.repeat(LONGEST_KEPT_TEXT);
    expect(cache.recall(longest, () => ({}))).toBe(cache.recall(longest, () => ({})));
    expect(cache.recall(`${longest}x`, () => ({}))).not.toBe(cache.recall(`${longest}x`, () => ({})));
    expect([cache.size, cache.weight]).toEqual([1, LONGEST_KEPT_TEXT]);
  });

  it('of documents and plans stays within bounds under a flood of unique texts', async () => {
    const documents = documentStore();
    const plans = planStore<{ node: { operation: string } }>();
    for (const text of texts) {
      await documents.set(text, parse(text));
      await plans.set(text, { node: { operation: text.repeat(50) } });
    }
    expect(documents.weight).toBeGreaterThan(DOCUMENT_BOUNDS.weight - texts[0]!.length - 2);
    expect(documents.weight).toBeLessThanOrEqual(DOCUMENT_BOUNDS.weight);
    expect(plans.weight).toBeLessThanOrEqual(PLAN_BOUNDS.weight);
    expect(await documents.get(texts.at(-1)!)).toBeDefined();
    expect(await documents.get(texts[0]!)).toBeUndefined();
  });

  it('is nothing of what anybody may ask', async () => {
    const documents = documentStore();
    await documents.set('introspection', parse(getIntrospectionQuery()));
    const plans = planStore<{ node?: object }>();
    await plans.set('introspection', {});
    expect([documents.weight, plans.weight]).toEqual([0, 0]);
  });
});

describe('the door', () => {
  const verdicts = () => new TextCache<Verdict>({ entries: 100, weight: 100_000 });
  const refusalOf = (act: () => void) => {
    try {
      act();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return undefined;
  };

  it('keeps nothing of a caller without a token, and little of one with', () => {
    const kept = verdicts();
    const door = createDoor({ openIntrospection: true, verdicts: kept });
    for (const text of texts) expect(refusalOf(() => door(text, undefined))).toBe('UNAUTHENTICATED');
    door(getIntrospectionQuery(), undefined);
    expect([kept.size, kept.weight]).toEqual([0, 0]);
    for (const text of texts) refusalOf(() => door(text, CLERK));
    expect(kept.weight).toBeGreaterThan(0);
    expect(kept.weight).toBeLessThanOrEqual(100_000);
  });

  it('reads texts of nobody in particular up to a length, and none where introspection is closed', () => {
    const meta = '{ __typename }';
    const open = createDoor({ openIntrospection: true });
    expect(refusalOf(() => open(meta.padEnd(OPEN_TEXT_MAX), undefined))).toBeUndefined();
    expect(refusalOf(() => open(meta.padEnd(OPEN_TEXT_MAX + 1), undefined))).toBe('UNAUTHENTICATED');
    const closed = createDoor({ openIntrospection: false });
    expect(refusalOf(() => closed('{ '.repeat(100), undefined))).toBe('UNAUTHENTICATED');
    expect(refusalOf(() => closed(meta, undefined))).toBe('UNAUTHENTICATED');
  });

  it('passes the introspection queries of the usual tools', () => {
    const query = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect(query.length).toBeLessThan(OPEN_TEXT_MAX);
    createDoor({ openIntrospection: true })(query, undefined);
  });
});
