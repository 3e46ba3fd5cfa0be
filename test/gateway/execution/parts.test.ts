/** The small rules of gateway/execution, one example each. */
import fc from 'fast-check';
import { buildSchema, getVariableValues, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { conditionsOf, settled, type Asked } from '../../../gateway/execution/conditions.ts';
import { entitiesAt, placesAt, planPath } from '../../../gateway/execution/entities.ts';
import { NotCompiled } from '../../../gateway/execution/fallback.ts';
import { placedFaults } from '../../../gateway/execution/faults.ts';
import { merge } from '../../../gateway/execution/merge.ts';
import { representing } from '../../../gateway/execution/representations.ts';
import { shaperOf, type Data } from '../../../gateway/execution/shape.ts';
import { readerOf } from '../../../gateway/execution/variables.ts';

const schema = buildSchema(`
  type Query { one: Thing! some: [Thing!] grid: [[Int!]] any: Any named: Named }
  interface Named { name: String }
  type Thing implements Named { id: ID! name: String size: Int kind: Kind on: Day other: Thing }
  type Place implements Named { name: String city: String! }
  union Any = Thing | Place
  enum Kind { SMALL LARGE }
  scalar Day
`);

function asked(query: string): Asked {
  const { definitions } = parse(query);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!;
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { operation, fragments: new Map(fragments.map((node) => [node.name.value, node])) };
}

function shaped(query: string, data: Data, values: Data = {}): string | undefined {
  const { operation, fragments } = settled(asked(query), values);
  const shape = shaperOf(schema.getQueryType()!, operation.selectionSet, { schema, fragments });
  const answer = shape(data);
  return answer && JSON.stringify(answer);
}

const reasonOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error instanceof NotCompiled ? error.reason : error;
  }
  return undefined;
};

describe('the shape', () => {
  it.each([
    {
      title: 'has the fields asked for, under their names, in their order, and no others',
      query: '{ b: one { name id: id x: size } }',
      data: { b: { id: '1', name: null, x: 3, secret: 1 } },
      expected: '{"b":{"name":null,"id":"1","x":3}}',
    },
    {
      title: 'puts a name that is asked for twice where it stood first, with the fields of both',
      query: '{ one { other { id } ...F name } } fragment F on Thing { kind other { size } }',
      data: { one: { kind: 'SMALL', name: 'a', other: { size: 1, id: '2' } } },
      expected: '{"one":{"other":{"id":"2","size":1},"kind":"SMALL","name":"a"}}',
    },
    {
      title: 'takes what is missing for null where null may be',
      query: '{ some { id } any { __typename } one { on } }',
      data: { one: {} },
      expected: '{"some":null,"any":null,"one":{"on":null}}',
    },
    {
      title: 'goes by the kind of an interface or a union, and knows its name without being told',
      query:
        '{ any { ... on Place { city } ... on Thing { size } } named { t: __typename name } one { __typename } }',
      data: { any: { __typename: 'Place', city: 'c' }, named: { __typename: 'Thing', name: 'n' }, one: {} },
      expected: '{"any":{"city":"c"},"named":{"t":"Thing","name":"n"},"one":{"__typename":"Thing"}}',
    },
    {
      title: 'keeps lists of lists and values of scalars it does not know',
      query: '{ grid one { on } }',
      data: { grid: [[1, 2], null, []], one: { on: { any: 'thing' } } },
      expected: '{"grid":[[1,2],null,[]],"one":{"on":{"any":"thing"}}}',
    },
  ])('$title', ({ query, data, expected }) => expect(shaped(query, data)).toBe(expected));

  it.each([
    ['null where none may be', '{ one { id } }', { one: null }],
    ['a missing field that must be there', '{ one { id } }', { one: {} }],
    ['null in a list that has none', '{ some { id } }', { some: [null] }],
    ['a number for a text', '{ one { name } }', { one: { name: 7 } }],
    ['a fraction for a whole number', '{ one { size } }', { one: { size: 1.5 } }],
    ['an unknown word of an enum', '{ one { kind } }', { one: { kind: 'HUGE' } }],
    ['one thing for a list', '{ some { id } }', { some: { id: '1' } }],
    ['a text for an object', '{ one { id } }', { one: 'x' }],
    ['a union that does not say what it is', '{ any { ... on Place { city } } }', { any: { city: 'c' } }],
    ['an object that says it is something else', '{ one { name } }', { one: { __typename: 'Place' } }],
  ])('gives up on %s, so that Apollo words the error', (_, query, data) =>
    expect(shaped(query, data)).toBeUndefined(),
  );
});

describe('conditions', () => {
  const query =
    'query($a: Boolean!, $b: Boolean = true) { one { id @skip(if: $a) ...F @include(if: $b) } } fragment F on Thing { name @include(if: false) size }';

  it('are the variables that decide what is asked, in fragments as well', () => {
    expect(conditionsOf(asked(query))).toEqual(['a', 'b']);
  });

  it.each([
    [{ a: false, b: true }, '{"one":{"id":"1","size":2}}'],
    [{ a: true, b: true }, '{"one":{"size":2}}'],
    [{ a: true, b: false }, '{"one":{}}'],
  ])('%j leave %s', (values, expected) =>
    expect(shaped(query, { one: { id: '1', size: 2, name: 'n' } }, values)).toBe(expected),
  );

  it.each([
    ['introspection', '{ one { id } __schema { types { name } } }'],
    ['directive', '{ one { id @later } }'],
    ['name', '{ one { __proto__: id } }'],
    ['name', '{ constructor: one { id } }'],
  ])('%s is not compiled', (reason, text) => expect(reasonOf(() => conditionsOf(asked(text)))).toBe(reason));

  it('that are neither true nor false are not compiled', () => {
    expect(reasonOf(() => settled(asked(query), { a: null, b: true }))).toBe('condition');
  });
});

describe('entities', () => {
  const data = {
    list: [{ e: { id: 1 } }, { e: null }, { e: { id: 3 } }],
    grid: [[{ id: 4 }], null, [{ id: 5 }]],
  };

  it('are found along the path of the plan, through lists, without those that are null', () => {
    expect(entitiesAt(data, ['list', '@', 'e'])).toEqual([{ id: 1 }, { id: 3 }]);
    expect(entitiesAt(data, ['grid', '@', '@'])).toEqual([{ id: 4 }, { id: 5 }]);
    expect(entitiesAt(data, ['nothing', '@', 'e'])).toEqual([]);
  });

  it('have places in the same order', () => {
    expect(placesAt(data, ['list', '@', 'e'])).toEqual([
      ['list', 0, 'e'],
      ['list', 2, 'e'],
    ]);
    expect(placesAt(data, ['grid', '@', '@'])).toEqual([
      ['grid', 0, 0],
      ['grid', 2, 0],
    ]);
  });

  it('along a path of another kind are not compiled', () => {
    expect(reasonOf(() => planPath(['list', '... on Thing']))).toBe('planShape');
  });

  it('are sent once each, and those that lack a key not at all', () => {
    const represent = representing(
      [
        {
          kind: 'InlineFragment',
          typeCondition: 'Thing',
          selections: [
            { kind: 'Field', name: '__typename' },
            { kind: 'Field', name: 'id' },
            { kind: 'Field', name: 'owner', selections: [{ kind: 'Field', name: 'id' }] },
          ],
        },
      ],
      (name, condition) => name === condition,
    );
    const thing = (id: string, owner: object | null = { id: 'o', name: 'x' }) => ({
      __typename: 'Thing',
      id,
      owner,
      more: 1,
    });
    const { distinct, of } = represent([
      thing('a'),
      thing('b'),
      thing('a'),
      { __typename: 'Thing', id: 'c' },
      { __typename: 'Place', id: 'd' },
      thing('a', null),
    ]);
    expect(distinct).toEqual([
      { __typename: 'Thing', id: 'a', owner: { id: 'o' } },
      { __typename: 'Thing', id: 'b', owner: { id: 'o' } },
      { __typename: 'Thing', id: 'a', owner: null },
    ]);
    expect(of).toEqual([0, 1, 0, -1, -1, 2]);
  });

  it('share what was said of the one representation they were sent as', () => {
    const errors = [
      { message: 'no', path: ['_entities', 0, 'name'], extensions: { code: 'FORBIDDEN' } },
      { message: 'dark', path: [], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ];
    const faults = placedFaults(errors, { subgraph: 'children', path: ['list', '@', 'e'], data, of: [0, 0] });
    expect(
      faults.map(({ path, extensions }) => [path, extensions['code'], extensions['serviceName']]),
    ).toEqual([
      [['list', 0, 'e', 'name'], 'FORBIDDEN', 'children'],
      [['list', 2, 'e', 'name'], 'FORBIDDEN', 'children'],
      [['list', '@', 'e'], 'SUBGRAPH_UNAVAILABLE', 'children'],
    ]);
  });
});

describe('merging', () => {
  it('assigns what is new and joins what both have, item by item in lists of one length', () => {
    const day = new Date(0);
    const target: Data = { id: '1', o: { a: 1 }, l: [{ a: 1 }, null], m: [1], gone: { a: 1 } };
    merge(target, { o: { b: 2 }, l: [{ b: 2 }, { b: 3 }], m: [1, 2], n: day, gone: null });
    expect(target).toEqual({
      id: '1',
      o: { a: 1, b: 2 },
      l: [{ a: 1, b: 2 }, { b: 3 }],
      m: [1, 2],
      n: day,
      gone: null,
    });
  });
});

describe('variables', () => {
  const TYPES = ['ID', 'String', 'Int', 'Boolean', 'Float', 'Day', 'Kind', '[ID!]', 'Unknown', 'Thing'];
  const NAMES = ['a', 'b', '__proto__', 'constructor', 'toString'];
  const value = fc.oneof(
    ...[fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.bigInt(), fc.constant(null)],
    fc.constantFrom(undefined, '', 0, -0, 2 ** 31, -(2 ** 31), 1.5, NaN, 'SMALL', ['x'], {}, Symbol.iterator),
  );
  const definition = fc.record({
    name: fc.constantFrom(...NAMES),
    type: fc.constantFrom(...TYPES),
    needed: fc.boolean(),
    otherwise: fc.constantFrom('', ' = null', ' = "1"', ' = 1'),
  });

  it('are understood as graphql-js understands them, or refused in its words', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(definition, { maxLength: 3, selector: ({ name }) => name }),
        fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 4 }),
        (definitions, given) => {
          const head = definitions.map(
            ({ name, type, needed, otherwise }) => `$${name}: ${type}${needed ? '!' : ''}${otherwise}`,
          );
          const { operation } = asked(`query ${head.length > 0 ? `(${head.join()})` : ''} { __typename }`);
          const variables = Object.fromEntries(given);
          const read = (read: () => object) => {
            try {
              return { ...read() };
            } catch (error) {
              return { thrown: String(error) };
            }
          };
          const plain = ({ errors, coerced }: ReturnType<ReturnType<typeof readerOf>>) => ({
            errors: errors?.map(({ message }) => message),
            coerced: coerced && Object.entries(coerced),
          });
          expect(read(() => plain(readerOf(schema, operation)(variables)))).toEqual(
            read(() => plain(getVariableValues(schema, operation.variableDefinitions ?? [], variables))),
          );
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('have some fifty mistakes and no more, each with a code', () => {
    const { operation } = asked('query ($list: [Int]) { __typename }');
    const { errors } = readerOf(schema, operation)({ list: Array(5_000).fill('X') });
    expect(errors).toHaveLength(51);
    expect(new Set(errors!.map(({ extensions }) => extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
  });
});
