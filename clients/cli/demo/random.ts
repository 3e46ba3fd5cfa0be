/** Chance that is the same for ever: mulberry32, seeded by a text. Not for secrets. */
export interface Random {
  /** At least 0 and below 1. */
  next(): number;
  /** A whole number from 0 to one below the limit. */
  below(limit: number): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  weighted<T>(table: Weights<T>): T;
  shuffled<T>(list: readonly T[]): T[];
}

export type Weights<T> = readonly (readonly [value: T, weight: number])[];

/**
 * A stream of its own for each seed. Every child draws from one named after its seat, so that a change in
 * how one thing is drawn leaves all others as they were.
 */
export function randomOf(seed: string): Random {
  const next = mulberry32(hashOf(seed));
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
    weighted: (table) => weighted(table, next()),
    shuffled: (list) => shuffled(list, below),
  };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

function weighted<T>(table: Weights<T>, draw: number): T {
  const total = table.reduce((sum, [, weight]) => sum + weight, 0);
  let left = draw * total;
  for (const [value, weight] of table) {
    left -= weight;
    if (left < 0) return value;
  }
  return table.at(-1)![0];
}

function shuffled<T>(list: readonly T[], below: Random['below']): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
