/**
 * What a fetch of entities sends of them: type and key, as the plan's `requires` says, each once. A page of a
 * hundred records has a handful of institutions, and a subgraph need not look one up a hundred times.
 */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { plainName } from './fallback.ts';
import type { Data } from './shape.ts';

export interface Representations {
  /** Without repetition. */
  readonly distinct: readonly Data[];
  /** For each entity its place in `distinct`, or -1 where it lacks what is required and is not asked for. */
  readonly of: readonly number[];
}

/** Is the named type the condition, or one of its kind? */
export type IsOfType = (typeName: string, condition: string) => boolean;
export type Represent = (entities: readonly Data[]) => Representations;

export function representing(requires: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Represent {
  const select = selecting(requires, isOfType);
  return (entities) => {
    const known = new Places();
    const distinct: Data[] = [];
    const of = entities.map((entity) => {
      const representation = select(entity);
      if (!representation?.['__typename']) return -1;
      const place = known.placeOf(representation, distinct.length);
      if (place === distinct.length) distinct.push(representation);
      return place;
    });
    return { distinct, of };
  };
}

interface Kind {
  /** The name of the one field beside the type. */
  readonly key: string;
  readonly places: Map<string, number>;
}

/** Representations seen, and where. Nearly all are a type and one text, which are told apart without a text made of both. */
class Places {
  private readonly kinds = new Map<string, Kind>();
  private readonly others = new Map<string, number>();

  /** Where an equal one was put before; otherwise it is put at `next`. */
  placeOf(representation: Data, next: number): number {
    const key = onlyKey(representation);
    const [type, text] = [representation['__typename'], key && representation[key]];
    if (key && typeof type === 'string' && typeof text === 'string') {
      const kind = this.kindOf(type, key);
      if (kind.key === key) return place(kind.places, text, next);
    }
    return place(this.others, JSON.stringify(representation), next);
  }

  private kindOf(type: string, key: string): Kind {
    let kind = this.kinds.get(type);
    if (!kind) this.kinds.set(type, (kind = { key, places: new Map() }));
    return kind;
  }
}

/** Undefined where it has more or fewer than one. */
function onlyKey(representation: Data): string | undefined {
  let key: string | undefined;
  for (const name in representation) {
    if (name === '__typename') continue;
    if (key !== undefined) return undefined;
    key = name;
  }
  return key;
}

function place(places: Map<string, number>, text: string, next: number): number {
  const before = places.get(text);
  if (before === undefined) places.set(text, next);
  return before ?? next;
}

type Select = (source: Data | null) => Data | null;

/** Null where something is missing, as in Apollo's executeSelectionSet. */
function selecting(nodes: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Select {
  const [only] = nodes;
  if (nodes.length === 1 && only?.kind === 'InlineFragment')
    return ofOneType(only.typeCondition, selecting(only.selections, isOfType), isOfType);
  const parts = nodes.map((node) =>
    node.kind === 'Field'
      ? ofField(plainName(node.alias ?? node.name), node.selections && selecting(node.selections, isOfType))
      : ofType(node.typeCondition, selecting(node.selections, isOfType), isOfType),
  );
  return (source) => {
    if (source === null) return null;
    const result: Data = {};
    return parts.every((part) => part(source, result)) ? result : null;
  };
}

/** Adds its part to the result; false where the source lacks it. */
type Part = (source: Data, result: Data) => boolean;

function ofField(name: string, inner: Select | undefined): Part {
  const valueOf = (value: unknown): unknown =>
    !inner ? value : Array.isArray(value) ? value.map((item) => inner(item as Data)) : inner(value as Data);
  return (source, result) => {
    const value = source[name];
    if (value === undefined) return false;
    result[name] = valueOf(value);
    return true;
  };
}

/** What nearly every plan requires; of another type there is nothing to be said. */
function ofOneType(condition: string | undefined, inner: Select, isOfType: IsOfType): Select {
  return (source) => {
    if (source === null) return null;
    const name = source['__typename'];
    const fits = condition !== undefined && typeof name === 'string' && isOfType(name, condition);
    return (fits ? inner(source) : null) ?? {};
  };
}

function ofType(condition: string | undefined, inner: Select, isOfType: IsOfType): Part {
  return (source, result) => {
    const name = source['__typename'];
    if (condition !== undefined && typeof name === 'string' && isOfType(name, condition))
      Object.assign(result, inner(source));
    return true;
  };
}
