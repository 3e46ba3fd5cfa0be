import DataLoader from 'dataloader';

const BATCH = 500;

/** One row per key, asked once for many; a key that finds nothing is null. */
export function oneByKey<K extends string, T>(
  find: (keys: readonly K[]) => Promise<readonly T[]>,
  keyOf: (row: T) => K,
): DataLoader<K, T | null> {
  return new DataLoader<K, T | null>(
    async (keys) => {
      const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { maxBatchSize: BATCH },
  );
}

/** All rows of a key, in the order they were found. */
export function manyByKey<K extends string, T>(
  find: (keys: readonly K[]) => Promise<readonly T[]>,
  keyOf: (row: T) => K,
): DataLoader<K, T[]> {
  return new DataLoader<K, T[]>(
    async (keys) => {
      const groups = new Map<K, T[]>(keys.map((key) => [key, []]));
      for (const row of await find(keys)) groups.get(keyOf(row))?.push(row);
      return keys.map((key) => groups.get(key) ?? []);
    },
    { maxBatchSize: BATCH },
  );
}
