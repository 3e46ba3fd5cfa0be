/**
 * A document ready to run. The gateway sends the same few texts again and again, so that a query which comes a second
 * time is compiled by graphql-jit; a mutation, what has conditions, and what does not compile, runs on graphql-js.
 */
import {
  execute,
  getNamedType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

type Variables = Readonly<Record<string, unknown>>;

export interface Executable {
  readonly execute: (
    context: object,
    variables: Variables,
    operationName?: string | null,
  ) => ExecutionResult | Promise<ExecutionResult>;
}

/** Compiling costs as much as some ten runs, which a text that never comes again would not repay. */
const COMPILED_AT = 2;

/** The document must be valid. `compiledAt`: at which run it is compiled; Infinity leaves it to graphql-js. */
export function executable(
  schema: GraphQLSchema,
  document: DocumentNode,
  compiledAt: number = COMPILED_AT,
): Executable {
  const interpreted: Executable['execute'] = (contextValue, variableValues, operationName = null) =>
    execute({ schema, document, contextValue, variableValues, operationName });
  const only = onlyQuery(document);
  if (!only || isConditional(document) || hidesVariables(schema, document)) return { execute: interpreted };
  let runs = 0;
  let run = interpreted;
  return {
    execute(context, variables, operationName) {
      // What it says of a name nobody has is graphql-js's to say.
      if (operationName && operationName !== only.name?.value)
        return interpreted(context, variables, operationName);
      if (++runs === compiledAt) run = compiled(schema, document, interpreted);
      return run(context, variables);
    },
  };
}

function compiled(
  schema: GraphQLSchema,
  document: DocumentNode,
  interpreted: Executable['execute'],
): Executable['execute'] {
  const query = compileQuery(schema, document);
  if (!isCompiledQuery(query)) return interpreted;
  return (context, variables) => {
    const result = query.query(undefined, context, { ...variables });
    // Nothing was executed: variables do not fit, and graphql-js has the words for that.
    return 'data' in result || 'then' in result ? result : interpreted(context, variables);
  };
}

/** Of a document with one operation; acts of a mutation wait for one another, and none of those is compiled. */
function onlyQuery({ definitions }: DocumentNode): OperationDefinitionNode | undefined {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [only] = operations;
  return operations.length === 1 && only?.operation === OperationTypeNode.QUERY ? only : undefined;
}

/** A fragment that is spread both with and without a condition leaves out what it should not, once it is compiled. */
function isConditional(document: DocumentNode): boolean {
  let found = false;
  visit(document, { Directive: () => void (found = true) });
  return found;
}

/** A literal of a scalar of ours is read once when it is compiled, and what stands for a value in it would be lost. */
function hidesVariables(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let hides = false;
  let depth = 0;
  const inLiteral = { enter: () => void depth++, leave: () => void depth-- };
  visit(
    document,
    visitWithTypeInfo(types, {
      ObjectValue: inLiteral,
      ListValue: inLiteral,
      Variable: () => {
        const type = getNamedType(types.getInputType());
        const isOurs = !type || (isScalarType(type) && !isSpecifiedScalarType(type));
        if (depth > 0 && isOurs) hides = true;
      },
    }),
  );
  return hides;
}
