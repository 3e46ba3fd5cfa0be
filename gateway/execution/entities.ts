/** Where a fetch hangs: the plan's path, `@` standing for every item of a list, against the data so far. */
import { NotCompiled, plainName } from './fallback.ts';
import type { Data } from './shape.ts';

/** Field names, and `@`. */
export type PlanPath = readonly string[];
export type Place = readonly (string | number)[];

export function planPath(path: readonly (string | number)[]): PlanPath {
  return path.map((part) => {
    if (part === '@') return part;
    if (typeof part !== 'string' || !/^\w+$/.test(part)) throw new NotCompiled('planShape');
    return plainName(part);
  });
}

/** The objects at the path, in order. */
export function entitiesAt(data: Data, path: PlanPath): Data[] {
  const found: Data[] = [];
  gather(data, path, 0, found);
  return found;
}

function gather(value: unknown, path: PlanPath, at: number, found: Data[]): void {
  for (let i = at; i < path.length; i++) {
    if (value === null || value === undefined) return;
    if (path[i] === '@') {
      for (const item of value as unknown[]) gather(item, path, i + 1, found);
      return;
    }
    value = (value as Data)[path[i]!];
  }
  if (value !== null && value !== undefined) found.push(value as Data);
}

/** The places of the same objects, in the same order; walked only when there is an error to be placed. */
export function placesAt(data: Data, path: PlanPath): Place[] {
  const found: Place[] = [];
  spell(data, path, [], found);
  return found;
}

function spell(value: unknown, path: PlanPath, here: Place, found: Place[]): void {
  if (value === null || value === undefined) return;
  const [head, ...rest] = path;
  if (head === undefined) found.push(here);
  else if (head === '@') (value as unknown[]).forEach((item, i) => spell(item, rest, [...here, i], found));
  else spell((value as Data)[head], rest, [...here, head], found);
}
