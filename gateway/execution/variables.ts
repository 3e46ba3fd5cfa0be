/**
 * Variables as the operation understands them. graphql-js asks the schema anew for each of them in each request; most
 * are a text or a number that is taken as it is, and which those are is known once the operation is.
 */
import {
  getVariableValues,
  GraphQLError,
  isSpecifiedScalarType,
  Kind,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** What getVariableValues of graphql-js answers, each error with a code and no more of them than anybody reads. */
export type Understood =
  | { readonly coerced: Values; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly coerced?: undefined };

/** Reads the variables of one operation over one schema. */
export type Reader = (given: Values) => Understood;

/** A list of ten thousand that do not fit would be worded for seconds. */
const MOST_ERRORS = { maxErrors: 50 };

const coded = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } });

const TAKEN_AS_THEY_ARE: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value && !Object.is(value, -0),
};

export function readerOf(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Reader {
  const library: Reader = (given) => {
    const { coerced, errors } = getVariableValues(schema, variableDefinitions, given, MOST_ERRORS);
    return coerced ? { coerced } : { errors: errors.map(coded) };
  };
  const plain = variableDefinitions.map((node) => plainly(schema, node));
  if (!plain.every((one) => one !== undefined)) return library;
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, fits } of plain) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      // Whatever is missing, null or of another kind is the library's to judge.
      if (!fits(value)) return library(given);
      coerced[name] = value;
    }
    return { coerced };
  };
}

function plainly(schema: GraphQLSchema, { variable, type: node }: VariableDefinitionNode) {
  const name = variable.name.value;
  const type = node.kind === Kind.NON_NULL_TYPE ? node.type : node;
  if (type.kind !== Kind.NAMED_TYPE || name in Object.prototype) return undefined;
  const scalar = schema.getType(type.name.value);
  const fits = scalar && isSpecifiedScalarType(scalar) ? TAKEN_AS_THEY_ARE[scalar.name] : undefined;
  return fits && { name, fits };
}
