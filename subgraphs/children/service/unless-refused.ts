import type { UserError } from '../../../kernel/rules/user-errors.ts';
import { perform, type Act } from '../../../kernel/store/operation.ts';
import type { ChildStore } from '../store/store.ts';

/** Breaks a transaction off: nothing was written, and the refusal is told. */
class Refused extends Error {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    super('Refused.');
    this.userErrors = userErrors;
  }
}

/** What a neighbour ordered, as far as it can be refused. */
export interface Order<Facts, Answer> extends Act<Facts, Answer> {
  faults(facts: Facts): readonly UserError[];
}

/**
 * Performs a neighbour's order exactly once per key. A refusal is not remembered under the key, which is that of a
 * decided application: when what stood in the way is mended, the same order must go through.
 */
export async function performUnlessRefused<Facts, Answer>(
  store: ChildStore,
  order: Order<Facts, Answer>,
): Promise<Answer> {
  try {
    return await perform(store, {
      ...order,
      write: (tx, facts: Facts) => {
        const userErrors = order.faults(facts);
        if (userErrors.length > 0) throw new Refused(userErrors);
        return order.write(tx, facts);
      },
    });
  } catch (error) {
    if (error instanceof Refused) return order.refuse([...error.userErrors]);
    throw error;
  }
}
