import { ask, type GraphClientOptions } from '../cli/roster/graph-client.ts';
import type { Credentials } from './credentials.ts';
import type { Mischief } from './mischief.ts';
import type { Operation } from './operations.ts';

/** Every root field, which is null only where its subgraph is dark; then it is asked again, and not answered. */
type Whole<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

export interface Graph {
  ask<Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Whole<Data>>;
}

export interface GraphOptions extends Omit<GraphClientOptions, 'token'> {
  readonly credentials: Credentials;
  readonly mischief: Mischief;
}

/** Asks as the school; a fault that may pass is tried again, under the same idempotency key. */
export function graphOf({ credentials, mischief, ...options }: GraphOptions): Graph {
  return {
    async ask<Data, Variables extends object>({ text }: Operation<Data, Variables>, variables: Variables) {
      await mischief.slowly();
      const token = await credentials();
      const copies = Array.from({ length: mischief.copies }, () =>
        ask<Whole<Data>>({ ...options, token, purpose: 'ADMISSION' }, text, variables),
      );
      const answers = await Promise.all(copies);
      await mischief.slowly();
      return answers.at(-1)!;
    },
  };
}
