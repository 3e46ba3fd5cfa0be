import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { many, sql } from '../../../kernel/store/sql.ts';
import type { RecordChange } from '../model.ts';
import type { Deps } from './deps.ts';

const PER_CALL = 200;

const TELL = `mutation($input: ApplyRecordChangesInput!) { applyRecordChanges(input: $input) {
  applied userErrors { code } } }`;

/**
 * Tells primary-link what has happened to records, in the order it happened, until nothing is left. Two at once tell the same
 * twice, which it bears: a change is known by its id. What it does not take stays due.
 */
export async function deliverRecordChanges(deps: Deps, goesOn: GoesOn = always): Promise<void> {
  while (goesOn()) {
    const due = await deps.queries.dueRecordChanges(PER_CALL);
    if (due.length === 0) return;
    await tell(deps, due);
    if (due.length < PER_CALL) return;
  }
}

async function tell({ peers, store, now }: Deps, due: readonly RecordChange[]): Promise<void> {
  const changes = due.map(({ id, recordId, seq, at, facts }) => ({
    ...{ id, recordId, seq, at: at.toISOString(), facts: JSON.stringify(facts) },
  }));
  const { applyRecordChanges } = await peers.ask<{ applyRecordChanges: { applied: readonly string[] } }>(
    'primary-link',
    TELL,
    { input: { idempotencyKey: due[0]!.id, changes } },
  );
  const ids = many(applyRecordChanges.applied.map(toBytes));
  await store.transaction((tx) =>
    tx.set(store.tables.recordChange, { deliveredAt: now() }, sql`id IN (${ids})`),
  );
}
