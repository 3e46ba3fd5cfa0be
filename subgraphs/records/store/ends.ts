import { Conflict } from '../../../kernel/store/errors.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { many, sql } from '../../../kernel/store/sql.ts';
import type { ApplicationStep, FollowUp, IssuedNumber } from '../model.ts';
import type { RecordStore } from './store.ts';

/** How, when and by whom a step ended. */
export type Ending = Pick<ApplicationStep, 'outcome' | 'endedAt' | 'endedOn' | 'account'>;

/** Ends the one open step of each application. */
export async function endSteps(
  { tables }: RecordStore,
  tx: Transaction,
  applicationIds: readonly string[],
  ending: Ending,
): Promise<void> {
  const open = sql`ended_at IS NULL AND application_id IN (${many(applicationIds.map(toBytes))})`;
  const ended = await tx.set(tables.applicationStep, ending, open);
  // Every undecided application has one open step; another number means somebody was faster.
  if (ended !== applicationIds.length) throw new Conflict();
}

/** Notes that a number is no longer the current one. */
export async function endNumber(
  { tables }: RecordStore,
  tx: Transaction,
  { digest, claim, endedOn, endReason }: IssuedNumber,
): Promise<void> {
  const current = sql`digest = ${Buffer.from(digest, 'hex')} AND claim = ${claim} AND ended_on IS NULL`;
  if ((await tx.set(tables.recordNumber, { endedOn, endReason }, current)) !== 1) throw new Conflict();
}

/** Notes what was done at the neighbours; done twice is done once. */
export function endFollowUps(
  { tables }: RecordStore,
  tx: Transaction,
  followUps: readonly FollowUp[],
  doneAt: Date,
): Promise<number> {
  const ids = followUps.map(({ id }) => toBytes(id));
  return tx.set(tables.followUp, { doneAt }, sql`done_at IS NULL AND id IN (${many(ids)})`);
}
