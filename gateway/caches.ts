/**
 * What Apollo keeps between requests, in bounds of our own: its defaults are 30 MiB of JSON each, which in
 * memory is several times as much. What only asks of the schema is not kept, since anybody may ask that.
 */
import type { DocumentNode } from 'graphql';
import { LONGEST_KEPT_TEXT, Lru, type LruBounds } from '../kernel/serve/lru.ts';
import { isIntrospection } from './introspection.ts';

/** Keeps what Apollo hands it; `weigh` says undefined of what is not to be kept. Fits KeyValueCache. */
export class Store<V extends object> {
  private lru: Lru<V>;

  constructor(
    private readonly bounds: LruBounds,
    private readonly weigh: (value: V) => number | undefined,
  ) {
    this.lru = new Lru(bounds);
  }

  get(key: string): Promise<V | undefined> {
    return Promise.resolve(this.lru.get(key));
  }

  set(key: string, value: V): Promise<void> {
    const weight = this.weigh(value);
    if (weight !== undefined) this.lru.set(key, value, weight);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.lru.delete(key));
  }

  clear(): void {
    this.lru = new Lru(this.bounds);
  }

  get weight(): number {
    return this.lru.weight;
  }
}

/** Characters of text; a document with its places is some hundred times as large in memory. Apollo Server keeps so many, and again.ts. */
export const DOCUMENT_BOUNDS: LruBounds = { entries: 1_000, weight: 256 * 1024 };
/** Characters of JSON. */
export const PLAN_BOUNDS: LruBounds = { entries: 1_000, weight: 8 * 1024 * 1024 };

export const documentStore = () => new Store<DocumentNode>(DOCUMENT_BOUNDS, lengthKept);

/** Characters of the text of a document that is kept; undefined of one that is not. */
export function lengthKept(document: DocumentNode): number | undefined {
  const length = document.loc?.source.body.length ?? Infinity;
  return length > LONGEST_KEPT_TEXT || isIntrospection(document) ? undefined : length;
}

/** A plan without a node asks no subgraph. */
export const planStore = <Plan extends { readonly node?: unknown }>() =>
  new Store<Plan>(PLAN_BOUNDS, (plan) => (plan.node ? JSON.stringify(plan).length : undefined));
