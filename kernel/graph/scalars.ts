import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { d } from './describe.ts';

/** The scalars of graphql-scalars, described in both languages as everything else in the graph is. */
export const LocalDate = described(GraphQLLocalDate, '日期 YYYY-MM-DD', 'A calendar day, YYYY-MM-DD');
export const DateTime = described(
  GraphQLDateTime,
  '时刻，协调世界时（RFC 3339）',
  'An instant in UTC, as RFC 3339 writes it',
);

function described<In, Out>(
  scalar: GraphQLScalarType<In, Out>,
  zh: string,
  en: string,
): GraphQLScalarType<In, Out> {
  return new GraphQLScalarType({ ...scalar.toConfig(), ...d(zh, en) });
}
