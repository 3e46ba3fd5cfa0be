/**
 * Subgraphs without a database: every value follows from who the object is, which field is asked, and with which
 * arguments. So any two executors over them must answer alike, nulls and errors included.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Subgraph, SubgraphName } from '../../../kernel/graph/subgraph.ts';
import { hashOf, randomFrom, type Random } from './random.ts';

export interface SubgraphText {
  readonly name: SubgraphName;
  readonly sdl: string;
}

/** How often, in a thousand, a field that may be null is, and how often a field throws. */
export interface Troubles {
  readonly nulls: number;
  readonly errors: number;
}

/** So many entities of each type: few, so that pages name the same one often. */
const ENTITIES = 6;
const IDENTITY = Symbol('identity');
const META: ReadonlySet<string> = new Set(['_entities', '_service']);

type Source = Record<string, unknown> & { [IDENTITY]?: string };
/** For each entity type the fields its keys begin with. */
type Keys = ReadonlyMap<string, ReadonlySet<string>>;

export function generatedSubgraph({ name, sdl }: SubgraphText, troubles: Troubles): Subgraph {
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema([{ typeDefs }]);
  generate(schema, keysIn(typeDefs), troubles);
  return {
    name,
    sdl,
    schema,
    context: (call) => ({ ...call }),
    stats: { statements: 0, retries: 0 },
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function keysIn(document: DocumentNode): Keys {
  const keys = new Map<string, Set<string>>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, arguments: args = [] } of node.directives ?? []) {
      const fields = args.find((arg) => arg.name.value === 'fields')?.value;
      if (name.value !== 'key' || fields?.kind !== Kind.STRING) continue;
      const known = keys.get(node.name.value) ?? new Set();
      keys.set(node.name.value, known);
      for (const field of fields.value.replace(/\{[^}]*\}/g, ' ').split(/\s+/)) if (field) known.add(field);
    }
  }
  return keys;
}

/** In one order, and without what is null: to a resolver of the product that is the same as left out. */
function spelled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelled).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const given = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return `{${given
    .map(([key, inner]) => `${key}:${spelled(inner)}`)
    .sort()
    .join()}}`;
}

function generate(schema: GraphQLSchema, keys: Keys, troubles: Troubles): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && !type.name.startsWith('_'))
      type.resolveType = (value) => (value as Source)['__typename'] as string;
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      if (META.has(field.name)) continue;
      field.resolve = (source: unknown, args: object) => {
        const { given, identity } = read(type, source as Source | undefined);
        if (given[field.name] !== undefined) return given[field.name];
        const isKey = keys.get(type.name)?.has(field.name) ?? false;
        const place = `${identity}.${field.name}${spelled(args)}`;
        const random = randomFrom(hashOf(place));
        if (isKey) return keyValue(field.type, field.name, numberIn(identity));
        if (random.below(1_000) < troubles.errors) throw trouble(random);
        return valueOf(schema, field.type, `${place}${JSON.stringify(given)}`, random, { keys, troubles });
      };
    }
  }
}

/** Who the object is: an entity by its type and number, another by the way to it; a reference brings fields along. */
function read(type: GraphQLObjectType, source: Source = {}) {
  const identity =
    source[IDENTITY] ??
    (source['__typename'] ? `${type.name}-${numberIn(JSON.stringify(source))}` : type.name);
  const given: Readonly<Record<string, unknown>> = { ...source, __typename: undefined };
  return { identity, given };
}

const numberIn = (text: string) => Number(/-(\d)\b/.exec(text)?.[1] ?? 0);

function keyValue(type: GraphQLOutputType, name: string, number: number): unknown {
  const named = getNullableType(type);
  return isObjectType(named) ? entity(named, number) : `${name}-${number}`;
}

const entity = ({ name }: GraphQLObjectType, number: number): Source => ({
  __typename: name,
  [IDENTITY]: `${name}-${number}`,
});

function trouble(random: Random): Error {
  const code = random.pick(['FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'SURPRISE']);
  return code === 'SURPRISE'
    ? new Error('a surprise')
    : new GraphQLError('Refused.', { extensions: { code } });
}

interface Making {
  readonly keys: Keys;
  readonly troubles: Troubles;
}

function valueOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  place: string,
  random: Random,
  making: Making,
): unknown {
  if (isNonNullType(type)) return present(schema, type.ofType, place, random, making);
  return random.below(1_000) < making.troubles.nulls ? null : present(schema, type, place, random, making);
}

function present(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  place: string,
  random: Random,
  making: Making,
): unknown {
  if (isListType(type)) {
    const item = type.ofType as GraphQLOutputType;
    return Array.from({ length: random.below(5) }, (_, i) =>
      valueOf(schema, item, `${place}.${i}`, random, making),
    );
  }
  if (isEnumType(type)) return random.pick(type.getValues()).value as unknown;
  if (isScalarType(type)) return SCALARS[type.name]?.(random) ?? `${type.name} ${random.below(1_000)}`;
  const possible = isAbstractType(type) ? random.pick(schema.getPossibleTypes(type)) : type;
  if (!isObjectType(possible)) throw new Error(`What is ${String(type)}?`);
  if (making.keys.has(possible.name)) return entity(possible, random.below(ENTITIES));
  return { __typename: possible.name, [IDENTITY]: place };
}

const SCALARS: Readonly<Record<string, (random: Random) => unknown>> = {
  Int: (random) => random.below(1_000) - 500,
  Float: (random) => random.below(1_000) / 8,
  Boolean: (random) => random.chance(50),
  String: (random) => `文 ${random.below(1_000)}`,
  ID: (random) => `id ${random.below(1_000)}`,
  LocalDate: (random) => `2026-01-0${1 + random.below(9)}`,
  DateTime: (random) => `2026-01-0${1 + random.below(9)}T00:00:00Z`,
};
