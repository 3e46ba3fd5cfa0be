import { EntitySchema } from 'typeorm';
import type { Actor } from './audit/entry.ts';
import { userError, type UserError } from '../rules/user-errors.ts';
import { Conflict } from './errors.ts';
import type { Kit } from './kit.ts';
import type { Store } from './open.ts';
import type { Reader, Transaction } from './rows.ts';
import { sql } from './sql.ts';

/** One mutation as it was answered: written in the act's own transaction, so an unknown outcome can be looked up. */
export interface Operation {
  account: string;
  idempotencyKey: string;
  digest: string;
  /** Ids and codes only, never personal values. */
  answer: unknown;
  at: Date;
}

export const operationColumns = (kit: Kit) => ({
  account: kit.text(80, { primary: true }),
  idempotencyKey: kit.text(120, { primary: true }),
  digest: kit.digest(),
  answer: kit.json(),
  at: kit.instant(),
});

export const operationTable = (kit: Kit) =>
  new EntitySchema<Operation>({ name: 'operation', columns: operationColumns(kit) });

export type WithOperation = { readonly operation: ReturnType<typeof operationTable> };

export interface Act<Facts, Answer> {
  /** Who asks; keys are an account's own. */
  readonly viewer: Actor;
  readonly idempotencyKey: string;
  /** What was asked, for telling a replay from another request under the same key. */
  readonly input: unknown;
  /** Everything the decision needs, own rows and neighbours' facts; runs outside the transaction. */
  gather(): Promise<Facts>;
  /** Decide and write. Must guard by versions and unique keys what `gather` saw. */
  write(tx: Transaction, facts: Facts): Promise<Answer>;
  /** The answer that says the request itself cannot be taken. */
  refuse(errors: UserError[]): Answer;
}

const ATTEMPTS = 5;

/**
 * Performs one mutation exactly once per account and key. A replay gets the stored answer and has no second
 * effect; when somebody else was faster, facts are gathered and decided anew, so the loser gets a refusal.
 * Throws Conflict only when that happened five times in a row.
 */
export async function perform<Facts, Answer>(
  store: Store<WithOperation>,
  act: Act<Facts, Answer>,
): Promise<Answer> {
  const malformed = keyErrors(act.idempotencyKey);
  if (malformed.length > 0) return act.refuse(malformed);
  // Keyed, because a plain hash of one child's few facts could be found again by trying them out.
  const digest = store.keys.blindIndex('operation', JSON.stringify(act.input)).toString('hex');
  for (let attempt = 1; ; attempt++) {
    const earlier = await find(store.reader, store.tables, act);
    if (earlier) return replay(act, earlier, digest);
    const facts = await act.gather();
    try {
      return await store.transaction(async (tx) => {
        const stored = await find(tx, store.tables, act);
        if (stored) return replay(act, stored, digest);
        const answer = await act.write(tx, facts);
        assertAudited(tx);
        const { viewer, idempotencyKey } = act;
        const { account } = viewer;
        await tx.insert(store.tables.operation, [
          { account, idempotencyKey, digest, answer, at: new Date() },
        ]);
        return answer;
      }, act.viewer);
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Who decided is who answers for it: an act that changes anything and does not say so stands for nothing. */
function assertAudited({ written }: Transaction): void {
  if (written.size > 0 && !written.has('audit_entry'))
    throw new Error(`An act wrote ${[...written].join(', ')} and nothing to the audit log.`);
}

async function find(
  reader: Reader,
  tables: WithOperation,
  { viewer: { account }, idempotencyKey }: Pick<Act<never, never>, 'viewer' | 'idempotencyKey'>,
) {
  const tail = sql`WHERE account = ${account} AND idempotency_key = ${idempotencyKey}`;
  const rows = await reader.rows(tables.operation, tail);
  // To the MySQL family `a` and `a ` are equal; another account's answer is not this one's to read.
  return rows.find((row) => row.account === account);
}

function replay<Facts, Answer>(act: Act<Facts, Answer>, earlier: Operation, digest: string): Answer {
  if (earlier.digest === digest) return earlier.answer as Answer;
  return act.refuse([userError('IDEMPOTENCY_KEY_REUSED', ['idempotencyKey'])]);
}

function keyErrors(key: string): UserError[] {
  if (key.trim() === '') return [userError('REQUIRED', ['idempotencyKey'])];
  if (key.length > 120) return [userError('TOO_LONG', ['idempotencyKey'], { max: 120, got: key.length })];
  return ODD_KEY.test(key) ? [userError('KEY_FORM', ['idempotencyKey'])] : [];
}

/** What one database takes for the same key and another for two, or what neither gives back as it came. */
const ODD_KEY = /^\s|\s$|\p{Cc}|\p{Cs}/u;
