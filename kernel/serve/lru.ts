/**
 * Bounded maps that forget what was asked for longest ago. Bounded by number and by weight, because a
 * thousand entries of a caller's making are as large as that caller likes.
 */
import { LRUCache } from 'lru-cache';

export interface LruBounds {
  readonly entries: number;
  /** The sum of what the entries weigh, in a unit of the owner's choice. */
  readonly weight: number;
}

export class Lru<V extends object> {
  private readonly kept: LRUCache<string, V>;

  constructor({ entries, weight }: LruBounds) {
    // The library makes room for all entries at once; where each weighs something, their weight bounds them alone.
    this.kept = new LRUCache({ max: entries < weight ? entries : 0, maxSize: weight });
  }

  get(key: string): V | undefined {
    return this.kept.get(key);
  }

  /** Keeps nothing that alone is heavier than everything may be. */
  set(key: string, value: V, weight = 1): void {
    // The library takes no weight of nothing.
    this.kept.set(key, value, { size: Math.max(1, weight) });
  }

  delete(key: string): boolean {
    return this.kept.delete(key);
  }

  get size(): number {
    return this.kept.size;
  }

  get weight(): number {
    return this.kept.calculatedSize;
  }
}

/** No program writes operations this long by hand or by machine; whoever does waits for the parser. */
export const LONGEST_KEPT_TEXT = 16 * 1024;

/** What is known of a text, weighed by its length. */
export class TextCache<V extends object> {
  private readonly lru: Lru<V>;

  constructor(bounds: LruBounds) {
    this.lru = new Lru(bounds);
  }

  recall(text: string, make: () => V): V {
    if (text.length > LONGEST_KEPT_TEXT) return make();
    const known = this.lru.get(text);
    if (known) return known;
    const made = make();
    this.lru.set(text, made, text.length);
    return made;
  }

  get size(): number {
    return this.lru.size;
  }

  /** Characters of text that what is kept was made of. */
  get weight(): number {
    return this.lru.weight;
  }
}
