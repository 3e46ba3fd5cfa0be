/**
 * Bounded maps that forget what was asked for longest ago. Bounded by number and by weight, because a
 * thousand entries of a caller's making are as large as that caller likes.
 */
import { hash } from 'node:crypto';

export interface LruBounds {
  readonly entries: number;
  /** The sum of what the entries weigh, in a unit of the owner's choice. */
  readonly weight: number;
}

interface Kept<V> {
  readonly value: V;
  readonly weight: number;
}

export class Lru<V extends object> {
  private readonly kept = new Map<string, Kept<V>>();
  private total = 0;

  constructor(private readonly bounds: LruBounds) {}

  get(key: string): V | undefined {
    const found = this.kept.get(key);
    if (found === undefined) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }

  /** Keeps nothing that alone is heavier than everything may be. */
  set(key: string, value: V, weight = 1): void {
    this.delete(key);
    if (weight > this.bounds.weight) return;
    this.kept.set(key, { value, weight });
    this.total += weight;
    for (const oldest of this.kept.keys()) {
      if (this.size <= this.bounds.entries && this.total <= this.bounds.weight) break;
      this.delete(oldest);
    }
  }

  delete(key: string): boolean {
    this.total -= this.kept.get(key)?.weight ?? 0;
    return this.kept.delete(key);
  }

  get size(): number {
    return this.kept.size;
  }

  get weight(): number {
    return this.total;
  }
}

/** No program writes operations this long by hand or by machine; whoever does waits for the parser. */
export const LONGEST_KEPT_TEXT = 16 * 1024;

/** What is known of a text, kept under its SHA-256 and weighed by its length, so that no text is kept itself. */
export class TextCache<V extends object> {
  private readonly lru: Lru<V>;

  constructor(bounds: LruBounds) {
    this.lru = new Lru(bounds);
  }

  recall(text: string, make: () => V): V {
    if (text.length > LONGEST_KEPT_TEXT) return make();
    const key = hash('sha256', text, 'base64');
    const known = this.lru.get(key);
    if (known) return known;
    const made = make();
    this.lru.set(key, made, text.length);
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
