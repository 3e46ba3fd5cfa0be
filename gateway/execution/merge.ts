/** Puts what a subgraph answered where the entity is. Nearly always that is assignment; what both have is merged. */
import type { Data } from './shape.ts';

export function merge(target: Data, source: Data): void {
  for (const key in source) {
    const value = source[key];
    const known = target[key];
    if (isObject(known) && isObject(value) && known !== value) target[key] = merged(known, value);
    else if (value !== undefined) target[key] = value;
  }
}

function merged(known: object, value: object): object {
  if (!Array.isArray(value) && !Array.isArray(known)) {
    merge(known as Data, value as Data);
    return known;
  }
  // Two answers to one list are of one length, or one of them is wrong: then the later stands, as with Apollo.
  if (!Array.isArray(value) || !Array.isArray(known) || known.length !== value.length) return value;
  return value.map((item: unknown, i) => {
    const before: unknown = known[i];
    return isObject(before) && isObject(item) ? merged(before, item) : item;
  });
}

/** Dates come from subgraphs in process and are values. */
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Date);
