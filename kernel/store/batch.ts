import { userError, type UserError } from '../rules/user-errors.ts';
import type { Viewer } from '../rules/viewer.ts';
import type { Store } from './open.ts';
import { perform, type WithOperation } from './operation.ts';
import type { Transaction } from './rows.ts';

export const BATCH_MAX = 200;

/** One result for each item, in order; or errors about the request as a whole, and then no results. */
export interface BatchAnswer<Result> {
  readonly results: readonly Result[];
  readonly userErrors: readonly UserError[];
}

export interface Batch<Item, Facts, Result> {
  readonly viewer: Viewer;
  readonly idempotencyKey: string;
  /** The act's name; it tells two acts under the same key apart. */
  readonly act: string;
  readonly items: readonly Item[];
  /** Most items of one request, where it is not BATCH_MAX. */
  readonly max?: number;
  readonly gather: () => Promise<Facts>;
  /** Why the request as a whole cannot be taken, now that the facts are known; absent where nothing can speak against it. */
  readonly refused?: (facts: Facts) => readonly UserError[];
  /** Decides every item and writes the good ones, in one transaction. */
  readonly write: (tx: Transaction, facts: Facts) => Promise<readonly Result[]>;
}

/** Performs one act on many items, exactly once: the good ones take effect, the others say why not. */
export function performBatch<Item, Facts, Result>(
  store: Store<WithOperation>,
  { viewer, idempotencyKey, act, items, max = BATCH_MAX, gather, refused, write }: Batch<Item, Facts, Result>,
): Promise<BatchAnswer<Result>> {
  const refuse = (userErrors: readonly UserError[]): BatchAnswer<Result> => ({ results: [], userErrors });
  if (items.length > max) {
    return Promise.resolve(refuse([userError('TOO_MANY_ITEMS', ['items'], { max, got: items.length })]));
  }
  return perform(store, {
    viewer,
    idempotencyKey,
    // A replay is the same account in the same area: elsewhere it would be told of what it has not done there.
    input: { act, area: viewer.area, items },
    refuse,
    gather,
    write: async (tx, facts: Facts) => {
      const userErrors = refused?.(facts) ?? [];
      return userErrors.length > 0 ? refuse(userErrors) : { results: await write(tx, facts), userErrors };
    },
  });
}
