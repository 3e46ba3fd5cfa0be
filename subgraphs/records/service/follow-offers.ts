import { appendAudit, systemActor } from '../../../kernel/store/audit/append.ts';
import type { Change } from '../../../kernel/store/update.ts';
import type { InstitutionChange, TransferOffer } from '../model.ts';
import type { RecordStore } from '../store/store.ts';
import { ofOffer } from './audited.ts';
import type { Deps } from './deps.ts';

/** When it was made: ids begin with their time. */
const timeOf = ({ id }: InstitutionChange) => parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/**
 * An institution begins to close, no longer closes or has closed: what was offered to its children until then has ended.
 * What was offered since stays, however late this is told.
 */
export async function endOffers({ store, queries, now }: Deps, change: InstitutionChange): Promise<void> {
  const open = await queries.openOffersFrom(change.institutionCode);
  const changes = open
    .filter(({ offeredAt }) => offeredAt.getTime() <= timeOf(change))
    .map((before) => ({ before, after: { ...before, withdrawnAt: now(), withdrawnBy: change.account } }));
  if (changes.length > 0) await write(store, changes, change.account);
}

/** Places in an institution that was merged are places in what it was merged into; none is offered twice. */
export async function moveOffers({ store, queries, now }: Deps, change: InstitutionChange): Promise<void> {
  const open = await queries.openOffersTo(change.institutionCode);
  if (open.length === 0) return;
  const { institutionId, institutionCode } = change.to;
  const there = await queries.unwithdrawnOffers(open.map(({ recordId }) => recordId));
  const taken = new Set(
    there.filter((one) => one.institutionCode === institutionCode).map(({ recordId }) => recordId),
  );
  const after = (before: TransferOffer): TransferOffer =>
    taken.has(before.recordId)
      ? { ...before, withdrawnAt: now(), withdrawnBy: change.account }
      : { ...before, institutionId, institutionCode };
  const changes = open.map((before) => ({ before, after: after(before) }));
  await write(store, changes, change.account);
}

function write(
  store: RecordStore,
  changes: readonly Change<TransferOffer>[],
  account: string,
): Promise<void> {
  return store.transaction(async (tx) => {
    await tx.update(store.tables.transferOffer, changes);
    const audited = changes.map(({ after }) => ofOffer('followInstitution', after));
    await appendAudit(store, tx, audited, systemActor(account));
  });
}
