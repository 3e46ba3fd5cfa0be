import { buildSchema, isObjectType, parse, valueFromASTUntyped, type GraphQLScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { executable } from '../../kernel/serve/executable.ts';

const SCHEMA = buildSchema(`
  scalar Any
  input Filter { of: Any, text: String }
  type Page { total: Int, nodes: [String!]! }
  type Query { said(any: Any, many: [Any!], filter: Filter, times: Int = 1): String! page: Page }
  type Mutation { act(text: String!): String! }
`);
const fields = (type: string) => {
  const found = SCHEMA.getType(type);
  if (!isObjectType(found)) throw new Error('An object type was expected.');
  return found.getFields();
};
fields('Query')['said']!.resolve = (_, args) => JSON.stringify(args);
fields('Query')['page']!.resolve = () => ({ total: 3, nodes: ['a', 'b'] });
fields('Page')['total']!.resolve = ({ total }: { total: number }) => Promise.resolve(total);
fields('Mutation')['act']!.resolve = (_, { text }: { text: string }) => text;
(SCHEMA.getType('Any') as GraphQLScalarType).parseLiteral = (node, variables) =>
  valueFromASTUntyped(node, variables);

const run = async (compiledAt: number, query: string, variables = {}, operationName?: string) =>
  JSON.parse(
    JSON.stringify(await executable(SCHEMA, parse(query), compiledAt).execute({}, variables, operationName)),
  ) as unknown;

describe('A query, compiled and not', () => {
  it.each<[string, string, object, string?]>([
    ['its variables', 'query($n: Int!) { said(times: $n) }', { n: 2 }],
    [
      'a variable inside a literal of our own scalar',
      'query($v: String!) { said(any: { id: $v }) }',
      { v: 'x' },
    ],
    ['a variable in a list of such literals', 'query($v: String!) { said(many: [{ id: $v }]) }', { v: 'x' }],
    ['a variable of our own scalar in a list', 'query($v: Any!) { said(many: [$v, 1]) }', { v: { a: 1 } }],
    [
      'one inside an input that has such a scalar',
      'query($v: String!) { said(filter: { of: [$v] }) }',
      { v: 'x' },
    ],
    [
      'one inside an input beside it',
      'query($v: String!) { said(filter: { text: $v, of: { a: 1 } }) }',
      { v: 'x' },
    ],
    ['what is waited for', '{ page { total nodes } }', {}],
    ['a variable that does not fit', 'query($n: Int!) { said(times: $n) }', { n: 'two' }],
    ['a variable that is missing', 'query($n: Int!) { said(times: $n) }', {}],
    ['a name it has', 'query Said { said }', {}, 'Said'],
    ['a name it has not', 'query Said { said }', {}, 'Other'],
    ['one of two operations', 'query One { said } query Two { page { total } }', {}, 'Two'],
    [
      'a fragment that is spread with a condition and without',
      'query($c: Boolean!) { a: page { ...T @include(if: $c) nodes } page { ...T } } fragment T on Page { total }',
      { c: false },
    ],
    [
      'a field that is asked for with a condition and without',
      '{ page { total } page @include(if: false) { nodes total @skip(if: false) } }',
      {},
    ],
    ['an act', 'mutation { act(text: "done") }', {}],
  ])('says the same of %s', async (_, query, variables, name) => {
    expect(await run(1, query, variables, name)).toEqual(await run(Infinity, query, variables, name));
  });
});
