/** Documents out of the graph's own words, put together as nobody should. */
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Chance } from './chance.ts';
import { literal } from './values.ts';

const WORDS = ['{', '}', '(', ')', '[', ']', ':', '!', '$', '@', '...', '"', '"""', '#', ',', '\u0000', '\ufeff', '&', '|', '=', 'on', 'null', 'fragment', 'query', 'mutation', 'subscription', '__typename', '@include(if: true)', '@skip(if: $x)', '@defer', '@stream', '\u202e', '💥']; // prettier-ignore

export function document(c: Chance, schema: GraphQLSchema, samples: readonly string[]): string {
  switch (c.below(10)) {
    case 0:
      return bomb(c);
    case 1:
      return Array.from({ length: c.below(60) }, () => c.of(WORDS)).join(c.of(['', ' ']));
    case 2:
    case 3:
    case 4:
      return spoilt(c, c.of(samples));
    default:
      return grown(c, schema);
  }
}

/** A valid operation with a few places changed. */
function spoilt(c: Chance, sample: string): string {
  let text = sample;
  for (let i = c.below(4); i >= 0; i--) {
    const at = c.below(text.length + 1);
    const cut = c.once(3) ? c.below(40) : 0;
    text = text.slice(0, at) + (c.once(5) ? '' : c.of(WORDS)) + text.slice(at + cut);
  }
  return c.once(10) ? text.slice(0, c.below(text.length)) : text;
}

/** Fields that are there, with arguments that may be. */
function grown(c: Chance, schema: GraphQLSchema): string {
  const mutates = c.once(4);
  const root = (mutates ? schema.getMutationType() : schema.getQueryType())!;
  const fields = Array.from({ length: 1 + c.below(3) }, () => field(c, root, 1 + c.below(7)));
  return `${mutates ? 'mutation' : 'query'} ${c.of(['', 'A', 'Ω', '__A'])} { ${fields.join(' ')} }`;
}

function field(c: Chance, type: GraphQLObjectType, depth: number): string {
  const drawn = c.of(Object.values(type.getFields()));
  const alias = c.once(6) ? `${c.of(['a', 'b', '__typename', '_', 'errors', 'data'])}: ` : '';
  return `${alias}${drawn.name}${argumentsOf(c, drawn)}${selection(c, getNamedType(drawn.type), depth)}`;
}

function argumentsOf(c: Chance, { args }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(() => !c.once(3)).map(({ name }) => `${name}: ${literal(c)}`);
  if (c.once(12)) given.push(`nothing: ${literal(c)}`);
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

function selection(c: Chance, type: GraphQLNamedType, depth: number): string {
  if (!isCompositeType(type)) return c.once(40) ? ' { id }' : '';
  if (depth <= 0 || !isObjectType(type)) return ' { __typename }';
  const fields = Array.from({ length: 1 + c.below(4) }, () => field(c, type, depth - 1));
  return c.once(40) ? '' : ` { ${fields.join(' ')} }`;
}

function bomb(c: Chance): string {
  const n = 1 + c.below(400);
  const many = (part: (i: number) => string) => Array.from({ length: n }, (_, i) => part(i)).join(' ');
  return c.of([
    () => `{ ${many((i) => `a${i}: __typename`)} }`,
    () => `{ ...F0 } ${many((i) => `fragment F${i} on Query { ...F${(i + 1) % n} ...F${(i * 7) % n} }`)}`,
    () =>
      `{ ...F0 } ${many((i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F${n} on Query { __typename }`,
    () => `${'{ region(code: "000000") '.repeat(n)}`,
    () => `{ region(code: "000000") ${'{ parent '.repeat(n)}{ code }${' }'.repeat(n)} }`,
    () => `{ __typename ${many(() => '@include(if: true)')} }`,
    () => `query(${many((i) => `$v${i}: ${'['.repeat(i % 50)}Int${']'.repeat(i % 50)}`)}) { __typename }`,
    () => `{ children(filter: ${'['.repeat(n)}${']'.repeat(n)}) { totalCount } }`,
    () => `query A { __typename } ${many((i) => `query A${i % 3} { __typename }`)}`,
    () => `{ ${'... { '.repeat(n)}__typename${' }'.repeat(n)} }`,
    () => `{ __schema { types { ${many(() => 'fields { type { fields { name } } }')} } } }`,
    () => `{ region(code: "${'\\u0041'.repeat(n * 10)}") { code } }`,
  ])();
}
