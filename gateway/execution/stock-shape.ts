/**
 * Apollo's own shaper, for data that breaks the schema. Slow and rare: how far a null travels and how the error is
 * worded is then exactly as with the stock executor.
 */
import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { computeResponse } from '@apollo/gateway/dist/resultShaping.js';
import { GraphQLError, Kind } from 'graphql';
import type { Asked } from './conditions.ts';
import type { Data } from './shape.ts';

export interface Shaped {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: { readonly valueCompletion: readonly GraphQLError[] };
}

export function stockShape(schema: Schema, { operation, fragments }: Asked, run: ShapedRun): Shaped {
  try {
    const document = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as const;
    const { data, errors } = computeResponse({
      operation: operationFromDocument(schema, document, { validate: false }),
      variables: { ...run.variables },
      input: run.data,
      introspectionHandling: () => {
        throw new Error('Introspection is not compiled.');
      },
    });
    // Where a subgraph has said what is missing, nothing is said of it twice.
    if (run.errors.length === 0 && errors.length > 0)
      return { extensions: { valueCompletion: errors }, data: data as Data };
    return { data: data as Data };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    const { message } = error as Error;
    return { errors: [new GraphQLError(message, { originalError: error as Error })] };
  }
}

export interface ShapedRun {
  readonly data: Data;
  readonly variables: Readonly<Data>;
  readonly errors: readonly Error[];
}
